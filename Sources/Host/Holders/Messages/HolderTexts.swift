import Foundation

/// The texts of holders' pages and messages, in one language: what `Resources/holders/texts/<language>.json` says.
///
/// Every file has the names of the English one, with the same places to fill in; a test compares them.
struct HolderTexts: Sendable {
    /// By name.
    let words: [String: String]

    /// A text; its name where there is none, which no test lets pass.
    subscript(name: String) -> String { words[name] ?? name }

    /// A text with its places filled in.
    func filled(_ name: String, _ values: [String: String]) -> String {
        values.reduce(self[name]) { PayTexts.filled($0, $1.key, $1.value) }
    }

    static func of(_ language: PayLanguage) -> HolderTexts { all[language] ?? english }

    static let english = read(Resources.Holders.Texts.en, "en")

    private static let all: [PayLanguage: HolderTexts] = [
        .english: english, .french: read(Resources.Holders.Texts.fr, "fr"),
        .thai: read(Resources.Holders.Texts.th, "th"), .indonesian: read(Resources.Holders.Texts.id, "id"),
        .arabic: read(Resources.Holders.Texts.ar, "ar"),
    ]

    /// The files are part of the program: one that cannot be read is a fault of the build, which the tests find.
    private static func read(_ text: String, _ name: String) -> HolderTexts {
        do {
            return HolderTexts(words: try JSONDecoder().decode([String: String].self, from: Data(text.utf8)))
        } catch {
            fatalError("Resources/holders/texts/\(name).json, built into this program, cannot be read: \(error)")
        }
    }
}
