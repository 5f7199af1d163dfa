import Router

/// Statements and rows of orders.
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

    static let insertMovement = Statement(
        "INSERT INTO movements (id, order_id, kind, amount, currency, state) VALUES ($1, $2, $3, $4, $5, $6)")

    /// Only while nothing was ever tried.
    static let holdMovement = Statement("UPDATE movements SET kind = 'authorize' WHERE id = $1 AND state = 'open'")

    static let closeMovement = Statement("UPDATE movements SET state = $1 WHERE id = $2 AND state = 'open'")

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

    static let due = Statement(
        """
        SELECT id FROM orders WHERE due_at IS NOT NULL AND due_lane = $1 AND due_at <= $2
        ORDER BY due_at, id LIMIT $3
        """)

    static let nextDue = Statement("SELECT min(due_at) FROM orders WHERE due_at IS NOT NULL AND due_lane = $1")

    /// Orders with something under way at a provider: each has a timer or an open review.
    private static let open = """
        FROM (SELECT id, due_at, review FROM orders WHERE due_at IS NOT NULL
            UNION SELECT id, due_at, review FROM orders WHERE review IS NOT NULL) o
        JOIN attempts a ON a.order_id = o.id
        WHERE a.live = 1 AND (a.state <> 'succeeded' OR o.due_at IS NOT NULL OR o.review = 'provider_missing')
        """

    static let openByProvider = Statement("SELECT a.provider, count(DISTINCT o.id) \(open) GROUP BY a.provider")
    /// The same by scope and operation; what is asked for is the movement's kind.
    static let openByPlace = Statement(
        """
        SELECT a.provider, a.scope, (SELECT kind FROM movements WHERE id = a.movement), count(DISTINCT o.id) \(open)
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """)
    static let openAtProvider = Statement("SELECT DISTINCT o.id \(open) AND a.provider = $1 ORDER BY o.id")

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
        return Candidate(provider: ProviderID(provider), channel: Channel(channel))
    }

    private static func due(_ row: StatementRow) -> Due? {
        guard let lane = row.optionalText(12), let at = row.optionalMoment(13) else { return nil }
        return Due(at: at, lane: Lane(text: lane))
    }
}

extension StatementRow {
    func moment(_ column: Int32) -> Moment { Moment(milliseconds: integer(column)) }

    func id<Kind: IdentifierKind>(_ column: Int32) throws(RecordFault) -> Identifier<Kind> {
        try Identifier(stored: text(column))
    }

    func orderID(_ column: Int32) throws(RecordFault) -> OrderID { try OrderID(stored: text(column)) }

    func optionalOrderID(_ column: Int32) throws(RecordFault) -> OrderID? {
        isNull(column) ? nil : try orderID(column)
    }

    func optionalMoment(_ column: Int32) -> Moment? { optionalInteger(column).map { Moment(milliseconds: $0) } }

    /// A word of an enumeration.
    func word<Word: RawRepresentable<String>>(_ column: Int32) throws(RecordFault) -> Word {
        let text = text(column)
        guard let word = Word(rawValue: text) else { throw RecordFault("\(Word.self) has no word \(text)") }
        return word
    }
}
