import Router

/// Statements and rows of attempts.
enum Attempts {
    static let insert = Statement(
        """
        INSERT INTO attempts (order_id, id, movement, ordinal, provider, channel, scope, reference, amount, currency,
            created_at, epoch, state, open_since, record, sealed, live, operator_reference,
            prompt_lock, settled_as)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        """)

    /// For attempts that were live without an operator's reference or prompt lock, and still are: touches no index.
    static let updatePlain = Statement(
        """
        UPDATE attempts SET epoch = $1, state = $2, open_since = $3, record = $4, sealed = $5
        WHERE order_id = $6 AND id = $7 AND live = 1 AND operator_reference IS NULL
        """)

    static let update = Statement(
        """
        UPDATE attempts SET epoch = $1, state = $2, open_since = $3, record = $4, sealed = $5, live = $6,
            operator_reference = $7, prompt_lock = $8, settled_as = coalesce($9, settled_as)
        WHERE order_id = $10 AND id = $11
        """)

    static let ofPayment = Statement(
        """
        SELECT id, ordinal, provider, channel, scope, reference, created_at, epoch, state, operator_reference, open_since,
            record, sealed
        FROM attempts WHERE order_id = $1 ORDER BY n
        """)

    static let byReference = Statement(
        "SELECT order_id FROM attempts WHERE provider = $1 AND reference = $2 ORDER BY n DESC LIMIT 1")

    static let byOperatorReference = Statement(
        """
        SELECT order_id FROM attempts WHERE operator_reference IS NOT NULL AND provider = $1 AND operator_reference = $2
        ORDER BY n DESC LIMIT 1
        """)

    static let anyOfProvider = Statement("SELECT 1 FROM attempts WHERE provider = $1 LIMIT 1")

    static let sending = Statement("SELECT DISTINCT order_id FROM attempts WHERE state = 'sending' ORDER BY order_id")

    static let unknown = Statement(
        """
        SELECT provider, currency, count(*), sum(amount), min(coalesce(open_since, created_at))
        FROM attempts WHERE state = 'unknown' GROUP BY provider, currency ORDER BY provider, currency
        """)

    static let unkeyed = Statement(
        """
        SELECT a.n, a.order_id, a.provider, m.kind, a.operator_reference
        FROM attempts a JOIN movements m ON m.id = a.movement JOIN orders o ON o.id = a.order_id
        WHERE a.n > $1 AND a.state = 'succeeded' AND a.operator_reference IS NOT NULL AND a.settled_as IS NULL
            AND a.operator_reference <> a.reference
            AND NOT EXISTS (SELECT 1 FROM attempts p
                WHERE p.order_id = o.parent AND p.operator_reference = a.operator_reference)
        ORDER BY a.n LIMIT $2
        """)

    static let setKey = Statement("UPDATE OR IGNORE attempts SET settled_as = $1 WHERE n = $2")

    /// One statement per state: each has a partial index of its own.
    static let exposed = Statement(
        ["sending", "unknown", "conflict"].map {
            "SELECT id, provider, amount, currency FROM attempts WHERE state = '\($0)'"
        }.joined(separator: " UNION ALL "))

    static func attempt(of order: Order, _ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Attempt {
        let columns = AttemptCoding.Columns(
            id: try row.id(0), ordinal: Int(row.integer(1)), provider: ProviderID(row.text(2)),
            channel: Channel(row.text(3)), scope: row.text(4), reference: row.text(5), createdAt: row.moment(6),
            epoch: row.integer(7), state: try row.word(8), operatorReference: row.optionalText(9),
            openSince: row.optionalMoment(10))
        let secret = try row.isNull(12) ? nil : sealer.opened(row.blob(12))
        return try AttemptCoding.attempt(columns, of: order, state: row.blob(11), secret: secret)
    }

    static func open(_ row: StatementRow) -> StoreTotals.Open {
        StoreTotals.Open(
            provider: ProviderID(row.text(0)), currency: row.text(1), count: row.integer(2), minorUnits: row.integer(3),
            oldest: row.moment(4))
    }
}
