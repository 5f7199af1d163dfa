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

/// What became of a message handed to the inbox.
package enum InboxReceipt: Sendable, Hashable {
    case taken
    /// One with its deduplication key is there already.
    case known
    /// Too many wait; it is not stored.
    case full
}

/// One notification of an operator.
package struct InboxMessage: Sendable, Hashable {
    package enum State: Sendable, Hashable {
        case open(retryAt: Moment)
        case applied
        /// Nothing matched for 24 hours; kept for people.
        case orphaned
    }

    /// What shows that it is the operator's.
    package enum Trust: String, Sendable, Hashable, CaseIterable {
        case signed
        /// It came from an address that the settings list.
        case listed
        /// Nothing: anybody can have sent it.
        case stranger
        /// Not judged yet: its provider is not configured, or an earlier version of this program stored it.
        case unread

        /// Whether it counts as the operator's.
        package var isBelieved: Bool { self == .signed || self == .listed }
    }

    package var id: InboxID
    package var provider: ProviderID
    /// Unique per provider.
    package var dedupKey: String
    package var trust: Trust
    /// What a stranger's message names; others say it in their bytes.
    package var subject: CallbackSubject?
    /// The attempt a stranger's message is kept with.
    package var attempt: AttemptID?
    /// The message itself; `nil` where only what it names and a digest are kept.
    package var callback: InboundCallback?
    package var receivedAt: Moment
    package var state: State

    package init(
        id: InboxID, provider: ProviderID, dedupKey: String, trust: Trust, subject: CallbackSubject? = nil,
        attempt: AttemptID? = nil, callback: InboundCallback?, receivedAt: Moment, state: State
    ) {
        self.id = id
        self.provider = provider
        self.dedupKey = dedupKey
        self.trust = trust
        self.subject = subject
        self.attempt = attempt
        self.callback = callback
        self.receivedAt = receivedAt
        self.state = state
    }
}
