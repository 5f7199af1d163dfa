import Router
import Synchronization

/// Every endpoint as last committed: there are few, and each delivery asks for its own.
final class EndpointMemory: Sendable {
    private let known: Mutex<[WebhookEndpointID: WebhookEndpoint]>

    init(_ endpoints: [WebhookEndpoint]) {
        known = Mutex(Dictionary(endpoints.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    func withLock<Value: Sendable>(_ body: (inout [WebhookEndpointID: WebhookEndpoint]) -> Value) -> Value {
        known.withLock { body(&$0) }
    }
}
