import Router

/// Statements and rows of holds.
enum Holds {
    static let insert = Statement(
        "INSERT INTO holds (order_id, account, amount, ends_at, state, at) VALUES ($1, $2, $3, $4, 'pending', $5)")
    static let pending = Statement(
        "SELECT amount FROM holds WHERE order_id = $1 AND account = $2 AND state = 'pending'")
    static let end = Statement(
        "UPDATE holds SET state = $1 WHERE order_id = $2 AND account = $3 AND state = 'pending' RETURNING amount")

    private static let ended = "account = $1 AND state = 'pending' AND ends_at <= $2"
    static let sumOfEnded = Statement(sum(ofEndedBy: "$2", account: "$1"))
    static let forgetEnded = Statement("DELETE FROM holds WHERE \(ended)")
    static let nextEnd = Statement(
        "SELECT min(ends_at) FROM holds WHERE account = $1 AND state = 'pending' AND ends_at > $2")
    static let ofOrder = Statement(
        """
        SELECT a.name, h.amount, a.currency, h.ends_at, h.state, h.at FROM holds h JOIN accounts a ON a.n = h.account
        WHERE h.order_id = $1 ORDER BY a.name
        """)

    /// What of an account's holds has ended by itself until a moment, in SQL; both are expressions.
    static func sum(ofEndedBy moment: String, account: String) -> String {
        """
        SELECT coalesce(sum(h.amount), 0) FROM holds h
        WHERE h.account = \(account) AND h.state = 'pending' AND h.ends_at <= \(moment)
        """
    }

    static func hold(_ order: OrderID, _ row: StatementRow) throws(RecordFault) -> Hold {
        Hold(
            order: order, account: LedgerAccount(row.text(0)),
            amount: try OrderCoding.money(row.integer(1), row.text(2)), endsAt: row.optionalMoment(3),
            state: try row.word(4), at: row.moment(5))
    }
}

extension WriterConnection {
    /// What is pending of an order's hold; `nil` if nothing is.
    func pendingHold(_ order: OrderID, _ account: Int64?) throws -> Int64? {
        guard let account else { return nil }
        return try self(Holds.pending).first({
            $0.text(order.text)
            $0.integer(account)
        }) { $0.integer(0) }
    }

    /// How much of an account's holds has ended by itself.
    func endedHolds(_ account: Int64, at now: Moment) throws -> Int64 {
        try self(Holds.sumOfEnded).first({
            $0.integer(account)
            $0.integer(now.milliseconds)
        }) { $0.integer(0) } ?? 0
    }

    /// When the first of an account's holds ends by itself; `nil` if none will.
    func nextEnd(of account: Int64, after now: Moment) throws -> Moment? {
        try self(Holds.nextEnd).first({
            $0.integer(account)
            $0.integer(now.milliseconds)
        }) { $0.optionalMoment(0) } ?? nil
    }
}
