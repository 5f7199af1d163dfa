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
                let rows = try connection.sql(
                    "SELECT n, name, currency, posted, held, state FROM accounts WHERE name = $1 ORDER BY currency")
                found += try rows.all({ $0.text(account.name) }) { try Accounts.balance($0) }
            }
            return Array(found.filter { query.matches($0) }.prefix(max(0, query.limit)))
        }
    }

    private static func page(
        _ query: AccountQuery, _ connection: ReadConnection, from start: String, to prefix: String
    ) throws -> [AccountBalance] {
        var found: [AccountBalance] = []
        guard query.limit > 0 else { return [] }
        try connection(Accounts.beginning).each({
            $0.text(max(start, prefix))
            $0.text(Accounts.end(of: prefix))
        }) { row in
            let balance = try Accounts.balance(row)
            if query.matches(balance) { found.append(balance) }
            return found.count < query.limit
        }
        return found
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
