package import Router

/// Statements and rows of orders: one row that is rewritten at every step, and one that never is.
enum Orders {
    /// The exact term of the index by status, without which it would not be used.
    ///
    /// It leaves out what most payments are in the end, and what all of them pass through: every step would cost an entry.
    static let isRare = "o.status IN ('failed', 'cancelled', 'under_review')"

    static let insertBody = Statement("INSERT INTO order_bodies (body, sealed) VALUES ($1, $2)")

    static let insert = Statement(
        """
        INSERT INTO orders (id, app, environment, idempotency_key, request_id, created_at, reference, phone, movement,
            body, parent, repeat_of, version, status, provider, channel, due_lane, due_at, event_count, updated_at,
            state, sealed, review)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23)
        """)

    static let update = Statement(
        """
        UPDATE orders SET version = $1, status = $2, provider = $3, channel = $4, due_lane = $5, due_at = $6,
            event_count = $7, updated_at = $8, state = $9, sealed = $10, review = $11
        WHERE id = $12 AND version = $13
        """)

    /// Lets another order repeat what this one was to repeat.
    static let giveRepeatBack = Statement(
        "UPDATE orders SET repeat_of = NULL WHERE id = $1 AND repeat_of IS NOT NULL")

    /// What ``order(_:_:)`` reads, of `o`, `b` and `m`.
    private static let columns = """
        o.id, o.app, o.environment, o.idempotency_key, o.request_id, o.created_at, o.reference, o.movement,
            o.version, o.status, o.provider, o.channel, o.due_lane, o.due_at, o.event_count, o.updated_at, o.state,
            o.sealed, b.body, b.sealed, m.kind, m.state, o.parent
        """

    private static let parts = "JOIN order_bodies b ON b.n = o.body JOIN movements m ON m.id = o.movement"

    static let select = "SELECT \(columns) FROM orders o \(parts)"

    /// The same by way of one metadata value's orders, which lie in the order of their identifiers: none is sorted, and
    /// none is looked at that is not shown or refused by another filter.
    static let selectByMetadata =
        "SELECT \(columns) FROM order_metadata x CROSS JOIN orders o ON o.id = x.order_id \(parts)"

    static let get = Statement(select + " WHERE o.id = $1")

    static let exists = Statement("SELECT 1 FROM orders WHERE id = $1")

    static func order(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Order {
        let columns = OrderCoding.Columns(
            id: try row.orderID(0), parent: try row.optionalOrderID(22),
            app: try row.id(1),
            environment: try row.word(2), idempotencyKey: row.text(3), requestID: try row.id(4),
            createdAt: row.moment(5), reference: row.optionalText(6), movement: try row.id(7),
            purpose: try row.word(20), outcome: try row.word(21),
            status: try row.word(9), chosen: chosen(row), eventCount: row.integer(14), version: row.integer(8),
            due: due(row), updatedAt: row.moment(15))
        let records = OrderCoding.Records(
            body: row.blob(18), secretBody: try sealer.opened(row.blob(19)), state: row.blob(16),
            secretState: try row.isNull(17) ? nil : sealer.opened(row.blob(17)))
        return try OrderCoding.order(columns, records)
    }

    private static func chosen(_ row: StatementRow) -> Candidate? {
        guard let provider = row.optionalText(10), let channel = row.optionalText(11) else { return nil }
        return Candidate(provider: ProviderID(provider), channel: PaymentChannel(channel))
    }

    private static func due(_ row: StatementRow) -> TimerEntry? {
        guard let queue = row.optionalText(12), let at = row.optionalMoment(13) else { return nil }
        return TimerEntry(at: at, queue: TimerQueue(text: queue))
    }
}

extension SQLiteStore {
    package func orderAggregate(_ id: OrderID) async throws(StoreFailure) -> OrderAggregate? {
        let sealer = sealer
        return try await reader.read { connection in
            let order = try connection(Orders.get).first({ $0.text(id.text) }) { try Orders.order($0, sealer) }
            guard let order else { return nil }
            let attempts = try connection(Attempts.ofPayment).all({ $0.text(id.text) }) {
                try Attempts.attempt(of: order, $0, sealer)
            }
            return OrderAggregate(stored: order, attempts: attempts)
        }
    }
}
