package import Router

extension MemoryStore {
    package func balance(
        of account: LedgerAccount, in currency: Currency
    ) async throws(StoreFailure) -> AccountBalance? {
        try await perform(.balance) { $0.ledger.accounts[.init(account, currency)] }
    }

    package func balances(_ query: AccountQuery) async throws(StoreFailure) -> [AccountBalance] {
        try await perform(.balances) { $0.balances(query) }
    }

    package func entries(
        of account: LedgerAccount, in currency: Currency, before: Int64?, limit: Int
    ) async throws(StoreFailure) -> [AccountEntry] {
        try await perform(.entries) { $0.entries(of: account, in: currency, before: before, limit: limit) }
    }

    package func holds(of order: OrderID) async throws(StoreFailure) -> [Hold] {
        try await perform(.holds) { ($0.ledger.holds[order] ?? [:]).values.sorted { $0.account < $1.account } }
    }

    package func insert(_ wallet: Wallet) async throws(StoreFailure) -> WalletInserted {
        try await perform(.insertWallet) { state throws(StoreFailure) in try state.insert(wallet) }
    }

    package func wallet(_ id: WalletID, at now: Moment?) async throws(StoreFailure) -> WalletStanding? {
        try await perform(.wallet) { $0.standing(id, at: now) }
    }

    package func wallets(_ query: WalletQuery) async throws(StoreFailure) -> [WalletStanding] {
        try await perform(.wallets) { $0.list(query) }
    }

    package func change(
        _ wallet: WalletID, _ change: WalletChange, at now: Moment?
    ) async throws(StoreFailure) -> WalletChanged {
        try await perform(.changeWallet) { $0.change(wallet, change, at: now) }
    }

    package func verifyLedger(
        progress: @escaping @Sendable (LedgerVerification) -> Void
    ) async throws(StoreFailure) -> LedgerVerification {
        let verification = try await perform(.verifyLedger) { $0.verification }
        progress(verification)
        return verification
    }
}
