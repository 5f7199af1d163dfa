package import Router
import Synchronization

extension Timeline {
    /// What becomes of a sleeper's place in the line when its task is cancelled.
    package enum Cancelled: Sendable {
        /// It is taken out: time never moves because of it.
        case leaves
        /// It stays, and nothing happens then: what a seed decides stays what it was.
        case stays
    }

    /// Waits for a moment, or until the task is cancelled.
    package func sleep(until moment: Moment, whenCancelled: Cancelled) async {
        let sleeper = Sleeper()
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                guard sleeper.begin(continuation) else { return continuation.resume() }
                let number = after(moment.milliseconds(since: now)) { sleeper.wake() }
                sleeper.isPlaced(number)
            }
        } onCancel: {
            sleeper.wake()
            if whenCancelled == .leaves, let number = sleeper.number { cancel(number) }
        }
    }

    private final class Sleeper: Sendable {
        private struct State: Sendable {
            var continuation: UnsafeContinuation<Void, Never>?
            var isAwake = false
            var number: Int?
        }

        private let state = Mutex(State())

        var number: Int? { state.withLock { $0.number } }

        func isPlaced(_ number: Int) { state.withLock { $0.number = number } }

        /// - Returns: `false` if it was woken before it slept.
        func begin(_ continuation: UnsafeContinuation<Void, Never>) -> Bool {
            state.withLock { state in
                guard !state.isAwake else { return false }
                state.continuation = continuation
                return true
            }
        }

        func wake() {
            let continuation = state.withLock { state in
                state.isAwake = true
                defer { state.continuation = nil }
                return state.continuation
            }
            continuation?.resume()
        }
    }
}
