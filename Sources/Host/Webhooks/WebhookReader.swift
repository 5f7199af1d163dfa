import Router
import Webhooks

/// Endpoints and what was delivered to them, as values, in one of two scopes.
struct WebhookReader: Sendable {
    let store: any WebhookStore
    let bills: any BillStore
    let body: EventBody
    let time: any TimeSource

    /// The endpoints of a scope, by app and then in the order in which they were made.
    func endpoints(in scope: OrderScope) async throws(StoreFailure) -> [WebhookStanding] {
        var found: [WebhookEndpoint] = []
        switch scope {
        case .all: found = try await store.endpoints(app: nil)
        case .apps(let apps):
            for app in apps.sorted(by: { $0.text < $1.text }) { found += try await store.endpoints(app: app) }
        }
        var standings: [WebhookStanding] = []
        for endpoint in found.sorted(by: { ($0.app.text, $0.id.text) < ($1.app.text, $1.id.text) }) {
            standings.append(try await standing(endpoint))
        }
        return standings
    }

    /// One endpoint; `nil` if there is none in the scope.
    func endpoint(_ id: WebhookEndpointID, in scope: OrderScope) async throws(StoreFailure) -> WebhookStanding? {
        guard let endpoint = try await store.endpoint(id), scope.includes(endpoint.app) else { return nil }
        return try await standing(endpoint)
    }

    /// One page of an endpoint's deliveries, newest first, with what is sent and what was answered.
    func deliveries(
        _ id: WebhookEndpointID, in scope: OrderScope, after: EventID? = nil, limit: Int = 20
    ) async throws(StoreFailure) -> (deliveries: [WebhookDeliveryDetail], hasMore: Bool) {
        guard let endpoint = try await store.endpoint(id), scope.includes(endpoint.app) else { return ([], false) }
        let found = try await store.deliveries(id, after: after, limit: limit + 1)
        var details: [WebhookDeliveryDetail] = []
        for delivery in found.prefix(limit) { details.append(try await detail(delivery)) }
        return (details, found.count > limit)
    }

    /// One event at an endpoint; `nil` if it was never given to it, or if the endpoint is not in the scope.
    func delivery(
        of event: EventID, to id: WebhookEndpointID, in scope: OrderScope
    ) async throws(StoreFailure) -> WebhookDeliveryDetail? {
        guard let endpoint = try await store.endpoint(id), scope.includes(endpoint.app),
            let delivery = try await store.delivery(of: event, to: id)
        else { return nil }
        return try await detail(delivery)
    }

    private func standing(_ endpoint: WebhookEndpoint) async throws(StoreFailure) -> WebhookStanding {
        var replaying = 0
        if let begun = endpoint.replayedAt { replaying = try await store.waiting(endpoint.id, since: begun) }
        return WebhookStanding(endpoint, replaying: replaying, at: time.now)
    }

    private func detail(_ delivery: Delivery) async throws(StoreFailure) -> WebhookDeliveryDetail {
        let bytes: [UInt8]
        if let kept = delivery.body {
            bytes = kept
        } else {
            bytes = body.bytes(try await bills.withBill(delivery.event))
        }
        return WebhookDeliveryDetail(delivery, body: bytes)
    }
}
