import Foundation
import GRDB
import Router

/// Binds a database to the first master key that opens it, and keeps the keys of its data, wrapped by that key.
///
/// Under others references would come out differently, and what is sealed could not be read; the first row written under
/// them would already be wrong. So they are made in the same transaction as the mark that they are there
/// (``Schema/dataKeysStep``), before anything is sealed, and never made again.
struct KeyBinding: Sendable {
    private let master: MasterKey

    init(_ master: MasterKey) { self.master = master }

    /// The fact that holds the wrapped keys.
    static let fact = "data_keys"

    /// Refuses a database that this master key does not open, through a connection that cannot write.
    func check(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        var configuration = Configuration()
        configuration.label = "store.key"
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { db in
            guard try db.tableExists("facts") else { return }
            try refuseOther(db)
            if try hasKeys(db) || value(Self.fact, db) != nil { _ = try stored(db) }
        }
        try queue.close()
    }

    /// Gives a database the keys of its data; in a transaction of the caller's.
    ///
    /// One that was never written to gets fresh ones. One of an older program has those that it was written with.
    func bind(_ db: Database) throws {
        try refuseOther(db)
        let keys = try isUntouched(db) ? DataKeys.fresh(master) : DataKeys.derived(from: master)
        // What is there already is never replaced: everything stored hangs on it.
        for (name, value) in [(MasterKey.fact, master.id), (Self.fact, try wrapped(keys))] {
            try db.execute(
                sql: "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                arguments: [name, value])
        }
    }

    /// The keys of the data, those included that an older program did not know: they are stored before they are used.
    func keys(_ db: Database) throws -> DataKeys {
        try refuseOther(db)
        let (keys, isComplete) = try stored(db)
        if !isComplete {
            try db.execute(
                sql: "UPDATE facts SET value = ? WHERE name = ?",
                arguments: [try wrapped(keys), Self.fact])
        }
        return keys
    }

    private func refuseOther(_ db: Database) throws {
        guard let known = try value(MasterKey.fact, db), known != master.id else { return }
        throw StoreFailure(.corrupt, "\(MasterKeyMismatch(stored: known, given: master.id))")
    }

    /// Whether the step that gives a database its keys was done.
    private func hasKeys(_ db: Database) throws -> Bool {
        guard try db.tableExists("grdb_migrations") else { return false }
        return try Bool.fetchOne(
            db, sql: "SELECT count(*) > 0 FROM grdb_migrations WHERE identifier = ?",
            arguments: [Schema.dataKeysStep]) ?? false
    }

    private func stored(_ db: Database) throws -> (keys: DataKeys, isComplete: Bool) {
        let record = try value(Self.fact, db)
        do throws(DataKeysFault) {
            guard let record else { throw .missing }
            return try DataKeys.unwrapped(record, by: master)
        } catch { throw StoreFailure(.corrupt, "\(error)") }
    }

    private func wrapped(_ keys: DataKeys) throws(StoreFailure) -> String {
        do throws(DataKeysFault) { return try keys.wrapped(by: master) } catch {
            throw StoreFailure(.other, "\(error)")
        }
    }

    private func value(_ name: String, _ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM facts WHERE name = ?", arguments: [name])
    }

    /// Whether nothing was ever written into a database but its form: no row in any table, and no epoch taken.
    private func isUntouched(_ db: Database) throws -> Bool {
        guard try Int64.fetchOne(db, sql: "SELECT newest FROM epochs WHERE id = 1") == 0 else { return false }
        let tables = try String.fetchAll(
            db,
            sql: """
                SELECT name FROM sqlite_master
                WHERE type = 'table' AND name NOT IN ('epochs', 'grdb_migrations') AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
                """)
        return try tables.allSatisfy { table in
            try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM \(table.quotedDatabaseIdentifier))") ?? false
        }
    }
}
