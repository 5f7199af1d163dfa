import Foundation
import Router
import SQLiteStore

/// A folder that goes away with its test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    var database: String { path + "/router.sqlite" }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

enum TestKeys {
    /// A sealer of a fixed test key.
    static func sealer(_ byte: UInt8 = 7) throws -> Sealer {
        let key = MasterKey(bytes: Array(repeating: byte, count: 32))
        guard let key else { throw StoreFailure(.other, "no key") }
        return Sealer(key)
    }

    static func open(
        _ folder: TemporaryFolder, _ change: (inout SQLiteStore.Options) -> Void = { _ in }
    ) async throws -> SQLiteStore {
        var options = SQLiteStore.Options()
        change(&options)
        return try await SQLiteStore.open(path: folder.database, sealer: sealer(), options: options)
    }
}
