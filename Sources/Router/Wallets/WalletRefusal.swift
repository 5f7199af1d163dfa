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

extension WalletRefusal {
    /// What the ledger found at the moment of the commit, where that is a matter of the wallet itself; `nil` for funds and
    /// limits.
    init?(_ refusal: LedgerRefusal, _ order: Order) {
        guard let wallet = refusal.account.wallet, refusal.account.kind == .wallet else { return nil }
        switch refusal.reason {
        case .frozen: reason = .frozen
        case .closed: reason = .closed
        case .missing: reason = .missing
        case .insufficient, .limit, .holdEnded, .overflow: return nil
        }
        self.wallet = wallet
        let source =
            order.request.transfer?.from.wallet
            ?? (order.kind == .payout ? order.request.account?.wallet : order.wallet)
        isSource = wallet == source
    }
}

extension Wallet {
    /// By what right an order uses a wallet.
    package enum Access: Sendable, Hashable {
        /// An app's key.
        case app(AppID)
        /// Its holder's own code.
        case holder
        /// A holder sends something to it.
        case receiving
        /// Somebody else's code.
        case nobody
    }

    /// Why an order may not use the wallet, as far as that never changes; `nil` if it may.
    func lastingObjection(
        _ amount: Money, _ access: Access, environment: PayEnvironment, leaves: Bool
    ) -> WalletRefusal.Reason? {
        guard self.environment == environment else { return .missing }
        switch access {
        case .app(let app): guard self.app == app else { return .missing }
        case .nobody: return .missing
        case .receiving: if leaves { return .missing }
        case .holder: guard owner == .holder else { return .missing }
        }
        guard currency == amount.currency else { return .currency(currency) }
        return leaves && owner == .holder && access != .holder ? .belongsToHolder : nil
    }
}

extension WalletStanding {
    /// Why money may not leave or reach the wallet in an order; `nil` if it may.
    ///
    /// Pure. What can change until the order is accepted, the ledger looks at again in the commit.
    package func objection(
        _ amount: Money, _ access: Wallet.Access, environment: PayEnvironment, leaves: Bool
    ) -> WalletRefusal.Reason? {
        let lasting = wallet.lastingObjection(amount, access, environment: environment, leaves: leaves)
        if let lasting { return lasting }
        if balance.state == .closed { return .closed }
        return leaves && balance.state == .frozen ? .frozen : nil
    }
}
