import Synchronization

/// Wakes the timer loop of a queue early when something became due sooner than it sleeps.
final class TimerSignals: Sendable {
    private struct Sleeper: Sendable {
        var number: Int
        var until: Moment
        var wake: @Sendable () -> Void
    }

    private struct State: Sendable {
        var sleepers: [String: Sleeper] = [:]
        /// Set by a poke nobody slept for.
        var poked: Set<String> = []
        var last = 0
    }

    private let state = Mutex(State())
    private let time: any TimeSource

    init(time: any TimeSource) { self.time = time }

    /// Tells that something of a queue is due at a moment.
    func poke(_ queue: String, due: Moment) {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let sleeper = state.sleepers[queue] else {
                state.poked.insert(queue)
                return nil
            }
            guard due < sleeper.until else { return nil }
            state.sleepers[queue] = nil
            return sleeper
        }
        sleeper?.wake()
    }

    /// Sleeps until a moment, a poke for something earlier, or cancellation.
    func sleep(_ queue: String, until: Moment) async {
        let isPoked = state.withLock { $0.poked.remove(queue) != nil }
        guard !isPoked else { return }
        let time = time
        await withTaskGroup(of: Void.self) { group in
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            let isPoked = state.withLock { state in
                guard state.poked.remove(queue) == nil else { return true }
                state.last += 1
                state.sleepers[queue] = Sleeper(number: state.last, until: until, wake: { continuation.yield() })
                return false
            }
            if isPoked { return }
            group.addTask { await time.sleep(until: until) }
            group.addTask { for await _ in stream { return } }
            await group.next()
            group.cancelAll()
            continuation.finish()
        }
        state.withLock { state in
            state.sleepers[queue] = nil
        }
    }
}
