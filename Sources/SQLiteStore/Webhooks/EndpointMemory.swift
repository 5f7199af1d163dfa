import Router
import Synchronization

/// Every endpoint as last committed: there are few, and each delivery asks for its own.
final class EndpointMemory: Sendable {
    private let known: Mutex<[WebhookEndpointID: WebhookEndpoint]>

    init(_ endpoints: [WebhookEndpoint]) {
        known = Mutex(Dictionary(endpoints.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Takes over what was written with a change of the platform.
    func apply(_ write: PlatformChange.EndpointWrite) {
        known.withLock { known in
            switch write {
            case .insert(let endpoint, _), .update(let endpoint): known[endpoint.id] = endpoint
            case .delete(let id): known[id] = nil
            }
        }
    }

    func withLock<Value: Sendable>(_ body: (inout [WebhookEndpointID: WebhookEndpoint]) -> Value) -> Value {
        known.withLock { body(&$0) }
    }
}
