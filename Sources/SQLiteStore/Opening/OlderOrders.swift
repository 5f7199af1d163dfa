import GRDB
import Router

/// Brings the orders, attempts, evidence and events of an older program over to units, and drops what they lay in.
///
/// Runs once, after the step of the schema that renamed their tables and before any traffic, in transactions of some
/// hundred rows. Facts say how far it came, in the same transactions: a process that is killed goes on there.
struct OlderOrders {
    let db: Database
    let sealer: Sealer
    /// Hears how far it is, if that takes long.
    let progress: @Sendable (String) -> Void

    /// Rows brought over in one transaction.
    var batch = 1_000
    /// Nothing is told about fewer rows than this.
    static let tellsFrom = 10_000
    static let eventsFact = "older_events"
    static let ordersFact = "older_orders"

    func run() throws {
        guard try db.tableExists("older_orders") else { return }
        try bringOver("events", Self.eventsFact, from: "older_events", take: OlderEvents(db, sealer).batch)
        try bringOver("orders", Self.ordersFact, from: "older_orders", take: OlderRecords(db, sealer).batch)
        try db.inTransaction(.immediate) {
            for table in ["evidence", "events", "attempts", "movements", "bodies", "orders"] {
                try db.execute(sql: "DROP TABLE older_\(table)")
            }
            try db.execute(
                sql: "DELETE FROM facts WHERE name IN (?, ?)", arguments: [Self.eventsFact, Self.ordersFact])
            return .commit
        }
    }

    /// Brings rows over until there are none left: `take` brings some behind a place, and returns the place it reached and how
    /// many they were.
    private func bringOver(
        _ name: String, _ fact: String, from table: String,
        take: (_ after: String?, _ limit: Int) throws -> (place: String, count: Int)?
    ) throws {
        var place = try String.fetchOne(db, sql: "SELECT value FROM facts WHERE name = ?", arguments: [fact])
        let total = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
        if total > Self.tellsFrom { progress("bringing \(total) \(name) to their new form, once ...") }
        var seen = 0
        while true {
            var count = 0
            try db.inTransaction(.immediate) {
                guard let reached = try take(place, batch) else { return .rollback }
                (place, count) = (reached.place, reached.count)
                _ = try ReadConnection(db)(Facts.set).run {
                    $0.text(fact)
                    $0.text(reached.place)
                }
                return .commit
            }
            guard count > 0 else { return }
            seen += count
            if total > Self.tellsFrom, seen.isMultiple(of: 100 * batch) { progress("... \(seen) of \(total)") }
            try emptyLog()
        }
    }

    /// The log would grow to the size of everything that is brought over.
    private func emptyLog() throws {
        try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
    }
}
