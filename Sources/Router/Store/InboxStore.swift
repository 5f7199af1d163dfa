/// What operators told us, stored before it is acknowledged.
package protocol InboxStore: Sendable {
    /// Stores a message durably unless one with its deduplication key is there already.
    ///
    /// What is believed and what is not are counted apart: strangers never use up the room of an operator.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - limit: How many messages of its provider and of its sort, believed or not, may be open.
    /// - Returns: What became of it; a message that is there already is `known` however many are open.
    /// - Throws: ``StoreFailure`` if nothing is known to be durable.
    func receive(_ message: InboxMessage, limit: Int) async throws(StoreFailure) -> InboxReceipt

    /// Stores an unbelieved message with the attempt it names, in place of an equal one, and deletes all but the newest
    /// of that attempt.
    func keep(_ hint: InboxMessage, newest: Int) async throws(StoreFailure)

    /// The unbelieved messages kept with an attempt, newest first.
    func hints(about attempt: AttemptID) async throws(StoreFailure) -> [InboxMessage]

    /// Messages not applied yet that are due at a moment or before it, oldest first.
    func inbox(before moment: Moment, limit: Int) async throws(StoreFailure) -> [InboxMessage]

    /// Believed messages that have matched nothing yet or matched nothing in their time, oldest first.
    func unmatched(after id: InboxID?, limit: Int) async throws(StoreFailure) -> [InboxMessage]

    /// A message, whatever became of it; `nil` if there is none.
    func inboxMessage(_ id: InboxID) async throws(StoreFailure) -> InboxMessage?

    /// Marks a message as applied, orphaned for good, or to be tried again at a moment.
    ///
    /// Does nothing if there is no such message.
    func finish(_ id: InboxID, _ state: InboxMessage.State) async throws(StoreFailure)

    /// Gives a message that nobody could read before what was found in it.
    ///
    /// - Returns: `false`, and nothing written, if its provider has another message under that key, or it is gone.
    func recognise(
        _ id: InboxID, as trust: InboxMessage.Trust, dedupKey: String
    ) async throws(StoreFailure) -> Bool

    /// Whether a message of the same provider that came before has a deduplication key that begins with `keys`, and not
    /// with `others`.
    func holdsEarlier(
        than message: InboxMessage, keys: String, butNot others: String
    ) async throws(StoreFailure) -> Bool

    /// Deletes messages.
    func drop(_ ids: [InboxID]) async throws(StoreFailure)
}
