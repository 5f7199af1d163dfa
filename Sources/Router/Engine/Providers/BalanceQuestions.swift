import Synchronization

/// Who is being asked for balances, and whom to leave alone for a while: each provider at most once at a time.
final class BalanceQuestions: Sendable {
    private struct Entry: Sendable {
        /// When the question under way was asked.
        var askedAt: Moment?
        var waiters: [CheckedContinuation<Void, Never>] = []
        /// Why the last question was not answered.
        var failure: String?
        var notBefore = Moment(milliseconds: 0)
    }

    /// How long a provider that did not answer is left alone, in seconds.
    static let pauseSeconds: Int64 = 30

    private let entries = Mutex<[ProviderID: Entry]>([:])

    /// Begins to ask.
    ///
    /// - Returns: `false` if somebody asks already, or the last question failed a moment ago.
    func begin(_ id: ProviderID, at now: Moment) -> Bool {
        entries.withLock { entries in
            let entry = entries[id, default: Entry()]
            guard entry.askedAt == nil, now >= entry.notBefore else { return false }
            entries[id, default: Entry()].askedAt = now
            return true
        }
    }

    /// The question is over.
    ///
    /// - Parameters:
    ///   - id: Who was asked.
    ///   - failure: Why it was not answered; `nil` if it was.
    ///   - now: The present.
    func end(_ id: ProviderID, failure: String?, at now: Moment) {
        let waiters = entries.withLock { entries -> [CheckedContinuation<Void, Never>] in
            let waiters = entries[id]?.waiters ?? []
            entries[id] = Entry(
                failure: failure, notBefore: failure == nil ? now : now.adding(seconds: Self.pauseSeconds))
            return waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// When the question under way was asked; `nil` if none is.
    func askedAt(_ id: ProviderID) -> Moment? { entries.withLock { $0[id]?.askedAt } }

    /// Why the last question was not answered.
    func failure(of id: ProviderID) -> String? { entries.withLock { $0[id]?.failure } }

    /// Waits for the end of the question under way, if one is.
    func wait(for id: ProviderID) async {
        await withCheckedContinuation { continuation in
            let isWaiting = entries.withLock { entries in
                guard entries[id]?.askedAt != nil else { return false }
                entries[id]?.waiters.append(continuation)
                return true
            }
            if !isWaiting { continuation.resume() }
        }
    }
}
