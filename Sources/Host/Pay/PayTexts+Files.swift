import Foundation

extension PayTexts {
    static let french = read(Resources.Texts.fr, "fr")
    static let english = read(Resources.Texts.en, "en")
    static let thai = read(Resources.Texts.th, "th")
    static let indonesian = read(Resources.Texts.id, "id")
    static let arabic = read(Resources.Texts.ar, "ar")

    /// The files are part of the program: one that cannot be read is a fault of the build, which the tests find.
    private static func read(_ text: String, _ name: String) -> PayTexts {
        do { return try JSONDecoder().decode(PayTexts.self, from: Data(text.utf8)) } catch {
            fatalError("Resources/texts/\(name).json, built into this program, cannot be read: \(error)")
        }
    }
}
