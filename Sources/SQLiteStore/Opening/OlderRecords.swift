import GRDB
import Router

/// Orders of before, with their attempts and evidence: all of it becomes the newest unit of the order, behind its events.
///
/// The records keep their bytes; what lay in columns only is written beside them.
struct OlderRecords {
    let db: Database
    let sealer: Sealer

    init(_ db: Database, _ sealer: Sealer) { (self.db, self.sealer) = (db, sealer) }

    private static let query = Statement(
        """
        SELECT o.id, o.app, o.environment, o.updated_at, b.body, b.sealed, o.state, o.sealed, o.version, o.status,
            m.state, m.kind, o.provider, o.channel, o.event_count,
            (SELECT max(e.seq) FROM older_events e WHERE e.order_id = o.id)
        FROM older_orders o JOIN older_bodies b ON b.n = o.body JOIN older_movements m ON m.id = o.movement
        WHERE o.id > $1 ORDER BY o.id LIMIT $2
        """)

    private static let copy = Statement(
        """
        INSERT INTO orders (id, app, environment, idempotency_key, request_id, created_at, reference, phone, movement,
            parent, repeat_of, amount, currency, first_unit, last_unit, version, purpose, outcome, status, review,
            provider, channel, due_lane, due_at, event_count, updated_at, place)
        SELECT o.id, o.app, o.environment, o.idempotency_key, o.request_id, o.created_at, o.reference, o.phone,
            o.movement, o.parent, o.repeat_of, m.amount, m.currency, $1, $1, o.version, m.kind, m.state, o.status,
            o.review, o.provider, o.channel, o.due_lane, o.due_at, o.event_count, o.updated_at, $2
        FROM older_orders o JOIN older_movements m ON m.id = o.movement WHERE o.id = $3
        """)

    func batch(after place: String?, limit: Int) throws -> (place: String, count: Int)? {
        let connection = ReadConnection(db)
        // What cannot be joined is damage that the next start would never see again.
        let count = try connection.sql("SELECT count(*) FROM (SELECT 1 FROM older_orders WHERE id > $1 LIMIT $2)")
            .first({
                $0.text(place ?? "")
                $0.integer(Int64(limit))
            }) { $0.integer(0) }
        let orders = try connection(Self.query).all({
            $0.text(place ?? "")
            $0.integer(Int64(limit))
        }) { try bringOver($0, connection) }
        guard Int64(orders.count) == count else {
            throw StoreFailure(.corrupt, "an order has no movement or body; restore the database from a backup")
        }
        return orders.last.map { ($0, orders.count) }
    }

    /// - Returns: The order's id.
    private func bringOver(_ row: StatementRow, _ connection: ReadConnection) throws -> String {
        let order = row.text(0)
        let attempts = try OlderAttempts(db, sealer).bringOver(order)
        let evidence = try connection(OlderAttempts.evidence).all({ $0.text(order) }) {
            try OlderAttempts.evidence($0, sealer)
        }
        var parts: [UnitCoding.OlderPart] = [
            (.terms, try UnitCoding.olderMembers(row.blob(4))),
            (.payer, try UnitCoding.olderMembers(sealer.opened(row.blob(5)))),
            (
                .place,
                row.members([
                    ("version", .integer(8)), ("status", .text(9)), ("outcome", .text(10)), ("purpose", .text(11)),
                    ("provider", .text(12)), ("channel", .text(13)), ("events", .integer(14)),
                    ("updated_at", .integer(3)),
                ])
            ),
            (.state, try UnitCoding.olderMembers(row.blob(6))),
        ]
        if !row.isNull(7) { parts.append((.actions, try UnitCoding.olderMembers(sealer.opened(row.blob(7))))) }
        parts += attempts.parts
        let number = (try connection(Units.newest).first { $0.integer(0) } ?? 0) + 1
        let sealed = try sealer.sealed(UnitCoding.bytes(parts, evidence)) as [UInt8]
        _ = try connection(Units.insert).run {
            $0.integer(number)
            $0.text(order)
            $0.integer(row.optionalInteger(15))
            $0.text(row.text(1))
            $0.text(row.text(2))
            $0.integer(row.integer(3))
            for _ in 0..<3 { $0.blob(nil) }
            $0.blob(sealed)
        }
        let place = try attempts.live.flatMap { live in
            try Place(provider: live.provider, scope: live.scope, operation: row.text(11)).number { try connection($0) }
        }
        _ = try connection(Self.copy).run {
            $0.integer(number)
            $0.integer(place)
            $0.text(order)
        }
        return order
    }
}
