package import Router
import Synchronization

/// Counts the orders that were committed as succeeded, and lets somebody wait for a count.
package final class SettledOrders: EngineObserver {
    private struct State: Sendable {
        var count = 0
        var waiting: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let next: any EngineObserver
    private let state = Mutex(State())

    /// Passes everything on to another observer.
    package init(_ next: any EngineObserver) { self.next = next }

    package func record(_ event: EngineEvent) {
        next.record(event)
        guard case .committed(let order, _, let previous) = event, order.status == .succeeded, previous != .succeeded
        else { return }
        let reached = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.count += 1
            guard let waiting = state.waiting, state.count >= waiting.count else { return nil }
            state.waiting = nil
            return waiting.continuation
        }
        reached?.resume()
    }

    /// Waits until so many have succeeded; one task at a time.
    package func wait(for count: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                guard state.count < count else { return true }
                state.waiting = (count, continuation)
                return false
            }
            if isReached { continuation.resume() }
        }
    }
}
