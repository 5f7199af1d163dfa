package import Router

/// Statements and rows of wallets; their figures are their account's.
enum Wallets {
    static let columns = """
        w.id, w.app, w.environment, w.owner, w.purpose, w.currency, w.reference, w.idempotency_key, w.fingerprint,
        w.request_id, w.created_at, w.sealed, a.posted, a.held, a.state
        """
    static let select = """
        SELECT \(columns) FROM wallets w
        JOIN accounts a ON a.name = '\(LedgerAccount.Kind.wallet.rawValue):' || w.id AND a.currency = w.currency
        """

    static let insert = Statement(
        """
        INSERT INTO wallets (id, app, environment, owner, purpose, currency, reference, idempotency_key, fingerprint,
            request_id, created_at, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """)
    static let get = Statement(select + " WHERE w.id = $1")
    static let isOwned = Statement(
        """
        SELECT 1 FROM wallets WHERE id = $1 AND app = coalesce($2, app) AND environment = coalesce($3, environment)
        """)
    static let ofKey = Statement(
        "SELECT id FROM wallets WHERE app = $1 AND environment = $2 AND idempotency_key = $3")
    static let limits = Statement(
        """
        SELECT name, posted, held - (\(Holds.sum(ofEndedBy: "$1", account: "n"))) FROM accounts
        WHERE name >= $2 AND name < $3 AND state = 'open' ORDER BY name
        """)

    static func standing(_ row: StatementRow, _ sealer: Sealer, limits: [WalletLimit]) throws -> WalletStanding {
        guard let currency = Currency(code: row.text(5)) else { throw RecordFault("a wallet has an unknown currency") }
        let wallet = try WalletCoding.wallet(sealer.opened(row.blob(11))) { holder throws(RecordFault) in
            Wallet(
                id: try row.id(0), app: try row.id(1), environment: try row.word(2), owner: try row.word(3),
                purpose: try row.word(4), currency: currency, reference: row.optionalText(6), holder: holder,
                idempotencyKey: row.text(7), fingerprint: row.blob(8), requestID: try row.id(9),
                createdAt: row.moment(10))
        }
        return WalletStanding(
            wallet: wallet,
            balance: AccountBalance(
                account: wallet.account, currency: currency, posted: row.integer(12), held: row.integer(13),
                state: try row.word(14)),
            limits: limits)
    }

    /// The limits of a wallet, by operation and measure, with what has not ended until a moment.
    static func limits(
        _ wallet: WalletID, at now: Moment?, _ statement: (Statement) throws -> PreparedStatement
    ) throws -> [WalletLimit] {
        let prefix = "\(LedgerAccount.Kind.limit.rawValue):\(wallet.text):"
        let found = try statement(limits).all({
            $0.integer(now?.milliseconds ?? .min)
            $0.text(prefix)
            $0.text(Accounts.end(of: prefix))
        }) { row -> WalletLimit? in
            let parts = row.text(0).split(separator: ":")
            guard parts.count == 4, let operation = WalletOperation(rawValue: String(parts[2])),
                let measure = WalletLimit.Measure(rawValue: String(parts[3]))
            else { return nil }
            return WalletLimit(operation, measure, most: row.integer(1), used: row.integer(2))
        }
        return found.compactMap(\.self)
    }
}

extension SQLiteStore {
    package func wallet(_ id: WalletID, at now: Moment?) async throws(StoreFailure) -> WalletStanding? {
        let sealer = sealer
        return try await reader.read { connection in
            let limits = try Wallets.limits(id, at: now) { try connection($0) }
            return try connection(Wallets.get).first({ $0.text(id.text) }) {
                try Wallets.standing($0, sealer, limits: limits)
            }
        }
    }

    package func wallets(_ query: WalletQuery) async throws(StoreFailure) -> [WalletStanding] {
        let sealer = sealer
        return try await reader.read { connection in
            var sql = Wallets.select + " WHERE 1 = 1"
            var values: [String] = []
            func add(_ condition: String, _ value: String?) {
                guard let value else { return }
                values.append(value)
                sql += " AND \(condition) $\(values.count)"
            }
            add("w.app =", query.app?.text)
            add("w.environment =", query.environment?.rawValue)
            add("w.reference =", query.reference)
            add("w.owner =", query.owner?.rawValue)
            add("a.state =", query.state?.rawValue)
            add("w.id <", query.after?.text)
            sql += " ORDER BY w.id DESC LIMIT \(max(0, query.limit))"
            return try connection.sql(sql).all({ binder in values.forEach { binder.text($0) } }) { row in
                let limits = try Wallets.limits(row.id(0), at: query.now) { try connection($0) }
                return try Wallets.standing(row, sealer, limits: limits)
            }
        }
    }

    package func insert(_ wallet: Wallet) async throws(StoreFailure) -> WalletInserted {
        let sealed = try sealer.sealed(WalletCoding.record(wallet))
        return try await write { try $0.insert(wallet, sealed) }
    }

    package func change(
        _ id: WalletID, _ change: WalletChange, at now: Moment?
    ) async throws(StoreFailure) -> WalletChanged {
        try await write { try $0.change(id, change, at: now) }
    }
}
