import Router
import Synchronization

/// What was looked up a moment ago, so that it is not asked for again; a change made here ends it at once.
///
/// A look-up that was under way when something changed may have seen what was before: it is not kept.
final class RecentLookups<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// A look-up that has begun.
    struct Ticket: Sendable {
        fileprivate let changes: UInt64
        /// When it began: a value is as old as that.
        fileprivate let at: Moment
    }

    private struct State {
        var values: [Key: (value: Value, at: Moment)] = [:]
        var changes: UInt64 = 0
    }

    private static var most: Int { 10_000 }
    private let state = Mutex(State())

    /// What was found less than so many milliseconds ago.
    func value(of key: Key, at now: Moment, within milliseconds: Int64) -> Value? {
        state.withLock { state in
            guard let known = state.values[key], now.milliseconds(since: known.at) < milliseconds else { return nil }
            return known.value
        }
    }

    /// Begins a look-up, before anything is read.
    func begin(at now: Moment) -> Ticket { Ticket(changes: state.withLock { $0.changes }, at: now) }

    /// Keeps what was found, unless something changed since the look-up began.
    func keep(_ value: Value, for key: Key, _ ticket: Ticket) {
        state.withLock { state in
            guard state.changes == ticket.changes else { return }
            if state.values.count >= Self.most { state.values.removeAll() }
            state.values[key] = (value, ticket.at)
        }
    }

    /// Forgets everything, because something changed.
    func forget() {
        state.withLock { state in
            state.values.removeAll()
            state.changes += 1
        }
    }
}
