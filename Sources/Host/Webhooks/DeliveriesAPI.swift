import Router

/// What can be done with the deliveries of an endpoint, whoever asks: list them, repeat them.
struct DeliveriesAPI: Sendable {
    let store: any WebhookStore
    let time: any TimeSource
    /// Called when deliveries of an endpoint became due.
    let onRedeliver: @Sendable (WebhookEndpointID) -> Void

    /// One page of deliveries, newest first.
    func list(_ request: APIRequest, of endpoint: WebhookEndpoint) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["limit", "after"])
        let limit = try query.limit()
        let after: EventID? = try query.value("after", Cursor.expected) { Cursor.read($0) }
        let found = try await WebhookEndpointsAPI.guarded { () async throws(StoreFailure) in
            try await store.deliveries(endpoint.id, after: after, limit: limit + 1)
        }
        let page = found.prefix(limit)
        let hasMore = found.count > limit
        return .json([
            "object": "list", "data": .array(page.map(EndpointView.json)), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(page.last.map { Cursor.text($0.event.id.text) }) : .null,
        ])
    }

    /// Makes one delivery due again.
    func resend(_ event: String, to endpoint: WebhookEndpoint) async throws(Problem) -> APIResponse {
        if let id = EventID(event) {
            let count = try await redeliver(endpoint, event: id)
            if count > 0 { return Self.answer(count) }
        }
        throw Problem(.notFound, "no such event was given to this endpoint")
    }

    /// Makes everything due again whose last attempt since a moment failed.
    func replay(since moment: Moment, to endpoint: WebhookEndpoint) async throws(Problem) -> APIResponse {
        Self.answer(try await redeliver(endpoint, failedSince: moment))
    }

    private func redeliver(
        _ endpoint: WebhookEndpoint, event: EventID? = nil, failedSince: Moment? = nil
    ) async throws(Problem) -> Int {
        let count = try await WebhookEndpointsAPI.guarded { () async throws(StoreFailure) in
            try await store.redeliver(endpoint.id, event: event, failedSince: failedSince, at: time.now)
        }
        if count > 0 { onRedeliver(endpoint.id) }
        return count
    }

    private static func answer(_ count: Int) -> APIResponse {
        .json(["object": "webhook_redelivery", "count": JSONValue(Int64(count))], status: 202)
    }
}
