import Router

/// What the sender looks at when it is woken.
enum WebhookWakeup: Sendable, Hashable {
    /// Something new may be due anywhere.
    case everything
    /// These endpoints have room again.
    case endpoints(Set<WebhookEndpointID>)

    /// Both together.
    mutating func add(_ endpoint: WebhookEndpointID) {
        guard case .endpoints(let others) = self else { return }
        self = .endpoints(others.union([endpoint]))
    }
}
