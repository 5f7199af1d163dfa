package import Router

/// Statements and rows of orders: what is searched by, and where what is sealed lies.
enum Orders {
    /// The exact term of the index by status, without which it would not be used.
    ///
    /// It leaves out what most payments are in the end, and what all of them pass through: every step would cost an entry.
    /// No `IN`: for its list SQLite makes a table at each step.
    static let isRare = "(o.status = 'failed' OR o.status = 'cancelled' OR o.status = 'under_review')"

    static let insert = Statement(
        """
        INSERT INTO orders (id, app, environment, idempotency_key, request_id, created_at, reference, phone, movement,
            parent, repeat_of, amount, currency, first_unit, last_unit, version, purpose, outcome, status, review,
            provider, channel, due_lane, due_at, event_count, updated_at, place)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25, $26, $27)
        """)

    static let update = Statement(
        """
        UPDATE orders SET last_unit = $1, version = $2, purpose = $3, outcome = $4, status = $5, review = $6,
            provider = $7, channel = $8, due_lane = $9, due_at = $10, event_count = $11, updated_at = $12,
            place = $13
        WHERE id = $14 AND version = $15
        """)

    /// Lets another order repeat what this one was to repeat.
    static let giveRepeatBack = Statement(
        "UPDATE orders SET repeat_of = NULL WHERE id = $1 AND repeat_of IS NOT NULL")

    /// What ``order(_:_:)`` reads, of an order `o`, its first unit `f` and its last `l`.
    static let columns = """
        o.id, o.app, o.environment, o.idempotency_key, o.request_id, o.created_at, o.reference, o.movement, o.parent,
            o.due_lane, o.due_at, o.first_unit = o.last_unit, f.sealed, l.sealed, o.version
        """

    static let parts = "JOIN units f ON f.n = o.first_unit JOIN units l ON l.n = o.last_unit"

    static let select = "SELECT \(columns) FROM orders o \(parts)"

    static let get = Statement(select + " WHERE o.id = $1")

    static let exists = Statement("SELECT 1 FROM orders WHERE id = $1")

    static func order(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Order {
        try whole(row, sealer).order
    }

    static func aggregate(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> OrderAggregate {
        let (order, record) = try whole(row, sealer)
        return OrderAggregate(stored: order, attempts: try record.attempts(of: order))
    }

    /// The same, and whether the record itself says what its disputes are; the first release kept only their kinds.
    static func aggregateAsStored(
        _ row: StatementRow, _ sealer: Sealer
    ) throws(RecordFault) -> (OrderAggregate, hasDisputes: Bool) {
        let (order, record) = try whole(row, sealer)
        return (
            OrderAggregate(stored: order, attempts: try record.attempts(of: order)),
            hasDisputes: !order.disputes.isEmpty
        )
    }

    private static func whole(
        _ row: StatementRow, _ sealer: Sealer
    ) throws(RecordFault) -> (order: Order, last: UnitRecord) {
        let columns = OrderCoding.Columns(
            id: try row.orderID(0), parent: try row.optionalOrderID(8), app: try row.id(1),
            environment: try row.word(2), idempotencyKey: row.text(3), requestID: try row.id(4),
            createdAt: row.moment(5), reference: row.optionalText(6), movement: try row.optionalID(7), due: due(row))
        let last = try Units.record(row.blob(13), sealer)
        let first = row.integer(11) != 0 ? last : try Units.record(row.blob(12), sealer)
        return (try OrderCoding.order(columns, first: first, last), last)
    }

    private static func due(_ row: StatementRow) -> TimerEntry? {
        guard let queue = row.optionalText(9), let at = row.optionalMoment(10) else { return nil }
        return TimerEntry(at: at, queue: TimerQueue(text: queue))
    }
}

extension SQLiteStore {
    package func orderAggregate(_ id: OrderID) async throws(StoreFailure) -> OrderAggregate? {
        if let known = recent.aggregate(id), !reader.isClosed { return known }
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Orders.get).first({ $0.text(id.text) }) { try Orders.aggregate($0, sealer) }
        }
    }
}
