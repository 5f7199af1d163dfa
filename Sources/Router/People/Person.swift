/// Somebody with a personal token; only its keyed hash is kept.
package struct Person: Sendable, Hashable {
    /// Unique for ever, so that a signature always names one person.
    package var name: String
    package var tokenHash: [UInt8]
    package var createdAt: Moment
    /// From this moment on the person may sign nothing.
    package var revokedAt: Moment?
    /// The account with which the same human signs in to the console: whoever has both is one person.
    package var account: AccountID?

    package init(
        name: String, tokenHash: [UInt8], createdAt: Moment, revokedAt: Moment? = nil, account: AccountID? = nil
    ) {
        self.account = account
        self.name = name
        self.tokenHash = tokenHash
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}
