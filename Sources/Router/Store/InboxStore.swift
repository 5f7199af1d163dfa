/// What operators told us, stored before it is acknowledged.
package protocol InboxStore: Sendable {
    /// Stores a message durably unless one with its deduplication key is there already.
    ///
    /// - Returns: `false` if it was there already.
    func receive(_ message: InboxMessage) async throws(StoreFailure) -> Bool

    /// Messages not applied yet that are due at a moment or before it, oldest first.
    func inbox(before moment: Moment, limit: Int) async throws(StoreFailure) -> [InboxMessage]

    /// Marks a message as applied, orphaned for good, or to be tried again at a moment.
    ///
    /// Does nothing if there is no such message.
    func settle(_ id: InboxID, _ state: InboxMessage.State) async throws(StoreFailure)
}

/// One notification of an operator.
package struct InboxMessage: Sendable, Hashable {
    package enum State: Sendable, Hashable {
        case open(retryAt: Moment)
        case applied
        /// Nothing matched for 24 hours; kept for people.
        case orphaned
    }

    package var id: InboxID
    package var provider: ProviderID
    /// Unique per provider.
    package var dedupKey: String
    package var callback: InboundCallback
    package var receivedAt: Moment
    package var state: State

    package init(
        id: InboxID, provider: ProviderID, dedupKey: String, callback: InboundCallback, receivedAt: Moment, state: State
    ) {
        self.id = id
        self.provider = provider
        self.dedupKey = dedupKey
        self.callback = callback
        self.receivedAt = receivedAt
        self.state = state
    }
}
