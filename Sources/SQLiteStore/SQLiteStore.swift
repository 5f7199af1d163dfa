import CSQLite
import Foundation
import GRDB
import GRDBSQLite
package import Router
import Synchronization

/// The default store: one SQLite file, one writer that commits in groups, any number of readers.
///
/// * Whatever is reported as committed is in the write-ahead log and flushed (`synchronous = FULL`, read back at start).
/// * All writes go through one thread. What waits while a flush runs becomes the next group and shares its flush.
/// * A failed flush is never repeated: the store refuses everything from then on, and the process must start again.
/// * A lock file keeps a second process out. No network file systems.
package final class SQLiteStore: Store {
    let reader: Reader
    let sealer: Sealer
    /// The keys that everything in it was made with: read once, when it was opened.
    package let dataKeys: DataKeys
    /// By which metadata apps' orders are indexed, as last committed; the writer looks again.
    let metadataNames = Mutex<[AppID: [String]]>([:])
    let recent: RecentOrders
    let endpoints: EndpointMemory
    private let mailbox: Mailbox
    private let ended: Promise<Void>

    private init(
        reader: Reader, sealer: Sealer, dataKeys: DataKeys, mailbox: Mailbox, ended: Promise<Void>,
        recent: RecentOrders, endpoints: EndpointMemory, metadataNames names: [AppID: [String]]
    ) {
        self.reader = reader
        self.sealer = sealer
        self.dataKeys = dataKeys
        self.mailbox = mailbox
        self.ended = ended
        self.recent = recent
        self.endpoints = endpoints
        metadataNames.withLock { $0 = names }
    }

    /// Opens a database, or makes a new one; its folder must be there.
    ///
    /// - Parameters:
    ///   - path: The database file. `-wal`, `-shm` and `.lock` files stand beside it.
    ///   - master: Wraps the keys of the data, which seal what must not be readable in the file.
    ///   - options: See ``Options``.
    /// - Returns: The open store.
    /// - Throws: `busy` if another store has the file, `corrupt` if the database is damaged, belongs to another
    ///   key or is of a newer version, `inputOutput` if the files cannot be opened.
    package static func open(
        path: String, master: MasterKey, options: Options = Options()
    ) async throws(StoreFailure) -> SQLiteStore {
        _ = Self.configured
        let result = await withCheckedContinuation {
            (opened: CheckedContinuation<Result<SQLiteStore, StoreFailure>, Never>) in
            let thread = Thread { serve(path: path, master: master, options: options, opened: opened) }
            thread.name = "store-writer"
            thread.stackSize = 1 << 20
            thread.start()
        }
        return try result.get()
    }

    /// Once for the process; where somebody opened a database before, SQLite stays as it is.
    private static let configured: Void = { _ = csqlite_without_statistics() }()

    /// The life of the writer's thread.
    private static func serve(
        path: String, master: MasterKey, options: Options,
        opened: CheckedContinuation<Result<SQLiteStore, StoreFailure>, Never>
    ) {
        let ended = Promise<Void>()
        // Files and lock are given back before anybody hears of a failure or of the end: who hears may open them again.
        let failure = serveFiles(path: path, master: master, options: options, ended: ended, opened: opened)
        if let failure { opened.resume(returning: .failure(failure)) }
        ended.keep(())
    }

    /// Opens the files, serves them and closes them.
    ///
    /// - Returns: Why they could not be opened; `opened` is then still to be told.
    private static func serveFiles(
        path: String, master: MasterKey, options: Options, ended: Promise<Void>,
        opened: CheckedContinuation<Result<SQLiteStore, StoreFailure>, Never>
    ) -> StoreFailure? {
        let mailbox = Mailbox()
        let files: OpenFiles
        let sealer: Sealer
        let names: [AppID: [String]]
        let endpoints: EndpointMemory
        do {
            files = try OpenFiles(path: path, master: master, options: options)
            sealer = Sealer(files.dataKeys)
            (names, endpoints) = try files.queue.inDatabase { [sealer] db in
                try OlderOrders(db: db, sealer: sealer, progress: options.progress, batch: options.upgradeBatch).run()
                try StartCheck.run(db, path: path, sealer: sealer)
                try ClaimsOfOlderOrders(db: db, sealer: sealer, progress: options.progress).run()
                let connection = ReadConnection(db)
                let endpoints = try connection(Endpoints.all).all { try Endpoints.endpoint($0, sealer) }
                return (
                    try MetadataRows.namesByApp(connection(MetadataRows.names)), EndpointMemory(endpoints)
                )
            }
        } catch {
            return StoreFailure(error)
        }
        let reader = Reader(pool: files.readers, sealer: sealer, mailbox: mailbox)
        opened.resume(
            returning: .success(
                SQLiteStore(
                    reader: reader, sealer: sealer, dataKeys: files.dataKeys, mailbox: mailbox, ended: ended,
                    recent: RecentOrders(count: options.recentOrders), endpoints: endpoints, metadataNames: names)))
        let checkpointer = files.checkpoints.map { Checkpointer($0) }
        files.queue.inDatabase { db in
            let connection = WriterConnection(handle: db.sqliteConnection, sealer: sealer, path: path)
            let log = LogLength(db.sqliteConnection)
            GroupCommitter(
                connection: connection, mailbox: mailbox, log: log, checkpointPages: options.checkpointPages,
                checkpointer: checkpointer
            ).serve()
            checkpointer?.end()
            log.detach(from: db.sqliteConnection)
            connection.finalize()
        }
        guard mailbox.refusal == .storeClosed else {
            // Closing would flush again what could not be flushed. The files stay open, and locked, until the process ends.
            _ = Unmanaged.passRetained(files.queue)
            _ = Unmanaged.passRetained(files.lock)
            if let checkpoints = files.checkpoints { _ = Unmanaged.passRetained(checkpoints) }
            return nil
        }
        files.close()
        return nil
    }

    /// Refuses new work, finishes what began, empties the log and closes.
    package func close() async {
        mailbox.shut(.storeClosed)
        await ended.value
    }

    /// Runs a write in the next group.
    ///
    /// `durable` hears of it on the writer's thread, after the flush and before the caller: of all writes in their order.
    ///
    /// - Returns: Its value, after the flush. Not ended by cancellation.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (WriterConnection) throws -> Value,
        durable: @escaping @Sendable (Value) -> Void = { _ in }
    ) async throws(StoreFailure) -> Value {
        let result = await withCheckedContinuation {
            (waiting: CheckedContinuation<Result<Value, StoreFailure>, Never>) in
            mailbox.post(
                WriteJob(
                    perform: { connection in
                        let value = try body(connection)
                        return {
                            durable(value)
                            waiting.resume(returning: .success(value))
                        }
                    },
                    fail: { waiting.resume(returning: .failure($0)) }))
        }
        return try result.get()
    }

    /// Runs a write that may meet a constraint, which then fails only this write.
    func writeUnit<Value: Sendable>(
        _ body: @escaping @Sendable (WriterConnection) throws -> Value
    ) async throws(StoreFailure) -> Value {
        let result = try await write { connection in
            try connection.unit { try body(connection) }.mapError { StoreFailure($0) }
        }
        return try result.get()
    }
}
