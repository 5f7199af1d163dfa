import Foundation
import GRDB
import Router

/// Binds a database to the first master key that opens it.
///
/// Under another one references would come out differently, and what is sealed could not be read; the first row written
/// under it would already be wrong.
enum KeyBinding {
    /// Refuses another key than the one the database belongs to, through a connection that cannot write.
    static func check(_ path: String, _ id: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        var configuration = Configuration()
        configuration.label = "store.key"
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let known = try queue.read { db in
            try db.tableExists("facts")
                ? String.fetchOne(db, sql: "SELECT value FROM facts WHERE name = ?", arguments: [MasterKey.fact]) : nil
        }
        try queue.close()
        if let known, known != id {
            throw StoreFailure(.corrupt, "\(MasterKeyMismatch(stored: known, given: id))")
        }
    }

    /// Makes a database that belongs to nobody yet the key's; does nothing otherwise.
    static func bind(_ db: Database, _ id: String) throws {
        try db.execute(
            sql: "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
            arguments: [MasterKey.fact, id])
    }
}
