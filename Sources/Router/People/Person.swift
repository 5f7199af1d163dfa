/// Somebody with a personal token; only its keyed hash is kept.
package struct Person: Sendable, Hashable {
    /// Unique for ever, so that a signature always names one person.
    package var name: String
    package var tokenHash: [UInt8]
    package var createdAt: Moment
    /// From this moment on the person may sign nothing.
    package var revokedAt: Moment?

    package init(name: String, tokenHash: [UInt8], createdAt: Moment, revokedAt: Moment? = nil) {
        self.name = name
        self.tokenHash = tokenHash
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}
