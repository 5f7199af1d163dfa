import Router
import RouterTestKit

extension TestStore {
    func balance(of account: LedgerAccount, in currency: Currency) async throws(StoreFailure) -> AccountBalance? {
        try await pass { store throws(StoreFailure) in try await store.balance(of: account, in: currency) }
    }

    func balances(_ query: AccountQuery) async throws(StoreFailure) -> [AccountBalance] {
        try await pass { store throws(StoreFailure) in try await store.balances(query) }
    }

    func entries(
        of account: LedgerAccount, in currency: Currency, before: Int64?, limit: Int
    ) async throws(StoreFailure) -> [AccountEntry] {
        try await pass { store throws(StoreFailure) in
            try await store.entries(of: account, in: currency, before: before, limit: limit)
        }
    }

    func holds(of order: OrderID) async throws(StoreFailure) -> [Hold] {
        try await pass { store throws(StoreFailure) in try await store.holds(of: order) }
    }

    func insert(_ wallet: Wallet) async throws(StoreFailure) -> WalletInserted {
        try await pass { store throws(StoreFailure) in try await store.insert(wallet) }
    }

    func wallet(_ id: WalletID, at now: Moment?) async throws(StoreFailure) -> WalletStanding? {
        try await pass { store throws(StoreFailure) in try await store.wallet(id, at: now) }
    }

    func wallets(_ query: WalletQuery) async throws(StoreFailure) -> [WalletStanding] {
        try await pass { store throws(StoreFailure) in try await store.wallets(query) }
    }

    func change(
        _ wallet: WalletID, _ change: WalletChange, at now: Moment?
    ) async throws(StoreFailure) -> WalletChanged {
        try await pass { store throws(StoreFailure) in try await store.change(wallet, change, at: now) }
    }

    func verifyLedger(
        progress: @escaping @Sendable (LedgerVerification) -> Void
    ) async throws(StoreFailure) -> LedgerVerification {
        try await pass { store throws(StoreFailure) in try await store.verifyLedger(progress: progress) }
    }
}
