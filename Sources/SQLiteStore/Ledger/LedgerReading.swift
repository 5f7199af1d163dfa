package import Router

extension SQLiteStore {
    package func postings(_ movement: MovementID) async throws(StoreFailure) -> [Posting] {
        try await reader.read { connection in
            try connection(Entries.ofMovement).all({ $0.blob(movement.bytes) }) { try Entries.posting($0) }
        }
    }

    package func balance(
        of account: LedgerAccount, in currency: Currency
    ) async throws(StoreFailure) -> AccountBalance? {
        try await reader.read { connection in
            try connection(Accounts.named).first({
                $0.text(account.name)
                $0.text(currency.code)
            }) { try Accounts.balance($0) }
        }
    }

    package func balances(_ query: AccountQuery) async throws(StoreFailure) -> [AccountBalance] {
        try await reader.read { connection in
            guard let accounts = query.accounts else {
                let prefix = query.kind.map { $0.rawValue + ":" } ?? ""
                return try Self.page(query, connection, from: query.after?.account.name ?? prefix, to: prefix)
            }
            var found: [AccountBalance] = []
            for account in Set(accounts).sorted() {
                found += try connection(Accounts.ofName).all({ $0.text(account.name) }) {
                    try Self.balance($0, query, connection)
                }
            }
            let owned = try found.filter { try Self.isOwned($0.account, query, connection) }
            return Array(owned.filter { query.matches($0) }.prefix(max(0, query.limit)))
        }
    }

    private static func page(
        _ query: AccountQuery, _ connection: ReadConnection, from start: String, to prefix: String
    ) throws -> [AccountBalance] {
        var found: [AccountBalance] = []
        guard query.limit > 0 else { return [] }
        let isOwned = query.app != nil || query.environment != nil
        try connection(isOwned ? Accounts.beginningOfWallets : Accounts.beginning).each({
            $0.text(max(start, prefix))
            $0.text(Accounts.end(of: prefix))
            if isOwned {
                $0.text(query.app?.text)
                $0.text(query.environment?.rawValue)
            }
        }) { row in
            let balance = try Self.balance(row, query, connection)
            if query.matches(balance) { found.append(balance) }
            return found.count < query.limit
        }
        return found
    }

    /// Whether an account belongs to a wallet of the app and environment that are asked for, if any are.
    private static func isOwned(
        _ account: LedgerAccount, _ query: AccountQuery, _ connection: ReadConnection
    ) throws -> Bool {
        guard query.app != nil || query.environment != nil else { return true }
        guard let wallet = account.wallet else { return false }
        return try connection(Wallets.isOwned).first({
            $0.text(wallet.text)
            $0.text(query.app?.text)
            $0.text(query.environment?.rawValue)
        }) { $0.integer(0) } != nil
    }

    /// A row, of limits with what has not ended.
    private static func balance(
        _ row: StatementRow, _ query: AccountQuery, _ connection: ReadConnection
    ) throws -> AccountBalance {
        var balance = try Accounts.balance(row)
        guard balance.account.healsItself, let now = query.now else { return balance }
        let number = row.integer(0)
        balance.held -=
            try connection(Holds.sumOfEnded).first({
                $0.integer(number)
                $0.integer(now.milliseconds)
            }) { $0.integer(0) } ?? 0
        return balance
    }

    package func entries(
        of account: LedgerAccount, in currency: Currency, before: Int64?, limit: Int
    ) async throws(StoreFailure) -> [AccountEntry] {
        try await reader.read { connection in
            let number = try connection(Accounts.number).first({
                $0.text(account.name)
                $0.text(currency.code)
            }) { $0.integer(0) }
            guard let number else { return [] }
            let statement = account.floor == nil ? Entries.ofOther : Entries.ofWallet
            return try connection(statement).all({
                $0.integer(number)
                $0.integer(before ?? .max)
                $0.integer(Int64(max(0, limit)))
            }) { try Entries.entry($0, of: number) }
        }
    }

    package func holds(of order: OrderID) async throws(StoreFailure) -> [Hold] {
        try await reader.read { connection in
            try connection(Holds.ofOrder).all({ $0.text(order.text) }) { try Holds.hold(order, $0) }
        }
    }
}

extension AccountQuery {
    /// Whether a list shows an account.
    package func matches(_ balance: AccountBalance) -> Bool {
        (kind == nil || balance.account.kind == kind) && (currency == nil || balance.currency == currency)
            && (after.map { balance.name > $0 } ?? true)
    }
}
