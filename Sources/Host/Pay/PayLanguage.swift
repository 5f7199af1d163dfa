/// The languages of hosted pages.
enum PayLanguage: String, CaseIterable, Sendable {
    case french = "fr"
    case english = "en"
    case thai = "th"
    case indonesian = "id"
    case arabic = "ar"

    /// Its own name.
    var name: String {
        switch self {
        case .french: "Français"
        case .english: "English"
        case .thai: "ไทย"
        case .indonesian: "Bahasa Indonesia"
        case .arabic: "العربية"
        }
    }

    /// The writing direction; the layout follows it.
    var direction: String { self == .arabic ? "rtl" : "ltr" }

    var texts: PayTexts {
        switch self {
        case .french: .french
        case .english: .english
        case .thai: .thai
        case .indonesian: .indonesian
        case .arabic: .arabic
        }
    }

    /// The texts as templates name them: `{{texts.payButton}}`.
    var words: [String: String] { Self.words[self] ?? [:] }

    private static let words = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.texts.words) })

    /// The first wish that can be met: what the page asks for, what the payment says, what the browser prefers.
    static func chosen(_ asked: String?, _ payment: String?, acceptLanguage: String?) -> PayLanguage {
        let browser = (acceptLanguage ?? "").split(separator: ",").map { item in
            item.prefix { $0 != ";" && $0 != "-" }.filter { $0 != " " }.lowercased()
        }
        let wishes = [asked, payment].compactMap(\.self) + browser
        return wishes.compactMap { PayLanguage(rawValue: $0) }.first ?? .french
    }
}
