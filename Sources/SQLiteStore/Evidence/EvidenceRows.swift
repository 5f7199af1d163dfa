package import Router

/// Statements and rows of evidence, which is only ever appended.
enum EvidenceRows {
    static let insert = Statement(
        """
        INSERT INTO evidence (order_id, attempt, source, strength, claim, detail, stated_amount, stated_currency,
            operator_reference, http_status, at, sealed, version, n)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """)

    /// Older releases left the currency out where the operator names none: it is the attempt's.
    static let ofOrder = Statement(
        """
        SELECT attempt, source, strength, claim, detail, stated_amount, coalesce(stated_currency,
            (SELECT currency FROM attempts a WHERE a.order_id = $1 LIMIT 1)), operator_reference, http_status, at, sealed
        FROM evidence WHERE order_id = $1 ORDER BY version, n
        """)

    static func evidence(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Evidence {
        Evidence(
            attempt: try row.id(0), source: try row.word(1), strength: try row.word(2),
            claim: row.text(3), detail: row.text(4), stated: try row.optionalMoney(5),
            operatorReference: row.optionalText(7),
            httpStatus: row.optionalInteger(8).map(Int.init),
            raw: try row.isNull(10) ? [] : sealer.opened(row.blob(10)), at: row.moment(9))
    }
}

extension WriterConnection {
    /// Evidence lies beside its payment's other evidence, in the order of commits.
    func insert(_ evidence: Evidence, _ sealed: [UInt8]?, _ number: Int, of order: Order) throws(SQLiteFault) {
        try self(EvidenceRows.insert).run {
            $0.text(order.id.text)
            $0.text(evidence.attempt.text)
            $0.text(evidence.source.rawValue)
            $0.text(evidence.strength.rawValue)
            $0.text(evidence.claim)
            $0.text(evidence.detail)
            $0.integer(evidence.stated?.minorUnits)
            $0.text(evidence.stated?.currency.code)
            $0.text(evidence.operatorReference)
            $0.integer(evidence.httpStatus.map(Int64.init))
            $0.integer(evidence.at.milliseconds)
            $0.blob(sealed)
            $0.integer(order.version)
            $0.integer(Int64(number))
        }
    }
}

extension SQLiteStore {
    package func evidence(_ order: OrderID) async throws(StoreFailure) -> [Evidence] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(EvidenceRows.ofOrder).all({ $0.text(order.text) }) { try EvidenceRows.evidence($0, sealer) }
        }
    }
}
