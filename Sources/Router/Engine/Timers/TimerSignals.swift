import Synchronization

/// Wakes the timer loop of a queue early when something became due sooner than it sleeps.
final class TimerSignals: Sendable {
    private struct Sleeper: Sendable {
        let signal = Signal<Void>()
        /// Until when its loop sleeps; `nil` while it is awake.
        var until: Moment?
    }

    private let sleepers = Mutex<[String: Sleeper]>([:])
    private let time: any TimeSource

    init(time: any TimeSource) { self.time = time }

    /// Tells that something of a queue is due at a moment.
    func poke(_ queue: String, due: Moment) {
        let signal = sleepers.withLock { sleepers -> Signal<Void>? in
            let sleeper = sleepers[queue, default: Sleeper()]
            sleepers[queue] = sleeper
            return sleeper.until.map { due < $0 } ?? true ? sleeper.signal : nil
        }
        signal?.ring()
    }

    /// Sleeps until a moment, a poke for something earlier, or cancellation.
    func sleep(_ queue: String, until: Moment) async {
        let signal = sleepers.withLock { sleepers in
            sleepers[queue, default: Sleeper()].until = until
            return sleepers[queue]?.signal
        }
        _ = await signal?.wait(until: until, time)
        sleepers.withLock { $0[queue]?.until = nil }
    }
}
