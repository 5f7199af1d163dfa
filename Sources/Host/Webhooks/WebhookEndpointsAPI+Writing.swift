import Router
import Webhooks

extension WebhookEndpointsAPI {
    struct CreateInput: Decodable {
        var url: String
        var types: [String]?
    }

    struct UpdateInput: Decodable {
        var url: String?
        var types: [String]?
        var enabled: Bool?
    }

    struct RotateInput: Decodable {
        /// How long the old secret goes on signing.
        var overlapSeconds: Int64?

        enum CodingKeys: String, CodingKey { case overlapSeconds = "overlap_seconds" }
    }

    struct ReplayInput: Decodable {
        var failedSince: String

        enum CodingKeys: String, CodingKey { case failedSince = "failed_since" }
    }

    func list(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        _ = try QueryParameters(request.query, allowed: [])
        let data = try await own(caller).map { EndpointView.json($0, at: time.now) }
        return .json(["object": "list", "data": .array(data), "has_more": false, "next_cursor": .null])
    }

    func create(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let input = try JSONBody.decode(CreateInput.self, try JSONBody.object(request))
        let url = try EndpointChecks.url(input.url, addresses)
        let types = try EventTypes.checked(input.types ?? [])
        guard try await own(caller).count < Self.limit else {
            throw EndpointChecks.tooMany
        }
        let now = time.now
        let (endpoint, secret) = EndpointChecks.fresh(
            of: caller.app, caller.environment, url: url, types: types, at: now, random)
        try await Self.guarded { () async throws(StoreFailure) in try await store.insert(endpoint) }
        return .json(EndpointView.json(endpoint, showing: secret, at: now), status: 201)
            .with("location", "/v1/webhook_endpoints/\(endpoint.id)")
    }

    func update(_ request: APIRequest, _ endpoint: WebhookEndpoint) async throws(Problem) -> APIResponse {
        let input = try JSONBody.decode(UpdateInput.self, try JSONBody.object(request))
        let url = try input.url.map { text throws(Problem) in try EndpointChecks.url(text, addresses) }
        let types = try input.types.map { list throws(Problem) in try EventTypes.checked(list) }
        let changed = try await change(endpoint) { endpoint in
            endpoint.change(url: url, types: types)
            switch input.enabled {
            case true?: endpoint.enable()
            case false?: endpoint.isEnabled = false
            case nil: break
            }
        }
        sender.forget(endpoint.id)
        return .json(EndpointView.json(changed, at: time.now))
    }

    func delete(_ endpoint: WebhookEndpoint) async throws(Problem) -> APIResponse {
        try await Self.guarded { () async throws(StoreFailure) in try await store.delete(endpoint.id) }
        return .empty()
    }

    func rotate(_ request: APIRequest, _ endpoint: WebhookEndpoint) async throws(Problem) -> APIResponse {
        let input = try JSONBody.decode(RotateInput.self, try JSONBody.object(request, optional: true))
        let rotation = SecretRotation(register: sender.register, time: time, random: random)
        let rotated = try await rotation.rotate(endpoint, overlapSeconds: input.overlapSeconds)
        return .json(EndpointView.json(rotated.endpoint, showing: rotated.secret, at: time.now))
    }

    func test(_ endpoint: WebhookEndpoint) async throws(Problem) -> APIResponse {
        guard let (id, attempted) = await sender.test(endpoint) else {
            throw Problem(.tooManyRequests, "a test of this endpoint is under way")
        }
        let outcome = attempted.outcome
        return .json([
            "object": "webhook_test", "webhook_id": .string(id.text), "delivered": .bool(outcome.verdict == .delivered),
            "at": .string(attempted.startedAt.description),
            "status": outcome.status.map { JSONValue(Int64($0)) } ?? .null, "detail": .string(outcome.detail),
            "milliseconds": JSONValue(attempted.milliseconds),
        ])
    }

    func replay(_ request: APIRequest, _ endpoint: WebhookEndpoint) async throws(Problem) -> APIResponse {
        let input = try JSONBody.decode(ReplayInput.self, try JSONBody.object(request))
        guard let since = Moment(rfc3339: input.failedSince) else {
            let what = "expected an RFC 3339 time such as 2026-11-21T09:30:00Z"
            throw Problem(
                .invalidRequest, "/failed_since: \(what)",
                errors: [JSONIssue(pointer: "/failed_since", code: "invalid_value", detail: what)])
        }
        return try await deliveries.replay(since: since, to: endpoint)
    }

    private func own(_ caller: Caller) async throws(Problem) -> [WebhookEndpoint] {
        let all = try await Self.guarded { () async throws(StoreFailure) in
            try await store.endpoints(app: caller.app)
        }
        return all.filter { $0.app == caller.app && $0.environment == caller.environment }
    }

    /// Changes an endpoint as it is now, not as it was read.
    private func change(
        _ endpoint: WebhookEndpoint, _ body: @Sendable (inout WebhookEndpoint) -> Void
    ) async throws(Problem) -> WebhookEndpoint {
        let changed = try await Self.guarded { () async throws(StoreFailure) in
            try await sender.register.change(endpoint.id) { endpoint in
                body(&endpoint)
                return true
            }
        }
        guard let changed else { throw Self.unknownEndpoint }
        return changed
    }
}
