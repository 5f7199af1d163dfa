import Synchronization

/// Who is being asked for balances, and whom to leave alone for a while: each provider at most once at a time.
final class BalanceQuestions: Sendable {
    private struct Entry: Sendable {
        /// The question under way: when it was asked, and its end.
        var asked: (at: Moment, end: Promise<Void>)?
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
            guard entry.asked == nil, now >= entry.notBefore else { return false }
            entries[id, default: Entry()].asked = (now, Promise())
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
        let asked = entries.withLock { entries in
            let asked = entries[id]?.asked
            entries[id] = Entry(
                failure: failure, notBefore: failure == nil ? now : now.adding(seconds: Self.pauseSeconds))
            return asked
        }
        asked?.end.keep(())
    }

    /// When the question under way was asked; `nil` if none is.
    func askedAt(_ id: ProviderID) -> Moment? { entries.withLock { $0[id]?.asked?.at } }

    /// Why the last question was not answered.
    func failure(of id: ProviderID) -> String? { entries.withLock { $0[id]?.failure } }

    /// Waits for the end of the question under way, if one is.
    func wait(for id: ProviderID) async {
        let asked = entries.withLock { $0[id]?.asked }
        await asked?.end.value
    }
}
