/// Somebody who is signed in by a browser: the cookie's keyed hash, never the cookie.
package struct AccountSession: Sendable, Hashable {
    package var hash: [UInt8]
    package var account: AccountID
    /// For which pages it holds.
    package var realm: Realm
    /// The account's generation when it began.
    package var generation: Int64
    package var createdAt: Moment
    package var expiresAt: Moment

    /// Where a session holds; one of another realm is none.
    package enum Realm: String, Sendable, Hashable, CaseIterable {
        /// Holders' pages.
        case wallet
        /// The console.
        case console
        /// The console, once digits of the second factor have been typed, too.
        case consoleWithSecondFactor = "console_2"
        /// The password was right, and the second factor is still to come: good for nothing else.
        case halfway
    }

    package init(
        hash: [UInt8], account: AccountID, realm: Realm = .wallet, generation: Int64, createdAt: Moment,
        expiresAt: Moment
    ) {
        self.hash = hash
        self.account = account
        self.realm = realm
        self.generation = generation
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// Whether it still stands for an account.
    package func isValid(for account: Account, at now: Moment) -> Bool {
        account.id == self.account && account.state == .active && generation == account.generation && now < expiresAt
    }
}
