import Router

/// Statements and rows of accounts: one line of balances each.
enum Accounts {
    private static let columns = "n, name, currency, posted, held, state"

    static let insert = Statement(
        """
        INSERT INTO accounts (name, currency, posted, held, floor, state) VALUES ($1, $2, 0, 0, $3, 'open')
        ON CONFLICT DO NOTHING
        """)
    static let number = Statement("SELECT n FROM accounts WHERE name = $1 AND currency = $2")
    static let figures = Statement("SELECT posted, held, floor, state FROM accounts WHERE n = $1")
    static let named = Statement("SELECT \(columns) FROM accounts WHERE name = $1 AND currency = $2")
    static let ofName = Statement("SELECT \(columns) FROM accounts WHERE name = $1 ORDER BY currency")
    static let beginning = Statement(
        "SELECT \(columns) FROM accounts WHERE name >= $1 AND name < $2 ORDER BY name, currency")
    /// The same of wallets of one app, in one environment; accounts of wallets name them behind their kind.
    static let beginningOfWallets = Statement(
        """
        SELECT a.n, a.name, a.currency, a.posted, a.held, a.state FROM accounts a
        CROSS JOIN wallets w ON w.id = substr(a.name, instr(a.name, ':') + 1, \(WalletID.textLength))
        WHERE a.name >= $1 AND a.name < $2 AND w.app = coalesce($3, w.app)
            AND w.environment = coalesce($4, w.environment)
        ORDER BY a.name, a.currency
        """)
    static let change = Statement("UPDATE accounts SET posted = posted + $1 WHERE n = $2")
    static let changeGuarded = Statement("UPDATE accounts SET posted = posted + $1 WHERE n = $2 RETURNING posted")
    static let hold = Statement("UPDATE accounts SET held = held + $1 WHERE n = $2")
    static let setState = Statement("UPDATE accounts SET state = $1 WHERE n = $2")
    static let setLimit = Statement("UPDATE accounts SET posted = $1, state = $2 WHERE n = $3")

    static func balance(_ row: StatementRow) throws(RecordFault) -> AccountBalance {
        guard let currency = Currency(code: row.text(2)) else {
            throw RecordFault("an account has an unknown currency")
        }
        return AccountBalance(
            account: LedgerAccount(row.text(1)), currency: currency, posted: row.integer(3), held: row.integer(4),
            state: try row.word(5))
    }

    /// The end of all names that begin with a text: the next text behind them.
    static func end(of prefix: String) -> String { prefix + "\u{10FFFF}" }
}

extension WriterConnection {
    /// The number of an account, remembered for a while, at most until a group is undone; `nil` if there is none yet.
    func number(of account: LedgerAccount, _ currency: Currency) throws -> Int64? {
        let name = AccountBalance.Name(account, currency)
        if let known = accounts[name] { return known }
        let number = try self(Accounts.number).first({
            $0.text(account.name)
            $0.text(currency.code)
        }) { $0.integer(0) }
        accounts.keep(number, for: name)
        return number
    }

    /// The number of an account, which is made if it is no wallet's and no limit's.
    ///
    /// - Returns: `nil` if there is no such wallet, or no such limit.
    func numberMade(of account: LedgerAccount, _ currency: Currency) throws -> Int64? {
        if let number = try number(of: account, currency) { return number }
        guard account.isMadeOnDemand else { return nil }
        try insert(account, currency)
        return try number(of: account, currency)
    }

    /// Makes an account, if there is none.
    func insert(_ account: LedgerAccount, _ currency: Currency) throws(SQLiteFault) {
        accounts.forget(AccountBalance.Name(account, currency))
        try self(Accounts.insert).run {
            $0.text(account.name)
            $0.text(currency.code)
            $0.integer(account.floor)
        }
    }

    func figures(_ number: Int64) throws -> AccountFigures? {
        try self(Accounts.figures).first({ $0.integer(number) }) { try AccountFigures($0) }
    }
}
