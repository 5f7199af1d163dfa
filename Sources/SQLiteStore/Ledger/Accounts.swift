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
    static let beginning = Statement(
        "SELECT \(columns) FROM accounts WHERE name >= $1 AND name < $2 ORDER BY name, currency")
    static let change = Statement("UPDATE accounts SET posted = posted + $1 WHERE n = $2 RETURNING posted")
    static let hold = Statement("UPDATE accounts SET held = held + $1 WHERE n = $2")
    static let setState = Statement("UPDATE accounts SET state = $1 WHERE n = $2")
    static let setPosted = Statement("UPDATE accounts SET posted = $1 WHERE n = $2")

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

/// An account's row as a step that changes it finds it.
struct AccountFigures {
    var posted: Int64
    var held: Int64
    let floor: Int64?
    let state: AccountBalance.State

    init(_ row: StatementRow) throws(RecordFault) {
        (posted, held, floor) = (row.integer(0), row.integer(1), row.optionalInteger(2))
        state = try row.word(3)
    }

    /// Why so much may not be set aside; `nil` if it may.
    func objection(_ account: LedgerAccount, setting amount: Int64, ceiling: Int64?) -> LedgerRefusal.Reason? {
        if let reason = notOpen { return reason }
        if let ceiling, held + amount > ceiling { return .limit }
        guard let floor, posted - held - amount < floor else { return nil }
        return account.kind == .limit ? .limit : .insufficient
    }

    /// Why nothing may leave the account; `nil` if it is open.
    var notOpen: LedgerRefusal.Reason? {
        switch state {
        case .open: nil
        case .frozen: .frozen
        case .closed: .closed
        }
    }
}

extension WriterConnection {
    /// The number of an account, which is made if it is no wallet's; remembered until a group is undone.
    ///
    /// - Returns: `nil` if there is no such wallet, or no such limit.
    func number(of account: LedgerAccount, _ currency: Currency) throws -> Int64? {
        let name = AccountBalance.Name(account, currency)
        if let known = accounts[name] { return known }
        func find() throws -> Int64? {
            try self(Accounts.number).first({
                $0.text(account.name)
                $0.text(currency.code)
            }) { $0.integer(0) }
        }
        var number = try find()
        if number == nil, account.kind != .wallet, account.kind != .limit {
            try insert(account, currency)
            number = try find()
        }
        accounts[name] = number
        return number
    }

    /// Makes an account, if there is none.
    func insert(_ account: LedgerAccount, _ currency: Currency) throws(SQLiteFault) {
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
