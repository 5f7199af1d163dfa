/// People who may sign what they found out about money.
package protocol PeopleStore: Sendable {
    /// Adds a person; refused if the name is taken, also by somebody whose token was revoked.
    func insert(_ person: Person) async throws(StoreFailure)
    /// Replaces a person of the same name; does nothing if there is none.
    func update(_ person: Person) async throws(StoreFailure)
    /// Everybody, in the order they were added.
    func people() async throws(StoreFailure) -> [Person]
    func person(named name: String) async throws(StoreFailure) -> Person?
}

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
