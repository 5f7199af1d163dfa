import Router

extension MemoryState {
    func balances(_ query: AccountQuery) -> [AccountBalance] {
        let found = ledger.accounts.values.map { ledger.healed($0, at: query.now) }.filter { balance in
            (query.kind == nil || balance.account.kind == query.kind)
                && (query.currency == nil || balance.currency == query.currency)
                && isOwned(balance.account, query)
                && (query.accounts?.contains(balance.account) ?? true)
                && (query.after.map { balance.name > $0 } ?? true)
        }
        return Array(found.sorted { $0.name < $1.name }.prefix(max(0, query.limit)))
    }

    private func isOwned(_ account: LedgerAccount, _ query: AccountQuery) -> Bool {
        guard query.app != nil || query.environment != nil else { return true }
        guard let wallet = account.wallet.flatMap({ wallets[$0] }) else { return false }
        return (query.app == nil || wallet.app == query.app)
            && (query.environment == nil || wallet.environment == query.environment)
    }

    func entries(of account: LedgerAccount, in currency: Currency, before: Int64?, limit: Int) -> [AccountEntry] {
        let found = ledger.entries.enumerated().reversed().lazy.compactMap { index, entry -> AccountEntry? in
            let posting = entry.posting
            guard posting.amount.currency == currency, posting.debit == account || posting.credit == account,
                before.map({ Int64(index + 1) < $0 }) ?? true
            else { return nil }
            let balance = posting.debit == account ? entry.debitBalance : entry.creditBalance
            return AccountEntry(number: Int64(index + 1), posting: posting, balance: balance)
        }
        return Array(found.prefix(max(0, limit)))
    }

    func standing(_ id: WalletID, at now: Moment?) -> WalletStanding? {
        guard let wallet = wallets[id], let balance = ledger.accounts[.init(wallet.account, wallet.currency)] else {
            return nil
        }
        let limits = WalletOperation.allCases.flatMap { operation in
            WalletLimit.Measure.allCases.compactMap { limit(operation, $0, of: wallet, at: now) }
        }
        return WalletStanding(
            wallet: wallet, balance: balance,
            limits: limits.sorted { $0.account(of: id) < $1.account(of: id) })
    }

    private func limit(
        _ operation: WalletOperation, _ measure: WalletLimit.Measure, of wallet: Wallet, at now: Moment?
    ) -> WalletLimit? {
        let account = LedgerAccount.limit(wallet.id, operation, measure)
        guard let balance = ledger.accounts[.init(account, wallet.currency)], balance.state == .open else {
            return nil
        }
        return WalletLimit(operation, measure, most: balance.posted, used: ledger.healed(balance, at: now).held)
    }

    mutating func insert(_ wallet: Wallet) throws(StoreFailure) -> WalletInserted {
        let known = wallets.values.first {
            $0.app == wallet.app && $0.environment == wallet.environment && $0.idempotencyKey == wallet.idempotencyKey
        }
        if let known, let standing = standing(known.id, at: wallet.createdAt) { return .known(standing) }
        guard wallets[wallet.id] == nil else { throw StoreFailure(.other, "wallets.id") }
        wallets[wallet.id] = wallet
        let balance = AccountBalance(account: wallet.account, currency: wallet.currency)
        ledger.set(balance)
        return .done(WalletStanding(wallet: wallet, balance: balance, limits: []))
    }

    mutating func change(_ id: WalletID, _ change: WalletChange, at now: Moment?) -> WalletChanged {
        guard let standing = standing(id, at: now) else { return .missing }
        var balance = standing.balance
        guard balance.state != .closed else { return .closed }
        switch change {
        case .freeze: balance.state = .frozen
        case .unfreeze: balance.state = .open
        case .close:
            guard balance.posted == 0, balance.held == 0 else { return .notEmpty(standing) }
            balance.state = .closed
        case .limits(let limits): set(limits, of: standing.wallet)
        }
        ledger.set(balance)
        return self.standing(id, at: now).map { .done($0) } ?? .missing
    }

    /// Sets the limits; one that is taken away is closed, and counts on.
    private mutating func set(_ limits: [WalletLimit], of wallet: Wallet) {
        for operation in WalletOperation.allCases {
            for measure in WalletLimit.Measure.allCases {
                let wanted = limits.first { $0.operation == operation && $0.measure == measure }
                let account = LedgerAccount.limit(wallet.id, operation, measure)
                let known = ledger.accounts[.init(account, wallet.currency)]
                guard wanted != nil || known != nil else { continue }
                var balance = known ?? AccountBalance(account: account, currency: wallet.currency)
                balance.posted = wanted?.most ?? 0
                balance.state = wanted == nil ? .closed : .open
                ledger.set(balance)
            }
        }
    }

    func list(_ query: WalletQuery) -> [WalletStanding] {
        let found = wallets.values.sorted { $0.id.text > $1.id.text }.compactMap { standing($0.id, at: query.now) }
            .filter {
                standing in
                let wallet = standing.wallet
                return (query.app == nil || wallet.app == query.app)
                    && (query.environment == nil || wallet.environment == query.environment)
                    && (query.reference == nil || wallet.reference == query.reference)
                    && (query.owner == nil || wallet.owner == query.owner)
                    && (query.state == nil || standing.balance.state == query.state)
                    && (query.after.map { wallet.id.text < $0.text } ?? true)
            }
        return Array(found.prefix(max(0, query.limit)))
    }
}
