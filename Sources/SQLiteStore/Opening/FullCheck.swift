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
            faults += try ledgerFaults(connection, sealer)
            faults += try unreadable(connection, sealer)
            return faults
        }
    }
}

/// Whether accounts, their postings and holds, and wallets agree with each other; the orders behind them are looked at by
/// the check of the ledger.
private func ledgerFaults(_ connection: ReadConnection, _ sealer: Sealer) throws -> [String] {
    var found = LedgerVerification()
    var (balances, accounts, sides) = (try BalanceCheck(connection), AccountRows(), SideRows(sealer: sealer))
    while try balances.next(20_000, connection) {}
    try balances.end(connection)
    while try accounts.next(5_000, connection) {}
    while try sides.nextWallets(5_000, connection) {}
    while try sides.nextHolds(5_000, connection) {}
    while try sides.nextDiscrepancies(5_000, connection) {}
    for part in [balances.verification, accounts.verification, sides.verification] { found.add(part) }
    return found.findings.prefix(20).map(\.description)
}

/// Reads every order, attempt, unit and key, opening what is sealed.
private func unreadable(_ connection: ReadConnection, _ sealer: Sealer) throws -> [String] {
    var faults: [String] = []
    func attempt(_ name: String, _ read: () throws -> [String]) {
        guard faults.count < 20 else { return }
        do { faults += try read() } catch { faults.append("\(name) cannot be read: \(StoreFailure(error))") }
    }
    var check = OrderCheck(connection: connection, sealer: sealer)
    for id in try connection.sql("SELECT id FROM orders").all({ _ in }, { $0.text(0) }) {
        attempt(id) { try check.faults(of: id) }
    }
    _ = try connection.sql("SELECT order_id, request_id FROM bindings").all({ _ in }) { row in
        attempt("a key bound to \(row.text(0))") {
            _ = try row.orderID(0)
            _ = try row.id(1) as RequestID
            return []
        }
    }
    // Whatever could not be read was not counted.
    return faults.isEmpty ? try check.leftOver : faults
}

/// Something that always holds between records; the query names what breaks it.
private struct Rule {
    let says: String
    let query: String

    static let all = [
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
            says: "an order has lost its first or last unit",
            query: """
                SELECT o.id FROM orders o WHERE NOT EXISTS (SELECT 1 FROM units u WHERE u.n = o.first_unit)
                    OR NOT EXISTS (SELECT 1 FROM units u WHERE u.n = o.last_unit)
                """),
        Rule(
            says: "a unit belongs to no order",
            query: "SELECT u.n FROM units u WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = u.order_id)"),
        Rule(
            says: "a delivery is of no unit",
            query: """
                SELECT d.endpoint FROM deliveries d
                WHERE NOT EXISTS (SELECT 1 FROM units u WHERE u.n = d.event / \(Events.room))
                """),
        Rule(
            says: "a key is bound to no payment",
            query: """
                SELECT b.order_id FROM bindings b WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = b.order_id)
                """),
        Rule(
            says: "a succeeded order has no succeeded attempt",
            query: """
                SELECT o.id FROM orders o WHERE o.outcome = 'succeeded' AND o.id NOT LIKE 'tr~_%' ESCAPE '~' AND NOT EXISTS
                    (SELECT 1 FROM attempts a WHERE a.order_id = o.id AND a.live = 1 AND a.state = 'succeeded')
                """),
    ]
}
