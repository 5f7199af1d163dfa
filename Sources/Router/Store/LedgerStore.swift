/// Balances, holds and wallets.
///
/// Figures change only in the commit of the order that changes them, or here by a wallet's own changes.
package protocol LedgerStore: Sendable {
    /// An account as last committed; `nil` if nothing was ever booked on it and it is no wallet's.
    func balance(of account: LedgerAccount, in currency: Currency) async throws(StoreFailure) -> AccountBalance?

    /// One page of accounts, by name and currency.
    func balances(_ query: AccountQuery) async throws(StoreFailure) -> [AccountBalance]

    /// One page of an account's postings, newest first; only those numbered below `before`.
    ///
    /// Accounts without a floor are found by looking through all postings.
    func entries(
        of account: LedgerAccount, in currency: Currency, before: Int64?, limit: Int
    ) async throws(StoreFailure) -> [AccountEntry]

    /// The holds of an order, whatever became of them, by account.
    func holds(of order: OrderID) async throws(StoreFailure) -> [Hold]

    /// Makes a wallet with its account.
    func insert(_ wallet: Wallet) async throws(StoreFailure) -> WalletInserted

    /// A wallet, with its figures.
    ///
    /// - Parameters:
    ///   - id: The wallet.
    ///   - now: When its limits are looked at; `nil` if nobody does: then what has ended since their last use still counts.
    /// - Returns: The wallet; `nil` if there is none.
    /// - Throws: ``StoreFailure`` if it cannot be read.
    func wallet(_ id: WalletID, at now: Moment?) async throws(StoreFailure) -> WalletStanding?

    /// One page of wallets.
    func wallets(_ query: WalletQuery) async throws(StoreFailure) -> [WalletStanding]

    /// Changes a wallet, in one transaction with what it depends on; `now` is that of ``wallet(_:at:)``.
    func change(
        _ wallet: WalletID, _ change: WalletChange, at now: Moment?
    ) async throws(StoreFailure) -> WalletChanged

    /// Compares every balance with its postings, what is held with the pending holds, and what was booked of each order with
    /// what its attempts and their evidence say; see ``OrderBooks``.
    ///
    /// Takes seconds to minutes, and disturbs nobody who writes meanwhile.
    ///
    /// - Parameter progress: Hears from time to time how far it is.
    /// - Returns: What was looked at, and what is wrong.
    /// - Throws: ``StoreFailure`` if something could not be read, or if the task was cancelled.
    func verifyLedger(
        progress: @escaping @Sendable (LedgerVerification) -> Void
    ) async throws(StoreFailure) -> LedgerVerification
}

extension LedgerStore {
    /// A wallet, for whom its limits do not matter.
    package func wallet(_ id: WalletID) async throws(StoreFailure) -> WalletStanding? { try await wallet(id, at: nil) }

    /// Changes a wallet, for whom its limits do not matter.
    @discardableResult
    package func change(_ wallet: WalletID, _ change: WalletChange) async throws(StoreFailure) -> WalletChanged {
        try await self.change(wallet, change, at: nil)
    }
}
