package import Router

/// Statements and rows of ledger lines, which are only ever appended.
enum Postings {
    static let insert = Statement(
        """
        INSERT INTO postings (movement, kind, seq, account, side, amount, currency, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    static let ofMovement = Statement(
        """
        SELECT kind, seq, account, side, amount, currency, at FROM postings
        WHERE movement = $1 ORDER BY kind, seq
        """)

    static func posting(_ movement: MovementID, _ row: StatementRow) throws(RecordFault) -> Posting {
        Posting(
            movement: movement, kind: row.text(0), sequence: Int(row.integer(1)), account: row.text(2),
            side: try row.word(3), amount: try OrderCoding.money(row.integer(4), row.text(5)), at: row.moment(6))
    }
}

extension WriterConnection {
    func insert(_ posting: Posting) throws(SQLiteFault) {
        try self(Postings.insert).run {
            $0.text(posting.movement.text)
            $0.text(posting.kind)
            $0.integer(Int64(posting.sequence))
            $0.text(posting.account)
            $0.text(posting.side.rawValue)
            $0.integer(posting.amount.minorUnits)
            $0.text(posting.amount.currency.code)
            $0.integer(posting.at.milliseconds)
        }
    }
}

extension SQLiteStore {
    package func postings(_ movement: MovementID) async throws(StoreFailure) -> [Posting] {
        try await reader.read { connection in
            try connection(Postings.ofMovement).all({ $0.text(movement.text) }) { try Postings.posting(movement, $0) }
        }
    }
}
