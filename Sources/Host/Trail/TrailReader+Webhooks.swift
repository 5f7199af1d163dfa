import Router

extension TrailReader {
    /// Endpoints and events that are looked at, at most.
    private static let (mostEndpoints, mostEvents) = (40, 100)

    /// What became of an order's events at the endpoints of its app.
    func webhooks(_ steps: TrailPart<[OrderStep]>) async -> TrailPart<[TrailWebhook]> {
        guard let steps = steps.value else { return .unreadable(steps.fault ?? "") }
        guard let first = steps.first else { return .read([]) }
        let told = steps.flatMap(\.told).prefix(Self.mostEvents)
        return await part { () async throws(StoreFailure) in
            var webhooks: [TrailWebhook] = []
            let endpoints = try await store.endpoints(app: first.app).filter { $0.environment == first.environment }
            for event in told {
                for endpoint in endpoints.prefix(Self.mostEndpoints) {
                    if let webhook = await webhook(event, endpoint) { webhooks.append(webhook) }
                }
            }
            return webhooks
        }
    }

    /// One event at one endpoint; `nil` if it was never given to it.
    private func webhook(_ event: OrderStep.Told, _ endpoint: WebhookEndpoint) async -> TrailWebhook? {
        let read = await part { () async throws(StoreFailure) in
            try await store.delivery(of: event.id, to: endpoint.id)
        }
        if read.fault == nil, read.value == .some(nil) { return nil }
        let delivery = read.value ?? nil
        return TrailWebhook(
            endpoint: endpoint.id, address: String(endpoint.url.prefix { $0 != "?" && $0 != "#" }), event: event.id,
            type: event.type, delivery: delivery.map(TrailDelivery.init))
    }
}
