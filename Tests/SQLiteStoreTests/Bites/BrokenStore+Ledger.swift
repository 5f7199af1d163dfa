import Router
import RouterTestKit

extension BrokenStore {
    func balance(of account: LedgerAccount, in currency: Currency) async throws(StoreFailure) -> AccountBalance? {
        try await good.balance(of: account, in: currency)
    }

    func balances(_ query: AccountQuery) async throws(StoreFailure) -> [AccountBalance] {
        try await good.balances(query)
    }

    func entries(
        of account: LedgerAccount, in currency: Currency, before: Int64?, limit: Int
    ) async throws(StoreFailure) -> [AccountEntry] {
        try await good.entries(of: account, in: currency, before: before, limit: limit)
    }

    func holds(of order: OrderID) async throws(StoreFailure) -> [Hold] { try await good.holds(of: order) }

    func insert(_ wallet: Wallet) async throws(StoreFailure) -> WalletInserted { try await good.insert(wallet) }

    func wallet(_ id: WalletID) async throws(StoreFailure) -> WalletStanding? { try await good.wallet(id) }

    func wallets(_ query: WalletQuery) async throws(StoreFailure) -> [WalletStanding] { try await good.wallets(query) }

    func change(_ wallet: WalletID, _ change: WalletChange) async throws(StoreFailure) -> WalletChanged {
        try await good.change(wallet, change)
    }
}
