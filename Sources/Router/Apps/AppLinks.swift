/// Which wallet each app is linked to.
package protocol AppLinks: Sendable {
    /// The business wallet to which what an app collects from wallets goes; `nil` if it is linked to none.
    func linkedWallet(of app: AppID) async throws(StoreFailure) -> WalletID?
}

/// Links as the store has them, read each time.
struct StoredLinks: AppLinks {
    let store: any Store

    func linkedWallet(of app: AppID) async throws(StoreFailure) -> WalletID? { try await store.app(app)?.wallet }
}
