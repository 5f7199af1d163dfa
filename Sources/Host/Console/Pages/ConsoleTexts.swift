import Foundation

/// The texts of the console in one language: what `Resources/console/texts/<language>.json` says.
///
/// Every file has the names of the English one, with the same places to fill in; a test compares them.
struct ConsoleTexts: Sendable {
    /// By name.
    let words: [String: String]

    /// A text; its name where there is none, which no test lets pass.
    subscript(name: String) -> String { words[name] ?? name }

    /// A text with its places filled in; what is filled in has no places, whatever is written there.
    func filled(_ name: String, _ values: [String: String]) -> String {
        var (rest, whole) = (self[name][...], "")
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            let place = String(rest[rest.index(after: start)..<end])
            whole += rest[..<start] + (values[place] ?? "{\(place)}")
            rest = rest[rest.index(after: end)...]
        }
        return whole + rest
    }

    /// The word for one of a closed list's values, such as a status: its own where there is no better one.
    func word(_ list: String, _ value: String) -> String {
        words["\(list).\(value)"] ?? value.replacing("_", with: " ")
    }

    static let languages: [PayLanguage] = [.english, .french]

    static func of(_ language: PayLanguage) -> ConsoleTexts { language == .french ? french : english }

    /// The first wish that can be met.
    static func chosen(_ asked: String?, _ kept: String?, acceptLanguage: String?) -> PayLanguage {
        let browser = (acceptLanguage ?? "").split(separator: ",").map { item in
            item.prefix { $0 != ";" && $0 != "-" }.filter { $0 != " " }.lowercased()
        }
        let wishes = [asked, kept].compactMap(\.self) + browser
        return wishes.compactMap { PayLanguage(rawValue: $0) }.first { languages.contains($0) } ?? .english
    }

    static let english = read(Resources.Console.Texts.en, "en")
    private static let french = read(Resources.Console.Texts.fr, "fr")

    /// The files are part of the program: one that cannot be read is a fault of the build, which the tests find.
    private static func read(_ text: String, _ name: String) -> ConsoleTexts {
        do {
            return ConsoleTexts(words: try JSONDecoder().decode([String: String].self, from: Data(text.utf8)))
        } catch {
            fatalError("Resources/console/texts/\(name).json, built into this program, cannot be read: \(error)")
        }
    }
}
