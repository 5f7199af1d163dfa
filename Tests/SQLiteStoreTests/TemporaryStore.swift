import Foundation
import GRDB
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
    /// A fixed master key.
    static func master(_ byte: UInt8 = 7) throws(StoreFailure) -> MasterKey {
        let key = MasterKey(bytes: Array(repeating: byte, count: 32))
        guard let key else { throw StoreFailure(.other, "no key") }
        return key
    }

    static func open(
        _ folder: TemporaryFolder, _ change: (inout SQLiteStore.Options) -> Void = { _ in }
    ) async throws -> SQLiteStore {
        var options = SQLiteStore.Options()
        change(&options)
        return try await SQLiteStore.open(path: folder.database, master: master(), options: options)
    }
}

extension TestKeys {
    /// Opens what was given back a moment ago.
    ///
    /// A child process that another test starts holds the lock of this one until it begins its own program.
    static func reopen(_ folder: TemporaryFolder) async throws -> SQLiteStore {
        for _ in 0..<100 {
            do throws(StoreFailure) {
                return try await SQLiteStore.open(path: folder.database, master: master())
            } catch {
                guard error.kind == .busy else { throw error }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        return try await open(folder)
    }

    /// Makes a closed database one of a program that knew the master key alone; what it holds must not hang on its keys.
    static func forgetDataKeys(_ folder: TemporaryFolder) async throws {
        try await change(
            folder,
            "DELETE FROM facts WHERE name = 'data_keys'; DELETE FROM grdb_migrations WHERE identifier = '012-data-keys'"
        )
    }

    /// A closed, empty database of such a program.
    static func makeOlder(_ folder: TemporaryFolder) async throws {
        await (try open(folder)).close()
        try await forgetDataKeys(folder)
    }

    /// Changes a closed database by hand.
    static func change(_ folder: TemporaryFolder, _ sql: String) async throws {
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// A fact of a closed database.
    static func fact(_ name: String, _ folder: TemporaryFolder) async throws -> String? {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: folder.database, configuration: configuration)
        defer { try? queue.close() }
        return try await queue.read { db in
            guard try db.tableExists("facts") else { return nil }
            return try String.fetchOne(db, sql: "SELECT value FROM facts WHERE name = ?", arguments: [name])
        }
    }

    /// What lies in the database and its log, byte for byte.
    static func contents(_ folder: TemporaryFolder) throws -> [Data] {
        try ["", "-wal"].map { end in
            let path = folder.database + end
            guard FileManager.default.fileExists(atPath: path) else { return Data() }
            return try Data(contentsOf: URL(fileURLWithPath: path))
        }
    }
}

/// For which of the data's purposes two stores have different keys.
func differing(_ left: DataKeys, _ right: DataKeys) -> Set<DataKeys.Purpose> {
    Set(DataKeys.Purpose.allCases.filter { left[$0] != right[$0] })
}
