import Router

/// Statements and rows of events.
enum Events {
    static let insert = Statement(
        """
        INSERT INTO events (id, app, environment, order_id, sequence, type, at, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    /// The columns ``event(_:_:)`` reads.
    static let columns = "e.id, e.app, e.environment, e.order_id, e.sequence, e.type, e.at, e.sealed"

    static let get = Statement("SELECT \(columns) FROM events e WHERE e.id = $1")

    static let number = Statement("SELECT seq FROM events WHERE id = $1")

    static let newestNumber = Statement("SELECT coalesce(max(seq), 0) FROM events")

    static let afterNumber = Statement(
        "SELECT seq, type FROM events WHERE app = $1 AND environment = $2 AND seq > $3 ORDER BY seq LIMIT $4")

    static func event(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Event {
        Event(
            id: try row.id(0), app: try row.id(1), environment: try row.word(2),
            order: try row.orderID(3), sequence: row.integer(4), type: row.text(5), at: row.moment(6),
            body: try sealer.opened(row.blob(7)))
    }
}
