import Router

/// Statements and rows of postings, which are only ever appended.
enum Entries {
    static let insert = Statement(
        """
        INSERT INTO entries (movement, kind, seq, debit, credit, amount, at, debit_balance, credit_balance)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    private static let columns = """
        e.n, e.movement, e.kind, e.seq, d.name, c.name, e.amount, d.currency, e.at, e.debit, e.debit_balance,
        e.credit_balance
        """
    private static let joins = "JOIN accounts d ON d.n = e.debit JOIN accounts c ON c.n = e.credit"

    static let ofMovement = Statement(
        "SELECT \(columns) FROM entries e \(joins) WHERE e.movement = $1 ORDER BY e.kind, e.seq")

    /// Of an account with a floor: both indexes hold it.
    static let ofWallet = Statement(
        """
        SELECT \(columns) FROM (
            SELECT * FROM (SELECT * FROM entries WHERE debit = $1 AND debit_balance IS NOT NULL AND n < $2
                ORDER BY n DESC LIMIT $3)
            UNION SELECT * FROM (SELECT * FROM entries WHERE credit = $1 AND credit_balance IS NOT NULL AND n < $2
                ORDER BY n DESC LIMIT $3)
        ) e \(joins) ORDER BY e.n DESC LIMIT $3
        """)

    static let ofOther = Statement(
        """
        SELECT \(columns) FROM entries e \(joins) WHERE (e.debit = $1 OR e.credit = $1) AND e.n < $2
        ORDER BY e.n DESC LIMIT $3
        """)

    static func posting(_ row: StatementRow) throws(RecordFault) -> Posting {
        Posting(
            try MovementID(stored: row.blob(1)), kind: row.text(2), sequence: Int(row.integer(3)),
            debit: LedgerAccount(row.text(4)), credit: LedgerAccount(row.text(5)),
            amount: try OrderCoding.money(row.integer(6), row.text(7)), at: row.moment(8))
    }

    /// An entry as one of its accounts sees it.
    static func entry(_ row: StatementRow, of account: Int64) throws(RecordFault) -> AccountEntry {
        AccountEntry(
            number: row.integer(0), posting: try posting(row),
            balance: row.optionalInteger(row.integer(9) == account ? 10 : 11))
    }
}
