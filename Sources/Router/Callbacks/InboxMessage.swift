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
        /// Two people wrote it down from the operator's statement of the account.
        case stated
        /// Nothing: anybody can have sent it.
        case stranger
        /// Not judged yet: its provider is not configured, or an earlier version of this program stored it.
        case unread

        /// Whether it counts as the operator's.
        package var isBelieved: Bool { self == .signed || self == .listed || self == .stated }
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

/// What became of a message handed to the inbox.
package enum InboxReceipt: Sendable, Hashable {
    case taken
    /// One with its deduplication key is there already.
    case known
    /// Too many wait; it is not stored.
    case full
}
