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
