import GRDB
import Router

/// Read-only connections.
///
/// They never checkpoint and never wait for the writer.
struct Reader: Sendable {
    let pool: DatabasePool
    let sealer: Sealer
    let mailbox: Mailbox

    /// Whether nothing may be read any more.
    var isClosed: Bool { mailbox.refusal == .storeClosed }

    /// Runs a query on a free connection, on one snapshot.
    ///
    /// Not ended by cancellation.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (ReadConnection) throws -> Value
    ) async throws(StoreFailure) -> Value {
        if isClosed { throw .storeClosed }
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Value, StoreFailure>, Never>) in
            pool.asyncRead { database in
                let result: Result<Value, StoreFailure>
                do {
                    result = .success(try body(ReadConnection(try database.get())))
                } catch {
                    result = .failure(StoreFailure(error))
                }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }
}

/// A connection that may read, for the time of one query.
struct ReadConnection {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// The compiled form of a statement; GRDB keeps it for the connection's life.
    func callAsFunction(_ statement: Statement) throws -> PreparedStatement { try sql(statement.sql) }

    /// The compiled form of a composed query.
    func sql(_ text: String) throws -> PreparedStatement {
        PreparedStatement(try db.cachedStatement(sql: text).sqliteStatement)
    }
}
