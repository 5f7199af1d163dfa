import Router
import Synchronization

/// A clock that stands still until a test moves it.
final class HandClock: TimeSource {
    private struct State: Sendable {
        var now = Sample.createdAt
        var waiting: [(until: Moment, wake: AsyncStream<Void>.Continuation)] = []
    }

    private let state = Mutex(State())

    var now: Moment { state.withLock { $0.now } }

    func sleep(until moment: Moment) async {
        let (stream, wake) = AsyncStream.makeStream(of: Void.self)
        let isOver = state.withLock { state in
            guard moment > state.now else { return true }
            state.waiting.append((moment, wake))
            return false
        }
        guard !isOver else { return }
        for await _ in stream { return }
    }

    func advance(seconds: Int64) {
        let due = state.withLock { state in
            state.now = state.now.adding(seconds: seconds)
            let now = state.now
            defer { state.waiting.removeAll { $0.until <= now } }
            return state.waiting.filter { $0.until <= now }
        }
        for sleeper in due { sleeper.wake.yield() }
    }
}
