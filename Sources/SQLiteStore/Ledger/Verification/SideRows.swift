import Router

/// Looks at the rows that stand beside orders: wallets, and whatever names an order that may not be there.
struct SideRows {
    private(set) var verification = LedgerVerification()
    let sealer: Sealer
    private var wallet = ""
    private var hold = (order: "", account: Int64.min)
    private var discrepancy: Int64 = 0

    typealias Finding = LedgerVerification.Finding

    init(sealer: Sealer) { self.sealer = sealer }

    private static let wallets = Statement(
        """
        SELECT \(Wallets.columns) FROM wallets w
        LEFT JOIN accounts a ON a.name = '\(LedgerAccount.Kind.wallet.rawValue):' || w.id AND a.currency = w.currency
        WHERE w.id > $1 ORDER BY w.id LIMIT $2
        """)
    private static let holds = Statement(
        """
        SELECT order_id, account, EXISTS (SELECT 1 FROM orders o WHERE o.id = h.order_id),
            EXISTS (SELECT 1 FROM accounts a WHERE a.n = h.account)
        FROM holds h WHERE (order_id, account) > ($1, $2) ORDER BY order_id, account LIMIT $3
        """)
    private static let discrepancies = Statement(
        """
        SELECT n, order_id, EXISTS (SELECT 1 FROM orders o WHERE o.id = d.order_id) FROM discrepancies d
        WHERE n > $1 ORDER BY n LIMIT $2
        """)

    /// Looks at some more wallets.
    ///
    /// - Returns: Whether there may be others; so with the others.
    mutating func nextWallets(_ limit: Int, _ connection: ReadConnection) throws -> Bool {
        var count = 0
        try connection(Self.wallets).each({
            $0.text(wallet)
            $0.integer(Int64(limit))
        }) { row in
            wallet = row.text(0)
            count += 1
            if row.isNull(12) {
                note(.wallets, wallet, "no account in \(row.text(5))", "an account in its currency")
            } else {
                do { _ = try Wallets.standing(row, sealer, limits: []) } catch {
                    note(.wallets, wallet, "cannot be read: \(StoreFailure(error).detail)", "a record that opens")
                }
            }
            return true
        }
        verification.count(.wallets, count)
        return count == limit
    }

    mutating func nextHolds(_ limit: Int, _ connection: ReadConnection) throws -> Bool {
        var count = 0
        try connection(Self.holds).each({
            $0.text(hold.order)
            $0.integer(hold.account)
            $0.integer(Int64(limit))
        }) { row in
            hold = (row.text(0), row.integer(1))
            count += 1
            if row.integer(2) == 0 { note(.holds, hold.order, "an order that is not there", "an order, or no hold") }
            if row.integer(3) == 0 {
                note(.holds, hold.order, "account \(hold.account), which is not there", "an account, or no hold")
            }
            return true
        }
        return count == limit
    }

    mutating func nextDiscrepancies(_ limit: Int, _ connection: ReadConnection) throws -> Bool {
        var count = 0
        try connection(Self.discrepancies).each({
            $0.integer(discrepancy)
            $0.integer(Int64(limit))
        }) { row in
            discrepancy = row.integer(0)
            count += 1
            if row.integer(2) == 0 {
                note(.discrepancies, "\(discrepancy)", "belongs to \(row.text(1))", "an order that is there, or no row")
            }
            return true
        }
        return count == limit
    }

    private mutating func note(
        _ table: LedgerVerification.Table, _ place: String, _ found: String, _ expected: String
    ) {
        verification.record([Finding(table, place, found: found, expected: expected)])
    }
}
