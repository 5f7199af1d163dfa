/// A purse of the platform's own: money that it owes somebody, in one currency.
///
/// Its two figures are the ledger's (``AccountBalance``); this says whose it is.
package struct Wallet: Sendable, Hashable {
    /// Whose the money is; it never changes.
    package enum Owner: String, Sendable, Hashable, CaseIterable {
        /// The app's: its secret key moves it.
        case app
        /// A holder's: nobody but the holder takes money out.
        case holder
    }

    package enum Purpose: String, Sendable, Hashable, CaseIterable {
        case personal, business
    }

    package let id: WalletID
    package let app: AppID
    package let environment: PayEnvironment
    package let owner: Owner
    package let purpose: Purpose
    package let currency: Currency
    /// The caller's own name for it; several wallets may share one.
    package let reference: String?
    /// Name, phone and e-mail; personal data, sealed at rest.
    package let holder: Customer
    package let idempotencyKey: String
    /// SHA-256 over method, route and canonical body.
    package let fingerprint: [UInt8]
    package let requestID: RequestID
    package let createdAt: Moment

    package init(
        id: WalletID, app: AppID, environment: PayEnvironment, owner: Owner, purpose: Purpose, currency: Currency,
        reference: String?, holder: Customer, idempotencyKey: String, fingerprint: [UInt8], requestID: RequestID,
        createdAt: Moment
    ) {
        self.id = id
        self.app = app
        self.environment = environment
        self.owner = owner
        self.purpose = purpose
        self.currency = currency
        self.reference = reference
        self.holder = holder
        self.idempotencyKey = idempotencyKey
        self.fingerprint = fingerprint
        self.requestID = requestID
        self.createdAt = createdAt
    }

    package var account: LedgerAccount { .wallet(id) }
}

/// A wallet with its figures as last committed.
package struct WalletStanding: Sendable, Hashable {
    package var wallet: Wallet
    package var balance: AccountBalance
    package var limits: [WalletLimit]

    package init(wallet: Wallet, balance: AccountBalance, limits: [WalletLimit]) {
        self.wallet = wallet
        self.balance = balance
        self.limits = limits
    }
}
