/// The languages of hosted pages.
enum PayLanguage: String, CaseIterable, Sendable {
    case french = "fr"
    case english = "en"
    case thai = "th"

    /// Its own name.
    var name: String {
        switch self {
        case .french: "Français"
        case .english: "English"
        case .thai: "ไทย"
        }
    }

    /// The writing direction; the layout follows it.
    var direction: String { "ltr" }

    var texts: PayTexts {
        switch self {
        case .french: .french
        case .english: .english
        case .thai: .thai
        }
    }

    /// The first wish that can be met: what the page asks for, what the payment says, what the browser prefers.
    static func chosen(_ asked: String?, _ payment: String?, acceptLanguage: String?) -> PayLanguage {
        let browser = (acceptLanguage ?? "").split(separator: ",").map { item in
            item.prefix { $0 != ";" && $0 != "-" }.filter { $0 != " " }.lowercased()
        }
        let wishes = [asked, payment].compactMap(\.self) + browser
        return wishes.compactMap { PayLanguage(rawValue: $0) }.first ?? .french
    }
}
