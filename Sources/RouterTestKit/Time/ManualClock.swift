package import Router
import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock: TimeSource {
    private struct Sleeper: Sendable {
        var until: Moment
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State: Sendable {
        var now: Moment
        var last = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
    }

    private let state: Mutex<State>

    package init(_ now: Moment) { state = Mutex(State(now: now)) }

    package var now: Moment { state.withLock { $0.now } }

    package func sleep(until moment: Moment) async {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard moment > state.now, state.cancelled.remove(number) == nil else { return true }
                    state.sleepers[number] = Sleeper(until: moment, continuation: continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: number)
                if sleeper == nil { state.cancelled.insert(number) }
                return sleeper
            }
            sleeper?.continuation.resume()
        }
    }

    /// Moves the clock forward and wakes who slept until then.
    package func advance(to moment: Moment) {
        let woken = state.withLock { state in
            state.now = max(state.now, moment)
            let now = state.now
            let woken = state.sleepers.filter { $0.value.until <= now }
            for number in woken.keys { state.sleepers[number] = nil }
            return woken.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    package func advance(seconds: Int64) { advance(to: now.adding(seconds: seconds)) }
}
