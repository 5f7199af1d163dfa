package import Router

/// Statements and rows of discrepancies, which are only ever appended.
enum Discrepancies {
    static let insert = Statement(
        """
        INSERT INTO discrepancies (order_id, attempt, kind, claimed_amount, claimed_currency, recorded_state, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    static let ofOrder = Statement(
        """
        SELECT order_id, attempt, kind, claimed_amount, claimed_currency, recorded_state, at FROM discrepancies
        WHERE order_id = $1 ORDER BY n
        """)

    static func discrepancy(_ row: StatementRow) throws(RecordFault) -> Discrepancy {
        Discrepancy(
            attempt: try row.id(1), order: try row.orderID(0), kind: try row.word(2),
            claimed: try row.optionalMoney(3), recordedState: try row.word(5), at: row.moment(6))
    }
}

extension WriterConnection {
    func insert(_ discrepancy: Discrepancy) throws(SQLiteFault) {
        try self(Discrepancies.insert).run {
            $0.text(discrepancy.order.text)
            $0.text(discrepancy.attempt.text)
            $0.text(discrepancy.kind.rawValue)
            $0.integer(discrepancy.claimed?.minorUnits)
            $0.text(discrepancy.claimed?.currency.code)
            $0.text(discrepancy.recordedState.rawValue)
            $0.integer(discrepancy.at.milliseconds)
        }
    }
}

extension SQLiteStore {
    package func discrepancies(_ order: OrderID) async throws(StoreFailure) -> [Discrepancy] {
        try await reader.read { connection in
            try connection(Discrepancies.ofOrder).all({ $0.text(order.text) }) { try Discrepancies.discrepancy($0) }
        }
    }
}
