/// Somebody who is signed in by a browser: the cookie's keyed hash, never the cookie.
package struct AccountSession: Sendable, Hashable {
    package var hash: [UInt8]
    package var account: AccountID
    /// The account's generation when it began.
    package var generation: Int64
    package var createdAt: Moment
    package var expiresAt: Moment

    package init(hash: [UInt8], account: AccountID, generation: Int64, createdAt: Moment, expiresAt: Moment) {
        self.hash = hash
        self.account = account
        self.generation = generation
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// Whether it still stands for an account.
    package func isValid(for account: Account, at now: Moment) -> Bool {
        account.id == self.account && account.state == .active && generation == account.generation && now < expiresAt
    }
}
