package import Router

extension WebhookSender {
    /// Sends an event of type `webhook.test` to an endpoint, disabled or not, and tells how it went.
    ///
    /// Nothing is stored and the endpoint is not judged by it.
    ///
    /// - Returns: The id that was sent and what came of it; `nil` if a test of this endpoint is under way already.
    package func test(_ endpoint: WebhookEndpoint) async -> (id: EventID, attempted: Attempted)? {
        guard tests.begin(endpoint.id) else { return nil }
        defer { tests.end(endpoint.id) }
        let now = time.now
        let id = EventID(at: now, from: random)
        let body: JSONValue = [
            "type": "webhook.test", "timestamp": .string(now.description), "sequence": 0,
            "data": ["webhook_endpoint": .string(endpoint.id.text)],
        ]
        return (id, await attempt(id, body.serialized(), to: endpoint))
    }
}
