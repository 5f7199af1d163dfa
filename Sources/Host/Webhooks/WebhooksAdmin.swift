package import Router
package import Webhooks

/// Webhook endpoints of all apps for the command line; registered on the control socket only.
package struct WebhooksAdmin: Sendable {
    private let reader: WebhookReader
    private let deliveries: DeliveriesAPI
    private let replay: WebhookReplay
    private let rotation: SecretRotation

    /// The command line's calls, for endpoints of all apps.
    ///
    /// - Parameters:
    ///   - store: The sender's store.
    ///   - bills: For events about bills.
    ///   - body: Writes what is sent.
    ///   - register: Through which endpoints are changed, the sender's if one runs.
    ///   - time: For what is due from now on.
    ///   - random: For new secrets.
    ///   - onRedeliver: Called when deliveries of an endpoint became due; ``WebhookSender/forget(_:)`` if one runs.
    package init(
        store: any WebhookStore, bills: any BillStore, body: EventBody, register: EndpointRegister,
        time: any TimeSource, random: any RandomSource,
        onRedeliver: @escaping @Sendable (WebhookEndpointID) -> Void
    ) {
        reader = WebhookReader(store: store, bills: bills, body: body, time: time)
        deliveries = DeliveriesAPI(store: store, time: time, onRedeliver: onRedeliver)
        replay = WebhookReplay(store: store, register: register, time: time, onRedeliver: onRedeliver)
        rotation = SecretRotation(register: register, time: time, random: random)
    }

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/webhooks/endpoints") { _ throws(Problem) in
            let endpoints = try await WebhookEndpointsAPI.guarded { () async throws(StoreFailure) in
                try await reader.store.endpoints(app: nil)
            }
            let data = endpoints.map { EndpointView.json($0, at: reader.time.now) }
            return .json(["object": "list", "data": .array(data)])
        }
        routes.open("GET", "/webhooks/endpoints/{id}/deliveries") { request throws(Problem) in
            try await deliveries.list(request, of: try await endpoint(request))
        }
        routes.open("GET", "/webhooks/endpoints/{id}/deliveries/{event}") { request throws(Problem) in
            try await detail(request)
        }
        routes.open("POST", "/webhooks/endpoints/{id}/resend") { request throws(Problem) in
            let endpoint = try await endpoint(request)
            let input = try JSONBody.decode(ResendInput.self, try JSONBody.object(request))
            return try await deliveries.resend(input.event, to: endpoint)
        }
        routes.open("POST", "/webhooks/endpoints/{id}/replay") { request throws(Problem) in
            try await replay(request)
        }
        routes.open("POST", "/webhooks/endpoints/{id}/rotate") { request throws(Problem) in
            let endpoint = try await endpoint(request)
            let input = try JSONBody.decode(
                WebhookEndpointsAPI.RotateInput.self, try JSONBody.object(request, optional: true))
            let rotated = try await rotation.rotate(endpoint, overlapSeconds: input.overlapSeconds)
            return .json(EndpointView.json(rotated.endpoint, showing: rotated.secret, at: reader.time.now))
        }
    }

    private struct ResendInput: Decodable { var event: String }

    private struct ReplayInput: Decodable { var since: String }

    private func replay(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let endpoint = try await endpoint(request)
        let input = try JSONBody.decode(ReplayInput.self, try JSONBody.object(request))
        guard let since = Moment(rfc3339: input.since) else {
            throw Problem(.invalidRequest, "/since: expected an RFC 3339 time such as 2026-11-21T09:30:00Z")
        }
        switch await replay.begin(endpoint.id, since: since) {
        case .success(let begun):
            return .json(
                [
                    "object": "webhook_replay", "count": JSONValue(Int64(begun.count)),
                    "rest_from": JSONValue(begun.restFrom?.description),
                ], status: 202)
        case .failure(let refusal): throw Self.problem(refusal)
        }
    }

    static func problem(_ refusal: WebhookReplay.Refusal) -> Problem {
        switch refusal {
        case .stillRunning(let count):
            Problem(.limitReached, "an earlier replay is not over: \(count) of its events were not tried yet")
        case .disabled: Problem(.limitReached, "the endpoint is disabled: enable it first")
        case .tooLongAgo(let earliest): Problem(.invalidRequest, "/since: nothing before \(earliest) is sent again")
        case .notYet(let now):
            Problem(.invalidRequest, "/since: that is in the future, and it is \(now); give a time in the past")
        case .notStored(let failure):
            Problem(.unavailable, "the store cannot do this now: \(failure); what is due already will be sent")
        case .noSuchEndpoint: WebhookEndpointsAPI.unknownEndpoint
        }
    }

    private func detail(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let endpoint = try await endpoint(request)
        var found: WebhookDeliveryDetail?
        if let event = EventID(request.parameters["event"] ?? "") {
            found = try await WebhookEndpointsAPI.guarded { () async throws(StoreFailure) in
                try await reader.delivery(of: event, to: endpoint.id, in: .all)
            }
        }
        guard let found else { throw Problem(.notFound, "no such event was given to this endpoint") }
        return .json(found.json)
    }

    private func endpoint(_ request: APIRequest) async throws(Problem) -> WebhookEndpoint {
        let text = request.parameters["id"] ?? ""
        let endpoint = try await WebhookEndpointsAPI.endpoint(text, in: reader.store)
        guard let endpoint else { throw Problem(.notFound, "there is no webhook endpoint \"\(text)\"") }
        return endpoint
    }
}

extension WebhookDeliveryDetail {
    fileprivate var json: JSONValue {
        [
            "object": "webhook_delivery", "event": .string(event.text), "type": .string(type),
            "order": .string(order.text), "sequence": JSONValue(sequence), "state": .string(state.rawValue),
            "next_attempt_at": JSONValue(dueAt?.description), "body": body,
            "attempts": .array(tries.map { EndpointView.json($0) }),
        ]
    }
}
