import Synchronization

/// What notifications may use up.
package struct CallbackBounds: Sendable {
    /// Open messages of a provider that are neither signed nor from a listed address.
    package var openStrangers = 1_000
    /// Open messages of a provider that is not configured; they keep their bytes, because nobody here can read them.
    package var openUnread = 100
    /// Open messages of a provider that are signed or come from a listed address; strangers cannot use these up.
    package var openBelieved = 5_000
    /// Strangers' messages of a provider being taken at once; beyond, the sender is asked to come again.
    package var strangersAtOnce = 64
    /// Strangers' messages kept with an attempt.
    package var hintsPerAttempt = 10
    /// The largest message whose bytes are kept although nobody vouches for it.
    package var keptBytes = 16 * 1_024
    /// The longest name a stranger may give.
    package var subjectBytes = 256
    /// How long what matches nothing is matched again, in seconds: a stranger's, and one of a provider that is not
    /// configured.
    ///
    /// Believed ones have ``EngineSettings/orphanSeconds``.
    package var strangerSeconds: Int64 = 3_600
    package var unreadSeconds: Int64 = 86_400

    package init() {}
}

/// How often strangers can make us ask about one attempt: at once, then after waits that double.
///
/// Every question costs a share of the operator's rate and leaves evidence, so their number must not be a stranger's to
/// choose. In memory only: after a restart the first one counts again.
final class HintPace: Sendable {
    private struct Entry: Sendable {
        var count: Int
        var at: Moment
    }

    private static let firstWaitMilliseconds: Int64 = 5_000
    private static let longestWaitMilliseconds: Int64 = 3_600_000
    private static let limit = 10_000

    private let entries = Mutex<[AttemptID: Entry]>([:])

    /// When the attempt may be asked about because of one more hint; `nil` if an earlier hint has decided that already.
    func next(_ attempt: AttemptID, at now: Moment) -> Moment? {
        entries.withLock { entries in
            guard let last = entries[attempt], now.milliseconds(since: last.at) < 2 * Self.longestWaitMilliseconds
            else {
                if entries.count >= Self.limit { entries.removeAll() }
                entries[attempt] = Entry(count: 1, at: now)
                return now
            }
            guard last.at <= now else { return nil }
            let wait = min(Self.longestWaitMilliseconds, Self.firstWaitMilliseconds << Int64(min(20, last.count - 1)))
            let next = max(now, last.at.adding(milliseconds: wait))
            entries[attempt] = Entry(count: last.count + 1, at: next)
            return next
        }
    }
}

/// Tells the first time of each of a bounded number of things; for what must be told once and can come without end.
package final class FirstTimes: Sendable {
    private let seen = Mutex<Set<String>>([])
    private let limit: Int

    package init(limit: Int) { self.limit = limit }

    /// Whether this is the first time; never again once the limit is reached.
    package func isFirst(_ key: String) -> Bool {
        seen.withLock { $0.count < limit && $0.insert(key).inserted }
    }
}

/// How many strangers' messages are being taken, by provider; those of all that are not configured count together.
final class StrangerDoor: Sendable {
    private let inside = Mutex<[ProviderID?: Int]>([:])

    func enter(_ provider: ProviderID?, limit: Int) -> Bool {
        inside.withLock { inside in
            guard inside[provider, default: 0] < limit else { return false }
            inside[provider, default: 0] += 1
            return true
        }
    }

    func leave(_ provider: ProviderID?) { inside.withLock { $0[provider, default: 1] -= 1 } }
}
