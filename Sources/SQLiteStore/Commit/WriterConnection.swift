import GRDBSQLite
import Router

/// The one connection that writes.
///
/// Never leaves the writer's thread.
final class WriterConnection {
    /// Thrown when a statement failed on a constraint after its unit had written something: the group is done over again
    /// with a savepoint around every unit.
    struct NeedsCare: Error {}

    /// Thrown when a unit conflicts after something of it was written: the whole unit is undone.
    struct Refused: Error {
        let conflict: Conflict
    }

    let handle: OpaquePointer?
    let sealer: Sealer
    /// The newest epoch, read at the start of each group.
    private(set) var newestEpoch: Int64 = 0
    private(set) var isCareful = false
    /// The newest number given to a unit, read at the start of each group.
    private var newestUnit: Int64 = 0
    /// Rows that strangers made us write, and that will be deleted again, since the last checkpoint.
    var passing = 0
    /// The numbers of places that are known.
    var places: [Place: Int64] = [:]
    var accounts = AccountNumbers()
    /// By which metadata orders are indexed, per app; `nil` until it is read.
    var metadataNames: [AppID: [String]]?
    private var statements: [ObjectIdentifier: PreparedStatement] = [:]
    private let path: String

    init(handle: OpaquePointer?, sealer: Sealer, path: String) {
        self.handle = handle
        self.sealer = sealer
        self.path = path
        statements.reserveCapacity(64)
    }

    /// The compiled form of a statement.
    func callAsFunction(_ statement: Statement) throws(SQLiteFault) -> PreparedStatement {
        if let known = statements[ObjectIdentifier(statement)] { return known }
        let compiled = try PreparedStatement(statement.sql, on: handle)
        statements[ObjectIdentifier(statement)] = compiled
        return compiled
    }

    /// The number of the next unit: larger than all before, also where a unit between was undone.
    func takeUnitNumber() -> Int64 {
        newestUnit += 1
        return newestUnit
    }

    /// Runs jobs in one transaction and flushes it.
    ///
    /// - Returns: What each job tells its caller.
    func transaction(_ jobs: [WriteJob], carefully isCareful: Bool) throws -> [WriteJob.Completion] {
        self.isCareful = isCareful
        do {
            try self(Self.begin).run()
            newestEpoch = try self(Epochs.newest).first { $0.integer(0) } ?? 0
            newestUnit = try self(Units.newest).first { $0.integer(0) } ?? 0
            let completions = try jobs.map { try $0.perform(self) }
            try self(Self.commit).run()
            return completions
        } catch {
            metadataNames = nil
            places = [:]
            accounts = AccountNumbers()
            if sqlite3_get_autocommit(handle) == 0 { _ = try? self(Self.rollback).run() }
            throw error
        }
    }

    /// Runs the steps of one unit so that a failed constraint, or a damaged record it meets, undoes this unit only.
    ///
    /// - Returns: The value of the steps, or the constraint that failed.
    func unit<Value>(_ steps: () throws -> Value) throws -> Result<Value, SQLiteFault> {
        if isCareful { try self(Self.savepoint).run() }
        do {
            let value = try steps()
            if isCareful { try self(Self.release).run() }
            return .success(value)
        } catch let fault as SQLiteFault where fault.isConstraint {
            guard isCareful else { throw NeedsCare() }
            try undoUnit()
            return .failure(fault)
        } catch let refused as Refused {
            guard isCareful else { throw NeedsCare() }
            try undoUnit()
            throw refused
        } catch let fault as RecordFault {
            guard isCareful else { throw NeedsCare() }
            try undoUnit()
            throw fault
        }
    }

    /// Takes back what the unit around it wrote; only in a careful group.
    private func undoUnit() throws(SQLiteFault) {
        places = [:]
        accounts = AccountNumbers()
        try self(Self.rollbackUnit).run()
        try self(Self.release).run()
    }

    /// Whether somebody moved or deleted the database file: what is written then would be lost.
    var fileIsGone: Bool {
        var moved: Int32 = 0
        let code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
        return code == SQLITE_OK && moved != 0
    }

    /// Copies the log into the database file, as far as readers allow.
    ///
    /// - Returns: The pages still in the log.
    func checkpoint(_ mode: Int32) throws(SQLiteFault) -> Int32 {
        var (pages, copied): (Int32, Int32) = (0, 0)
        let code = sqlite3_wal_checkpoint_v2(handle, "main", mode, &pages, &copied)
        // Busy: a reader holds an old snapshot; the rest is copied next time.
        guard code == SQLITE_OK || code == SQLITE_BUSY else { throw SQLiteFault(handle) }
        return pages - copied
    }

    /// Gives the compiled statements back; before closing.
    func finalize() {
        for statement in statements.values { sqlite3_finalize(statement.pointer) }
        statements = [:]
    }

    private static let begin = Statement("BEGIN IMMEDIATE")
    private static let commit = Statement("COMMIT")
    private static let rollback = Statement("ROLLBACK")
    private static let savepoint = Statement("SAVEPOINT unit")
    private static let release = Statement("RELEASE unit")
    private static let rollbackUnit = Statement("ROLLBACK TO unit")
}
