import GRDB
import Router

/// Lists what orders accepted by an older program hold under their order numbers.
///
/// Runs once, after the step of the schema that made the list and before any traffic. A fact says how far it came, in the
/// same transaction as the rows: a process that is killed goes on there, and to list an order twice changes nothing.
struct ClaimsOfOlderOrders {
    let db: Database
    let sealer: Sealer
    /// Hears how far it is, if that takes long.
    let progress: @Sendable (String) -> Void

    /// Orders looked at in one transaction.
    static let batch = 1_000
    /// Nothing is told about fewer orders than this.
    static let tellsFrom = 10_000
    static let fact = "order_claims"
    private static let done = "done"

    func run() throws {
        let reached = try String.fetchOne(db, sql: "SELECT value FROM facts WHERE name = ?", arguments: [Self.fact])
        guard reached != Self.done else { return }
        var last = reached ?? ""
        let count =
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM orders o WHERE \(Self.mayHold) AND o.id > ?", arguments: [last]) ?? 0
        if count > Self.tellsFrom { progress("listing \(count) orders by their order numbers, once ...") }
        var seen = 0
        while true {
            let (batch, next) = try batch(after: last)
            try db.inTransaction(.immediate) {
                for file in batch { try list(file) }
                try reach(next ?? Self.done)
                return .commit
            }
            seen += batch.count
            guard let next else { break }
            last = next
            if count > Self.tellsFrom, seen.isMultiple(of: 10 * Self.batch) { progress("... \(seen) of \(count)") }
        }
        if count > Self.tellsFrom { progress("... done") }
    }

    /// Payments that are not final and payouts, with an order number.
    private static let mayHold = """
        o.reference IS NOT NULL AND ((o.id >= 'pay_' AND o.id < 'pay`' AND o.status NOT IN ('succeeded', 'failed', 'cancelled'))
            OR (o.id >= 'po_' AND o.id < 'po`'))
        """

    /// The next orders, oldest first within a kind, and the last of their identifiers; `nil` if none is left after them.
    private func batch(after last: String) throws -> ([OrderAggregate], String?) {
        let connection = ReadConnection(db)
        let sql = Orders.select + " WHERE \(Self.mayHold) AND o.id > $1 ORDER BY o.id LIMIT \(Self.batch)"
        let files = try connection.sql(sql).all({ $0.text(last) }) { try Orders.aggregate($0, sealer) }
        return (files, files.count < Self.batch ? nil : files.last?.order.id.text)
    }

    private func list(_ file: OrderAggregate) throws {
        guard file.lockStanding != .gone, let lock = file.order.lock else { return }
        let hash = sealer.blindIndex(lock.text)
        let connection = ReadConnection(db)
        let stored = try connection(Claims.get).first({ $0.blob(hash) }) { try Claims.claim($0) }
        guard let stored else {
            _ = try connection(Claims.insert).run {
                $0.blob(hash)
                $0.text(file.order.id.text)
            }
            return
        }
        guard !stored.orders.contains(file.order.id) else { return }
        _ = try connection(Claims.update).run {
            $0.text(Claims.text(stored.orders + [file.order.id]))
            $0.blob(hash)
            $0.integer(stored.version)
        }
    }

    private func reach(_ place: String) throws {
        _ = try ReadConnection(db)(Facts.set).run {
            $0.text(Self.fact)
            $0.text(place)
        }
    }
}
