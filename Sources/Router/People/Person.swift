/// Somebody with a personal token; only its keyed hash is kept.
package struct Person: Sendable, Hashable {
    /// Unique for ever, so that a signature always names one person.
    package var name: String
    package var tokenHash: [UInt8]
    /// Since when the person may sign: that of the first time, or of the last time that it was allowed again.
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

extension Person {
    /// Whether a signature counts: it is this person's, who may sign, and who was allowed to without a break since then.
    package func vouches(for signature: Review.Signature) -> Bool {
        name == signature.person && vouches(since: signature.at)
    }

    /// Whether the person may sign, and was allowed to without a break since that moment.
    package func vouches(since moment: Moment) -> Bool { revokedAt == nil && createdAt <= moment }
}
