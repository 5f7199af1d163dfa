import Foundation
import Testing

/// What the database's files do not show.
enum SealedFiles {
    /// That nothing of these stands in clear in the database or in what it has written ahead.
    static func expect(_ folder: String, _ secrets: [String]) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains(".sqlite") }
        #expect(!files.isEmpty)
        for file in files {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))
            for secret in secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file) has \(secret)") }
        }
    }
}
