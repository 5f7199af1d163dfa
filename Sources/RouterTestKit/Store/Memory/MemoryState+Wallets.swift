import Router

extension MemoryState {
    func balances(_ query: AccountQuery) -> [AccountBalance] {
        let found = ledger.accounts.values.filter { balance in
            (query.kind == nil || balance.account.kind == query.kind)
                && (query.currency == nil || balance.currency == query.currency)
                && (query.accounts?.contains(balance.account) ?? true)
                && (query.after.map { balance.name > $0 } ?? true)
        }
        return Array(found.sorted { $0.name < $1.name }.prefix(max(0, query.limit)))
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

    func standing(_ id: WalletID) -> WalletStanding? {
        guard let wallet = wallets[id], let balance = ledger.accounts[.init(wallet.account, wallet.currency)] else {
            return nil
        }
        return WalletStanding(wallet: wallet, balance: balance, limits: walletLimits[id]?.map(used) ?? [])
    }

    private func used(_ limit: StoredLimit) -> WalletLimit {
        var shown = limit.limit
        shown.used = ledger.accounts[limit.name]?.held ?? 0
        return shown
    }

    mutating func insert(_ wallet: Wallet) throws(StoreFailure) -> WalletInserted {
        let known = wallets.values.first {
            $0.app == wallet.app && $0.environment == wallet.environment && $0.idempotencyKey == wallet.idempotencyKey
        }
        if let known, let standing = standing(known.id) { return .known(standing) }
        guard wallets[wallet.id] == nil else { throw StoreFailure(.other, "wallets.id") }
        wallets[wallet.id] = wallet
        let balance = AccountBalance(account: wallet.account, currency: wallet.currency)
        ledger.accounts[balance.name] = balance
        return .done(WalletStanding(wallet: wallet, balance: balance, limits: []))
    }

    mutating func change(_ id: WalletID, _ change: WalletChange) -> WalletChanged {
        guard let standing = standing(id) else { return .missing }
        let name = standing.balance.name
        guard standing.balance.state != .closed else { return .closed }
        switch change {
        case .freeze: ledger.accounts[name]?.state = .frozen
        case .unfreeze: ledger.accounts[name]?.state = .open
        case .close:
            guard standing.balance.posted == 0, standing.balance.held == 0 else { return .notEmpty(standing) }
            ledger.accounts[name]?.state = .closed
        case .limits(let limits): set(limits, of: standing.wallet)
        }
        return self.standing(id).map { .done($0) } ?? .missing
    }

    private mutating func set(_ limits: [WalletLimit], of wallet: Wallet) {
        let stored = limits.map { limit in
            StoredLimit(limit: limit, name: .init(limit.account(of: wallet.id), wallet.currency))
        }
        for old in walletLimits[wallet.id] ?? [] where !stored.contains(where: { $0.name == old.name }) {
            ledger.accounts[old.name]?.posted = .max / 4
        }
        for limit in stored {
            ledger.accounts[limit.name, default: AccountBalance(account: limit.name.account, currency: wallet.currency)]
                .posted = limit.limit.most
        }
        walletLimits[wallet.id] = stored.sorted { $0.name < $1.name }
    }

    /// A limit, and the account that keeps it.
    struct StoredLimit: Sendable {
        var limit: WalletLimit
        var name: AccountBalance.Name
    }

    func list(_ query: WalletQuery) -> [WalletStanding] {
        let found = wallets.values.sorted { $0.id.text > $1.id.text }.compactMap { standing($0.id) }.filter {
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
