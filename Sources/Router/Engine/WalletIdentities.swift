import Synchronization

/// Whose wallets are, as far as that never changes, so that a payment by wallet reads nothing.
///
/// Frozen, closed, funds: the ledger looks at these in the commit.
final class WalletIdentities: Sendable {
    private let wallets = Mutex<[WalletID: Wallet]>([:])

    /// At so many all are forgotten, and those in use come back by themselves.
    private static let most = 50_000

    func known(_ id: WalletID) -> Wallet? { wallets.withLock { $0[id] } }

    func keep(_ wallet: Wallet) {
        wallets.withLock { wallets in
            if wallets.count >= Self.most { wallets = [:] }
            wallets[wallet.id] = wallet
        }
    }
}
