import Router
import Synchronization

/// Lets one test per endpoint be under way, so that the router cannot be used to press somebody else's server.
final class TestsUnderWay: Sendable {
    private let endpoints = Mutex<Set<WebhookEndpointID>>([])

    /// Begins a test; `false` if there is one.
    func begin(_ id: WebhookEndpointID) -> Bool { endpoints.withLock { $0.insert(id).inserted } }

    func end(_ id: WebhookEndpointID) { endpoints.withLock { _ = $0.remove(id) } }
}
