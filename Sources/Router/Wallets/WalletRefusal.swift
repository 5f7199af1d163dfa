/// Why a wallet cannot be used so; nothing was stored.
package struct WalletRefusal: Error, Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        /// The app has no such wallet in this environment.
        case missing
        /// It has another currency.
        case currency(Currency)
        /// Only its holder takes money out.
        case belongsToHolder
        case frozen
        case closed
        /// Money would go from a wallet to itself.
        case itself
    }

    package var wallet: WalletID
    package var reason: Reason
    /// Whether the money would have come from it.
    package var isSource: Bool

    package init(_ wallet: WalletID, _ reason: Reason, isSource: Bool) {
        self.wallet = wallet
        self.reason = reason
        self.isSource = isSource
    }
}

extension WalletStanding {
    /// Why money may not leave or reach the wallet in an order of an app; `nil` if it may.
    ///
    /// Pure. What can change until the order is accepted, the ledger looks at again in the commit.
    package func objection(
        _ amount: Money, app: AppID, environment: PayEnvironment, leaves: Bool
    ) -> WalletRefusal.Reason? {
        guard wallet.app == app, wallet.environment == environment else { return .missing }
        guard wallet.currency == amount.currency else { return .currency(wallet.currency) }
        if balance.state == .closed { return .closed }
        guard leaves else { return nil }
        if wallet.owner == .holder { return .belongsToHolder }
        return balance.state == .frozen ? .frozen : nil
    }
}
