import Router

/// Statements and rows of what is only ever appended: evidence, postings, discrepancies.
enum Appended {
    static let insertEvidence = Statement(
        """
        INSERT INTO evidence (order_id, attempt, source, strength, claim, detail, stated_amount, stated_currency,
            operator_reference, http_status, at, sealed, version, n)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """)

    static let evidence = Statement(
        """
        SELECT attempt, source, strength, claim, detail, stated_amount, stated_currency, operator_reference,
            http_status, at, sealed
        FROM evidence WHERE order_id = $1 ORDER BY version, n
        """)

    static let insertPosting = Statement(
        """
        INSERT INTO postings (movement, kind, seq, account, side, amount, currency, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    static let postings = Statement(
        """
        SELECT kind, seq, account, side, amount, currency, at FROM postings
        WHERE movement = $1 ORDER BY kind, seq
        """)

    static let insertDiscrepancy = Statement(
        """
        INSERT INTO discrepancies (order_id, attempt, kind, claimed_amount, claimed_currency, recorded_state, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    static let discrepancies = Statement(
        """
        SELECT order_id, attempt, kind, claimed_amount, claimed_currency, recorded_state, at FROM discrepancies
        WHERE order_id = $1 ORDER BY n
        """)

    static func evidence(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Evidence {
        Evidence(
            attempt: try row.id(0), source: try row.word(1), strength: try row.word(2),
            claim: row.text(3), detail: row.text(4), statedMinorUnits: row.optionalInteger(5),
            statedCurrency: row.optionalText(6), operatorReference: row.optionalText(7),
            httpStatus: row.optionalInteger(8).map(Int.init),
            raw: try row.isNull(10) ? [] : sealer.opened(row.blob(10)), at: row.moment(9))
    }

    static func posting(_ movement: MovementID, _ row: StatementRow) throws(RecordFault) -> Posting {
        Posting(
            movement: movement, kind: row.text(0), sequence: Int(row.integer(1)), account: row.text(2),
            side: try row.word(3), amount: try OrderCoding.money(row.integer(4), row.text(5)), at: row.moment(6))
    }

    static func discrepancy(_ row: StatementRow) throws(RecordFault) -> Discrepancy {
        Discrepancy(
            attempt: try row.id(1), order: try row.orderID(0), kind: try row.word(2),
            claimedMinorUnits: row.optionalInteger(3), claimedCurrency: row.optionalText(4),
            recordedState: try row.word(5), at: row.moment(6))
    }
}
