import GRDB
import Router

/// Attempts and evidence of before, as parts of their order's unit, and the attempts' rows.
struct OlderAttempts {
    let db: Database
    let sealer: Sealer

    init(_ db: Database, _ sealer: Sealer) { (self.db, self.sealer) = (db, sealer) }

    private static let query = Statement(
        """
        SELECT n, id, ordinal, provider, channel, scope, reference, created_at, epoch, state, operator_reference,
            open_since, record, sealed, prompt_lock IS NOT NULL
        FROM older_attempts WHERE order_id = $1 ORDER BY n
        """)

    /// A lock that a program before kept although its prompt was over is left behind.
    private static let copy = Statement(
        """
        INSERT INTO attempts (n, order_id, id, provider, scope, reference, amount, currency, created_at, state, live,
            open_since, operator_reference, prompt_lock, proof)
        SELECT n, order_id, id, provider, scope, reference, amount, currency, created_at, state, live, open_since,
            operator_reference, CASE WHEN $1 THEN prompt_lock END, settled_as
        FROM older_attempts WHERE n = $2
        """)

    /// Older releases left the currency out where the operator names none: it is the attempt's.
    static let evidence = Statement(
        """
        SELECT attempt, source, strength, claim, detail, stated_amount, coalesce(stated_currency,
            (SELECT currency FROM older_attempts a WHERE a.order_id = $1 LIMIT 1)), operator_reference, http_status, at,
            sealed
        FROM older_evidence WHERE order_id = $1 ORDER BY version, n
        """)

    static func evidence(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Evidence {
        Evidence(
            attempt: try row.id(0), source: try row.word(1), strength: try row.word(2),
            claim: row.text(3), detail: row.text(4), stated: try row.optionalMoney(5),
            operatorReference: row.optionalText(7),
            httpStatus: row.optionalInteger(8).map(Int.init),
            raw: try row.isNull(10) ? [] : sealer.opened(row.blob(10)), at: row.moment(9))
    }

    /// Copies the rows of an order's attempts.
    ///
    /// - Returns: What else was known of them.
    func bringOver(_ order: String) throws -> [UnitCoding.OlderAttempt] {
        let connection = ReadConnection(db)
        return try connection(Self.query).all({ $0.text(order) }) { row in
            let attempt = UnitCoding.OlderAttempt(
                id: row.text(1), ordinal: row.integer(2), provider: row.text(3), channel: row.text(4),
                scope: row.text(5), reference: row.text(6), createdAt: row.moment(7), epoch: row.integer(8),
                state: row.text(9), operatorReference: row.optionalText(10), openSince: row.optionalMoment(11),
                record: row.blob(12), request: try row.isNull(13) ? nil : sealer.opened(row.blob(13)))
            let keepsLock = try row.integer(14) != 0 && attempt.holdsPrompt
            _ = try connection(Self.copy).run {
                $0.integer(keepsLock ? 1 : 0)
                $0.integer(row.integer(0))
            }
            return attempt
        }
    }
}
