import DequeModule
import Synchronization

/// How many orders may be on their way to being accepted at once, and how many may wait for their turn.
///
/// Until it is accepted an order costs nothing but the work on it, so whoever comes when places and line are full is refused
/// before anything is stored. What is accepted is never refused; it competes for the machine with no more than this much new
/// work.
///
/// The line is as long as its last may be expected to wait a short time, and shorter in a storm: once there has been a line for a
/// while, waiting only adds to the time of those who are accepted. After an outage the places come one after the other (``openSlowly(from:)``): what was under way then
/// is asked about first.
final class AcceptanceGate: Sendable {
    /// How long a slow opening takes, in milliseconds, and how much is open at its beginning.
    static let opening: (milliseconds: Int64, tenths: Int64) = (30_000, 1)

    private struct Waiter: Sendable {
        let since: Moment
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State: Sendable {
        var taken = 0
        var pace = AcceptancePace()
        var line: Deque<Waiter> = []
        /// Since when there has been a line, short gaps left aside; and when there was one last.
        var crowded: (since: Moment, last: Moment)?
        var opensFrom: Moment?

        mutating func admit(at now: Moment) {
            taken += 1
            pace.entered(at: now)
        }
    }

    private let limits: AcceptanceLimits
    private let time: any TimeSource
    private let state = Mutex(State())

    init(_ limits: AcceptanceLimits, time: any TimeSource) {
        self.limits = limits
        self.time = time
    }

    /// Takes a place, after a wait if need be.
    ///
    /// - Returns: `false` if none is left, or none came in time.
    func enter() async -> Bool {
        let now = time.now
        let isIn = state.withLock { state -> Bool? in
            if state.line.isEmpty, state.taken < places(&state, now) {
                state.admit(at: now)
                return true
            }
            return state.line.count < room(&state, now) ? nil : false
        }
        if let isIn { return isIn }
        return await withCheckedContinuation { continuation in
            let isIn = state.withLock { state -> Bool? in
                // A place may have been given back meanwhile, and nobody else would call for whoever waits now.
                if state.line.isEmpty, state.taken < places(&state, now) {
                    state.admit(at: now)
                    return true
                }
                guard state.line.count < room(&state, now) else { return false }
                if state.line.isEmpty { lineBegins(&state, now) }
                state.line.append(Waiter(since: now, continuation: continuation))
                return nil
            }
            if let isIn { continuation.resume(returning: isIn) }
        }
    }

    /// Gives a place back, to whoever has waited longest.
    func leave() {
        let now = time.now
        let turns = state.withLock { state -> [(waiter: Waiter, isIn: Bool)] in
            state.taken -= 1
            state.pace.left(at: now, counts: !state.line.isEmpty)
            if !state.line.isEmpty { state.crowded?.last = now }
            var turns: [(waiter: Waiter, isIn: Bool)] = []
            while let waiter = state.line.first, state.taken < places(&state, now) {
                state.line.removeFirst()
                let isIn = now.milliseconds(since: waiter.since) <= limits.patienceMilliseconds
                if isIn { state.admit(at: now) }
                turns.append((waiter, isIn))
            }
            return turns
        }
        for turn in turns { turn.waiter.continuation.resume(returning: turn.isIn) }
    }

    /// How many places are taken, and how many orders wait for one.
    var taken: Int { state.withLock { $0.taken + $0.line.count } }

    /// Whether whoever comes now is refused.
    var isFull: Bool {
        let now = time.now
        return state.withLock { state in
            (!state.line.isEmpty || state.taken >= places(&state, now)) && state.line.count >= room(&state, now)
        }
    }

    /// From now on a tenth of the places, and all of them half a minute later.
    func openSlowly(from now: Moment) { state.withLock { $0.opensFrom = now } }

    /// A line begins, or goes on after a gap too short to count.
    private func lineBegins(_ state: inout State, _ now: Moment) {
        if let crowded = state.crowded, now.milliseconds(since: crowded.last) < limits.calmMilliseconds {
            state.crowded?.last = now
        } else {
            state.crowded = (now, now)
        }
    }

    /// How many may wait.
    private func room(_ state: inout State, _ now: Moment) -> Int {
        if !state.line.isEmpty { state.crowded?.last = now }
        var isStorm = false
        if let crowded = state.crowded, now.milliseconds(since: crowded.last) < limits.calmMilliseconds {
            isStorm = crowded.last.milliseconds(since: crowded.since) >= limits.calmMilliseconds
        }
        let wait = isStorm ? limits.stormMilliseconds : limits.burstMilliseconds
        return max(limits.least, state.pace.turns(in: wait, places: places(&state, now)))
    }

    private func places(_ state: inout State, _ now: Moment) -> Int {
        guard let start = state.opensFrom, limits.places < .max else { return limits.places }
        let passed = max(0, now.milliseconds(since: start))
        guard passed < Self.opening.milliseconds else {
            state.opensFrom = nil
            return limits.places
        }
        let share = max(Self.opening.tenths * 100, passed * 1_000 / Self.opening.milliseconds)
        return max(1, Int(Int64(limits.places) * share / 1_000))
    }
}
