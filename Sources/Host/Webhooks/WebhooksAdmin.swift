package import Router

/// Webhook endpoints of all apps for the command line; registered on the control socket only.
package struct WebhooksAdmin: Sendable {
    let store: any WebhookStore
    let time: any TimeSource
    private let deliveries: DeliveriesAPI

    /// The command line's calls, for endpoints of all apps.
    ///
    /// - Parameters:
    ///   - store: The sender's store.
    ///   - time: For what is due from now on.
    ///   - onRedeliver: Called when deliveries of an endpoint became due; ``WebhookSender/forget(_:)`` if one runs.
    package init(
        store: any WebhookStore, time: any TimeSource, onRedeliver: @escaping @Sendable (WebhookEndpointID) -> Void
    ) {
        self.store = store
        self.time = time
        deliveries = DeliveriesAPI(store: store, time: time, onRedeliver: onRedeliver)
    }

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/webhooks/endpoints") { _ throws(Problem) in
            let endpoints = try await WebhookEndpointsAPI.guarded { () async throws(StoreFailure) in
                try await store.endpoints(app: nil)
            }
            let data = endpoints.map { EndpointView.json($0, at: time.now) }
            return .json(["object": "list", "data": .array(data)])
        }
        routes.open("GET", "/webhooks/endpoints/{id}/deliveries") { request throws(Problem) in
            try await deliveries.list(request, of: try await endpoint(request))
        }
        routes.open("POST", "/webhooks/endpoints/{id}/resend") { request throws(Problem) in
            let endpoint = try await endpoint(request)
            let input = try JSONBody.decode(ResendInput.self, try JSONBody.object(request))
            return try await deliveries.resend(input.event, to: endpoint)
        }
    }

    private struct ResendInput: Decodable { var event: String }

    private func endpoint(_ request: APIRequest) async throws(Problem) -> WebhookEndpoint {
        let text = request.parameters["id"] ?? ""
        let endpoint = try await WebhookEndpointsAPI.endpoint(text, in: store)
        guard let endpoint else { throw Problem(.notFound, "there is no webhook endpoint \"\(text)\"") }
        return endpoint
    }
}
