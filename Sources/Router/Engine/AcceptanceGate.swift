import Synchronization

/// How many orders may be on their way to being accepted at once.
///
/// Until it is accepted an order costs nothing but the work on it, so whoever comes when this is used up is refused before
/// anything is stored. What is accepted is never refused; it competes for the machine with no more than this much new work.
///
/// After an outage it opens slowly (``openSlowly(from:)``): what was under way then is asked about first.
final class AcceptanceGate: Sendable {
    /// How long a slow opening takes, in milliseconds, and how much is open at its beginning.
    static let opening: (milliseconds: Int64, tenths: Int64) = (30_000, 1)

    private struct State {
        var taken = 0
        var opensFrom: Moment?
    }

    private let limit: Int
    private let time: any TimeSource
    private let state = Mutex(State())

    init(limit: Int, time: any TimeSource) {
        self.limit = limit
        self.time = time
    }

    /// Takes a place; `false` if none is left.
    func enter() -> Bool {
        state.withLock { state in
            guard state.taken < places(&state) else { return false }
            state.taken += 1
            return true
        }
    }

    /// Gives a place back.
    func leave() { state.withLock { $0.taken -= 1 } }

    /// How many places are taken.
    var taken: Int { state.withLock { $0.taken } }

    /// Whether no place is left.
    var isFull: Bool { state.withLock { $0.taken >= places(&$0) } }

    /// From now on a tenth of the places, and all of them half a minute later.
    func openSlowly(from now: Moment) { state.withLock { $0.opensFrom = now } }

    private func places(_ state: inout State) -> Int {
        guard let start = state.opensFrom, limit < .max else { return limit }
        let passed = max(0, time.now.milliseconds(since: start))
        guard passed < Self.opening.milliseconds else {
            state.opensFrom = nil
            return limit
        }
        let share = max(Self.opening.tenths * 100, passed * 1_000 / Self.opening.milliseconds)
        return max(1, Int(Int64(limit) * share / 1_000))
    }
}
