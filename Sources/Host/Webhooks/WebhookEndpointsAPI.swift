package import Router
package import Webhooks

/// `/v1/webhook_endpoints`: where an app wants to be told, and what was delivered there (rules WH-9 and WH-10).
///
/// An endpoint belongs to an app in one environment; to every other caller it does not exist.
package struct WebhookEndpointsAPI: Sendable {
    /// Endpoints one app may have per environment.
    static let limit = 20
    /// How long the old secret stays in force after a rotation unless the caller says otherwise, in seconds.
    static let usualOverlap: Int64 = 86_400
    /// How long an old secret may go on signing after a rotation, in seconds.
    static let longestOverlap: Int64 = 7 * 86_400

    let store: any WebhookStore
    let time: any TimeSource
    let random: any RandomSource
    let addresses: AddressPolicy
    let sender: WebhookSender
    let deliveries: DeliveriesAPI

    /// The calls of apps; each sees its own endpoints.
    ///
    /// - Parameters:
    ///   - store: The sender's store.
    ///   - time: For records.
    ///   - random: For ids and secrets.
    ///   - addresses: `.any` is test mode: loopback addresses may be named.
    ///   - sender: Makes tests, is woken by repetitions, and puts changes of endpoints in line with its own.
    package init(
        store: any WebhookStore, time: any TimeSource, random: any RandomSource, addresses: AddressPolicy,
        sender: WebhookSender
    ) {
        self.store = store
        self.time = time
        self.random = random
        self.addresses = addresses
        self.sender = sender
        deliveries = DeliveriesAPI(store: store, time: time) { sender.forget($0) }
    }

    private typealias OwnHandler = @Sendable (APIRequest, WebhookEndpoint) async throws(Problem) -> APIResponse

    package func register(in routes: inout RouteTable) {
        let root = "/v1/webhook_endpoints"
        routes.secret("POST", root) { request, caller throws(Problem) in
            try await create(request, caller)
        }
        routes.secret("GET", root) { request, caller throws(Problem) in
            try await list(request, caller)
        }
        let own: [(method: String, path: String, handler: OwnHandler)] = [
            ("GET", "", { _, endpoint in .json(EndpointView.json(endpoint, at: time.now)) }),
            ("POST", "", { request, endpoint throws(Problem) in try await update(request, endpoint) }),
            ("DELETE", "", { _, endpoint throws(Problem) in try await delete(endpoint) }),
            ("POST", "/rotate", { request, endpoint throws(Problem) in try await rotate(request, endpoint) }),
            ("POST", "/test", { _, endpoint throws(Problem) in try await test(endpoint) }),
            (
                "GET", "/deliveries",
                { request, endpoint throws(Problem) in try await deliveries.list(request, of: endpoint) }
            ),
            (
                "POST", "/deliveries/{event}/resend",
                { request, endpoint throws(Problem) in
                    try await deliveries.resend(request.parameters["event"] ?? "", to: endpoint)
                }
            ),
            ("POST", "/replay", { request, endpoint throws(Problem) in try await replay(request, endpoint) }),
        ]
        for (method, path, handler) in own {
            routes.secret(method, "\(root)/{id}\(path)") { request, caller throws(Problem) in
                try await handler(request, try await endpoint(request, caller))
            }
        }
    }

    /// The caller's endpoint; others' are as if they were not there.
    private func endpoint(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> WebhookEndpoint {
        let endpoint = try await Self.endpoint(request.parameters["id"] ?? "", in: store)
        guard let endpoint, endpoint.app == caller.app, endpoint.environment == caller.environment else {
            throw Self.unknownEndpoint
        }
        return endpoint
    }

    static let unknownEndpoint = Problem(.notFound, "there is no such webhook endpoint")

    static func endpoint(_ text: String, in store: any WebhookStore) async throws(Problem) -> WebhookEndpoint? {
        guard let id = WebhookEndpointID(text) else { return nil }
        return try await guarded { () async throws(StoreFailure) in try await store.endpoint(id) }
    }

    static func guarded<T>(_ body: () async throws(StoreFailure) -> T) async throws(Problem) -> T {
        do throws(StoreFailure) { return try await body() } catch {
            throw Problem(.unavailable, "the store cannot do this now")
        }
    }
}
