/// What can be done to a wallet itself.
package enum WalletChange: Sendable, Hashable {
    /// Nothing leaves it any more.
    case freeze
    /// It is open again.
    case unfreeze
    /// For good; its balance must be zero, and nothing of it held.
    case close
    /// Sets its limits to these, and no others.
    case limits([WalletLimit])
}

/// What became of a change.
package enum WalletChanged: Sendable, Hashable {
    case done(WalletStanding)
    case missing
    /// It is closed; nothing changes it any more.
    case closed
    /// It cannot be closed: there is money in it, or some is held.
    case notEmpty(WalletStanding)
}

/// What became of a new wallet.
package enum WalletInserted: Sendable, Hashable {
    case done(WalletStanding)
    /// The idempotency key made this one.
    case known(WalletStanding)
}

/// Which wallets a list shows: newest first.
package struct WalletQuery: Sendable, Hashable {
    package var app: AppID?
    package var environment: PayEnvironment?
    package var reference: String?
    package var owner: Wallet.Owner?
    package var state: AccountBalance.State?
    package var after: WalletID?
    package var limit: Int
    /// When limits are looked at; `nil` if nobody does: then what has ended since their last use still counts.
    package var now: Moment?

    package init(app: AppID?, environment: PayEnvironment?, limit: Int = 20) {
        self.app = app
        self.environment = environment
        self.limit = limit
    }
}
