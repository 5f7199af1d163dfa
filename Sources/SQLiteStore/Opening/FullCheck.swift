package import Router

extension SQLiteStore {
    /// Reads the whole database: its structure, that the records agree with each other, and that sealed ones open.
    ///
    /// Takes seconds to minutes and does not disturb the writer.
    ///
    /// - Returns: What is wrong, one line each; empty if all is well.
    package func fullCheck() async throws(StoreFailure) -> [String] {
        let sealer = sealer
        return try await reader.read { connection in
            var faults = try connection.sql("PRAGMA integrity_check(20)").all { $0.text(0) }.filter { $0 != "ok" }
            guard faults.isEmpty else { return faults }
            for rule in Rule.all {
                let names = try connection.sql(rule.query + " LIMIT 5").all { $0.text(0) }
                faults += names.map { "\(rule.says): \($0)" }
            }
            faults += try unreadable(connection, sealer)
            return faults
        }
    }
}

/// Reads every payment and attempt, opening what is sealed.
private func unreadable(_ connection: ReadConnection, _ sealer: Sealer) throws -> [String] {
    var faults: [String] = []
    func attempt(_ name: String, _ read: () throws -> Void) {
        guard faults.count < 20 else { return }
        do { try read() } catch { faults.append("\(name) cannot be read: \(StoreFailure(error))") }
    }
    _ = try connection.sql(Orders.select).all({ _ in }) { row in
        attempt(row.text(0)) {
            let order = try Orders.order(row, sealer)
            if try !isListed(order, connection, sealer) {
                faults.append("an open order is not listed under its order number: \(order.id)")
            }
            let moved = try connection(Movements.amount).first({ $0.text(order.movement.text) }) {
                try $0.optionalMoney(0)
            }
            if moved != .some(order.amount) { faults.append("an order's amount is not its movement's: \(order.id)") }
        }
    }
    for order in try connection.sql("SELECT DISTINCT order_id FROM attempts").all({ _ in }, { $0.text(0) }) {
        attempt("an attempt of \(order)") {
            let whole = try connection(Orders.get).first({ $0.text(order) }) { try Orders.order($0, sealer) }
            guard let whole else { throw RecordFault("there is no such order") }
            let columns = "SELECT id, live, prompt_lock FROM attempts WHERE order_id = $1 ORDER BY n"
            let indexed = try connection.sql(columns).all({ $0.text(order) }) {
                ($0.text(0), isLive: $0.integer(1) != 0, lock: $0.isNull(2) ? nil : $0.blob(2))
            }
            let attempts = try connection(Attempts.ofPayment).all({ $0.text(order) }) {
                try Attempts.attempt(of: whole, $0, sealer)
            }
            for (attempt, columns) in zip(attempts, indexed) {
                let lock = attempt.activePromptLock.map(sealer.blindIndex)
                if columns.isLive != attempt.state.isLive || columns.lock != lock {
                    faults.append("an attempt is not indexed as its record says: \(attempt.id)")
                }
            }
        }
    }
    _ = try connection.sql("SELECT order_id, request_id FROM bindings").all({ _ in }) { row in
        attempt("a key bound to \(row.text(0))") {
            _ = try row.orderID(0)
            _ = try row.id(1) as RequestID
        }
    }
    let events = "SELECT \(Events.columns) FROM events e"
    _ = try connection.sql(events).all({ _ in }) { row in
        attempt(row.text(0)) { _ = try Events.event(row, sealer) }
    }
    return faults
}

/// Whether an open order keeps others of its order number out.
private func isListed(_ order: Order, _ connection: ReadConnection, _ sealer: Sealer) throws -> Bool {
    guard !order.status.isFinal, let lock = order.lock else { return true }
    let stored = try connection(Claims.get).first({ $0.blob(sealer.blindIndex(lock.text)) }) {
        try Claims.claim($0)
    }
    return stored?.orders.contains(order.id) == true
}

/// Something that always holds between records; the query names what breaks it.
private struct Rule {
    let says: String
    let query: String

    static let all = [
        Rule(
            says: "debits and credits do not balance in currency",
            query: """
                SELECT currency FROM postings GROUP BY currency
                HAVING sum(CASE side WHEN 'debit' THEN amount ELSE -amount END) <> 0
                """),
        Rule(
            says: "events are not numbered 1 to n",
            query: """
                SELECT o.id FROM orders o
                WHERE o.event_count <> (SELECT count(*) FROM events e WHERE e.order_id = o.id)
                    OR o.event_count <> (SELECT coalesce(max(e.sequence), 0) FROM events e WHERE e.order_id = o.id)
                """),
        Rule(
            says: "the live mark disagrees with the state",
            query: """
                SELECT id FROM attempts
                WHERE live <> (state NOT IN ('withdrawn', 'not_sent', 'rejected', 'not_executed', 'voided'))
                """),
        Rule(
            says: "an attempt has no payment",
            query: "SELECT a.id FROM attempts a WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = a.order_id)"),
        Rule(
            says: "a payment has no movement or body",
            query: """
                SELECT o.id FROM orders o WHERE NOT EXISTS (SELECT 1 FROM movements m WHERE m.id = o.movement)
                    OR NOT EXISTS (SELECT 1 FROM order_bodies b WHERE b.n = o.body)
                """),
        Rule(
            says: "a key is bound to no payment",
            query: """
                SELECT b.order_id FROM bindings b WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = b.order_id)
                """),
        Rule(
            says: "a succeeded movement has no succeeded attempt",
            query: """
                SELECT m.id FROM movements m WHERE m.state = 'succeeded' AND NOT EXISTS
                    (SELECT 1 FROM attempts a WHERE a.movement = m.id AND a.live = 1 AND a.state = 'succeeded')
                """),
        Rule(
            says: "an attempt's amount is not its movement's",
            query: """
                SELECT a.id FROM attempts a JOIN movements m ON m.id = a.movement
                WHERE a.amount <> m.amount OR a.currency <> m.currency
                """),
    ]
}
