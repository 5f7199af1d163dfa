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
        WHERE order_id = $6 AND id = $7 AND live = 1 AND operator_reference IS NULL AND prompt_lock IS NULL
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

    static func attempt(of order: Order, _ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Attempt {
        let columns = AttemptCoding.Columns(
            id: try row.id(0), ordinal: Int(row.integer(1)), provider: ProviderID(row.text(2)),
            channel: PaymentChannel(row.text(3)), scope: row.text(4), reference: row.text(5), createdAt: row.moment(6),
            epoch: row.integer(7), state: try row.word(8), operatorReference: row.optionalText(9),
            openSince: row.optionalMoment(10))
        let secret = try row.isNull(12) ? nil : sealer.opened(row.blob(12))
        return try AttemptCoding.attempt(columns, of: order, state: row.blob(11), secret: secret)
    }
}
