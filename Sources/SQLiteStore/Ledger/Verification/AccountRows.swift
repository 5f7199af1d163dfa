import Router

/// Looks at accounts one by one: what each says of itself, whatever its figures add up to.
struct AccountRows {
    private(set) var verification = LedgerVerification()
    private var place: Int64 = 0

    private static let page = Statement(
        """
        SELECT n, name, currency, posted, held, floor, state FROM accounts WHERE n > $1 ORDER BY n LIMIT $2
        """)
    private static let ofWallet = Statement("SELECT currency FROM wallets WHERE id = $1")

    /// Looks at some more accounts.
    ///
    /// - Returns: Whether there may be others.
    mutating func next(_ limit: Int, _ connection: ReadConnection) throws -> Bool {
        var count = 0
        try connection(Self.page).each({
            $0.integer(place)
            $0.integer(Int64(limit))
        }) { row in
            place = row.integer(0)
            count += 1
            try look(row, connection)
            return true
        }
        verification.count(.accounts, count)
        return count == limit
    }

    private mutating func look(_ row: StatementRow, _ connection: ReadConnection) throws {
        let (account, code) = (LedgerAccount(row.text(1)), row.text(2))
        var found: [LedgerVerification.Finding] = []
        func expect(_ holds: Bool, _ seen: String, _ expected: String) {
            if !holds { found.append(.init(.accounts, "\(account) \(code)", found: seen, expected: expected)) }
        }
        expect(account.kind != nil, "a name of no kind", "one of " + LedgerAccount.Kind.names)
        expect(Currency(code: code) != nil, "an unknown currency", "a known one")
        let floor = row.optionalInteger(5)
        expect(
            floor == account.floor, "floor \(floor.map { "\($0)" } ?? "none")",
            "floor \(account.floor.map { "\($0)" } ?? "none")")
        let (posted, held) = (row.integer(3), row.integer(4))
        let figures = "posted \(posted), held \(held), \(row.text(6))"
        switch (account.kind, AccountBalance.State(rawValue: row.text(6))) {
        case (_, .open), (.wallet, .frozen): break
        case (.limit, .closed) where !account.isDailyLimit: break
        case (.wallet, .closed): expect(posted == 0 && held == 0, figures, "nothing in it, as it is closed")
        default: expect(false, figures, "open")
        }
        if account.isDailyLimit {
            expect(account.dailyLimit != nil, "a name of no daily limit", "an operation and what is counted of it")
        } else if account.kind == .wallet || account.kind == .limit {
            let wallet = try connection(Self.ofWallet).first({ $0.text(account.wallet?.text ?? "") }) { $0.text(0) }
            expect(wallet == code, "an account of no wallet in its currency", "a wallet, or no account")
        }
        verification.record(found)
    }
}

extension LedgerAccount.Kind {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
