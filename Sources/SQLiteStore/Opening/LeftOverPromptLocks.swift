import GRDB
import Router

/// Frees wallets whose prompt was over, and whose lock an older program kept in its column.
///
/// Runs at every opening, before any traffic; there are as many rows to look at as open prompts. What cannot be read stays
/// as it is: the full check tells of it.
struct LeftOverPromptLocks {
    let db: Database
    let sealer: Sealer

    func run() throws {
        let connection = ReadConnection(db)
        let locked = "SELECT DISTINCT order_id FROM attempts WHERE live = 1 AND prompt_lock IS NOT NULL"
        let orders = try connection.sql(locked).all({ _ in }) { $0.text(0) }
        for order in orders {
            guard let attempts = try? attempts(of: order, connection) else { continue }
            for attempt in attempts where attempt.state.isLive && attempt.activePromptLock == nil {
                try db.execute(
                    sql: "UPDATE attempts SET prompt_lock = NULL WHERE id = ? AND prompt_lock IS NOT NULL",
                    arguments: [attempt.id.text])
            }
        }
    }

    private func attempts(of order: String, _ connection: ReadConnection) throws -> [Attempt] {
        let whole = try connection(Orders.get).first({ $0.text(order) }) { try Orders.order($0, sealer) }
        guard let whole else { return [] }
        return try connection(Attempts.ofPayment).all({ $0.text(order) }) {
            try Attempts.attempt(of: whole, $0, sealer)
        }
    }
}
