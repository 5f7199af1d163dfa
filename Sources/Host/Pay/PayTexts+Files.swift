import Foundation

extension PayTexts {
    static let french = read(PackageResources.fr_json, "fr")
    static let english = read(PackageResources.en_json, "en")
    static let thai = read(PackageResources.th_json, "th")
    static let indonesian = read(PackageResources.id_json, "id")
    static let arabic = read(PackageResources.ar_json, "ar")

    /// The files are part of the program: one that cannot be read is a fault of the build, which the tests find.
    private static func read(_ file: [UInt8], _ name: String) -> PayTexts {
        do { return try JSONDecoder().decode(PayTexts.self, from: Data(file)) } catch {
            fatalError("Texts/\(name).json, built into this program, cannot be read: \(error)")
        }
    }
}
