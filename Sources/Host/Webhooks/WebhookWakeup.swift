import Router
import Synchronization

/// Wakes the sender early; what rang while nobody waited is remembered.
final class WebhookWakeup: Sendable {
    /// What to look at.
    enum Wake: Sendable, Hashable {
        case everything
        case endpoints(Set<WebhookEndpointID>)
    }

    private struct State: Sendable {
        var rangForAll = false
        var endpoints: Set<WebhookEndpointID> = []
        var wake: (@Sendable () -> Void)?

        var rang: Bool { rangForAll || !endpoints.isEmpty }
    }

    private let state = Mutex(State())

    /// Something new may be due anywhere.
    func ring() { ring { $0.rangForAll = true } }

    /// An endpoint has room again.
    func ring(_ endpoint: WebhookEndpointID) { ring { $0.endpoints.insert(endpoint) } }

    private func ring(_ mark: @Sendable (inout State) -> Void) {
        let wake = state.withLock { state in
            mark(&state)
            return state.wake
        }
        wake?()
    }

    /// Waits for a ring, a moment, or cancellation.
    func wait(until moment: Moment, _ time: any TimeSource) async -> Wake {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let rang = state.withLock { state in
            state.wake = { continuation.yield() }
            return state.rang
        }
        if !rang {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await time.sleep(until: moment) }
                group.addTask { for await _ in stream { return } }
                await group.next()
                group.cancelAll()
            }
        }
        continuation.finish()
        return state.withLock { state in
            let wake: Wake = state.rangForAll || state.endpoints.isEmpty ? .everything : .endpoints(state.endpoints)
            state = State()
            return wake
        }
    }
}
