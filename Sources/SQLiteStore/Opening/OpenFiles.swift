import Foundation
import GRDB
import GRDBSQLite
import Router
import Synchronization

/// Opens the files of a store, in the order that keeps data safe, and refuses to go on where something is not right.
struct OpenFiles {
    let lock: LockFile
    let queue: DatabaseQueue
    /// For copying long logs beside the writer; `nil` where the log is kept short.
    let checkpoints: DatabaseQueue?
    let readers: DatabasePool
    let dataKeys: DataKeys

    init(path: String, master: MasterKey, options: SQLiteStore.Options) throws {
        lock = try LockFile(path: path + ".lock")
        // Before anything is written, the database's form included.
        let binding = KeyBinding(master)
        try binding.check(path)
        try Self.create(path)
        queue = try DatabaseQueue(path: path, configuration: Self.writerConfiguration(options))
        try Upgrade(path: path, options: options, binding: binding).run(queue)
        dataKeys = try queue.inDatabase { db in
            // GRDB sets NORMAL while it switches WAL on; NORMAL may lose acknowledged commits at power loss.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try Self.verifySettings(db)
            let keys = try binding.keys(db)
            try Self.emptyLog(db)
            return keys
        }
        checkpoints =
            options.checkpointPages < Self.longLog
            ? nil : try DatabaseQueue(path: path, configuration: Self.writerConfiguration(options))
        try checkpoints?.inDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try Self.verifySettings(db)
        }
        readers = try DatabasePool(path: path, configuration: Self.readerConfiguration(options))
        try Self.openAll(options.readers, of: readers)
    }

    /// One store at a time: each reader waits on a thread of libdispatch until all are open, and there is an end to those.
    private static let opening = Mutex(())

    /// Opens every reading connection now, not when it is first needed: later there may be no descriptor for it.
    private static func openAll(_ count: Int, of pool: DatabasePool) throws {
        try opening.withLock { _ in try openAllAlone(count, of: pool) }
    }

    private static func openAllAlone(_ count: Int, of pool: DatabasePool) throws {
        let (begun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let failure = Mutex<StoreFailure?>(nil)
        for _ in 0..<count {
            pool.asyncRead { database in
                do {
                    // The files are opened by the first query.
                    _ = try Int.fetchOne(try database.get(), sql: "SELECT count(*) FROM sqlite_master")
                } catch { failure.withLock { $0 = StoreFailure(error) } }
                begun.signal()
                // Held until all are open, so that each is another one.
                mayEnd.wait()
            }
        }
        for _ in 0..<count { begun.wait() }
        for _ in 0..<count { mayEnd.signal() }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// Logs of so many pages are copied beside the writer.
    private static let longLog: Int32 = 1_000

    /// Closes in an order that leaves the last checkpoint to the writer.
    func close() {
        try? readers.close()
        try? checkpoints?.close()
        try? queue.close()
    }

    /// Makes the file readable by its owner only; SQLite gives its log the same mode.
    private static func create(_ path: String) throws(StoreFailure) {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreFailure(.inputOutput, "\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        Glibc.close(descriptor)
    }

    private static func writerConfiguration(_ options: SQLiteStore.Options) -> Configuration {
        var configuration = Configuration()
        configuration.label = "store.writer"
        configuration.foreignKeysEnabled = false
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(TimeInterval(options.busyMilliseconds) / 1_000)
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -\(options.writerCacheKiB);
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA journal_size_limit = \(64 * 1_024 * 1_024);
                    """)
            if options.maximumPages > 0 { try db.execute(sql: "PRAGMA max_page_count = \(options.maximumPages)") }
        }
        return configuration
    }

    private static func readerConfiguration(_ options: SQLiteStore.Options) -> Configuration {
        var configuration = Configuration()
        configuration.label = "store.reader"
        configuration.readonly = true
        configuration.foreignKeysEnabled = false
        configuration.maximumReaderCount = options.readers
        configuration.busyMode = .timeout(TimeInterval(options.busyMilliseconds) / 1_000)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192")
        }
        return configuration
    }

    /// Reads the settings back that durability hangs on.
    private static func verifySettings(_ db: Database) throws {
        let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode")
        let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
        let automatic = try Int.fetchOne(db, sql: "PRAGMA wal_autocheckpoint")
        guard journal == "wal", synchronous == 2, automatic == 0 else {
            throw StoreFailure(
                .other,
                "SQLite did not take the settings: journal \(journal ?? "?"), synchronous \(synchronous ?? -1)")
        }
    }

    /// Brings what an earlier process left in the log into the file, which also proves that the log is readable.
    private static func emptyLog(_ db: Database) throws {
        let code = sqlite3_wal_checkpoint_v2(db.sqliteConnection, "main", SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        guard code == SQLITE_OK || code == SQLITE_BUSY else { throw SQLiteFault(db.sqliteConnection) }
    }
}
