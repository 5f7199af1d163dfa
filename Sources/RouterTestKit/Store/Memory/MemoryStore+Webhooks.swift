package import Router

extension MemoryStore {
    package func insert(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        try await perform(.insertEndpoint) { (state) throws(StoreFailure) in try state.insert(endpoint) }
    }

    package func update(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        try await perform(.updateEndpoint) { $0.endpoints[endpoint.id]?.endpoint = endpoint }
    }

    package func delete(_ id: WebhookEndpointID) async throws(StoreFailure) {
        try await perform(.deleteEndpoint) { $0.delete(id) }
    }

    package func endpoint(_ id: WebhookEndpointID) async throws(StoreFailure) -> WebhookEndpoint? {
        try await perform(.endpoint) { $0.endpoints[id]?.endpoint }
    }

    package func endpoints(app: AppID?) async throws(StoreFailure) -> [WebhookEndpoint] {
        try await perform(.endpoints) { $0.endpoints(app: app) }
    }

    package func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int {
        try await perform(.fanOut) { $0.fanOut(at: now, limit: limit) }
    }

    package func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        try await perform(.dueDeliveries) { $0.dueDeliveries(endpoint, before: moment, limit: limit) }
    }

    package func nextDelivery() async throws(StoreFailure) -> Moment? {
        try await perform(.nextDelivery) { $0.nextDelivery() }
    }

    package func record(_ deliveries: [Delivery]) async throws(StoreFailure) {
        try await perform(.recordDeliveries) { state in
            for delivery in deliveries { state.record(delivery) }
        }
    }

    package func deliveries(
        _ endpoint: WebhookEndpointID, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        try await perform(.deliveries) { $0.deliveries(endpoint, after: after, limit: limit) }
    }

    package func delivery(
        of event: EventID, to endpoint: WebhookEndpointID
    ) async throws(StoreFailure) -> Delivery? {
        try await perform(.delivery) { $0.delivery(of: event, to: endpoint) }
    }

    package func replay(
        _ endpoint: WebhookEndpointID, since moment: Moment, after: EventID?, limit: Int, at now: Moment
    ) async throws(StoreFailure) -> ReplayedEvents {
        try await perform(.replay) { $0.replay(endpoint, since: moment, after: after, limit: limit, at: now) }
    }

    package func waiting(_ endpoint: WebhookEndpointID, since moment: Moment) async throws(StoreFailure) -> Int {
        try await perform(.waiting) { $0.waiting(endpoint, since: moment) }
    }

    package func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    ) async throws(StoreFailure) -> Int {
        try await perform(.redeliver) {
            $0.redeliver(endpoint, event: event, failedSince: failedSince, at: now)
        }
    }
}
