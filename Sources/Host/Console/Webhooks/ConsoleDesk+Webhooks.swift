import Router
import Webhooks

/// Webhook endpoints as visitors of the console see and change them: developers those of their apps, staff all.
extension ConsoleDesk {
    var webhookReader: WebhookReader {
        WebhookReader(store: store, bills: store, body: EventBody(engine.view), time: engine.time)
    }

    /// The endpoint of a path, if the visitor may change it; if the visitor sees it only, that is said.
    func endpointToChange(_ visit: ConsoleVisit) async throws(Problem) -> WebhookStanding {
        let endpoint = try await endpoint(visit)
        guard try await reaches(endpoint.app, .changeWebhooks, visit) else { throw Self.onlySeen }
        return endpoint
    }

    /// The endpoint of a path, if the visitor sees it; otherwise it does not exist for them.
    func endpoint(_ visit: ConsoleVisit) async throws(Problem) -> WebhookStanding {
        let scope = try await scope(visit)
        let id = visit.request.parameters["id"].flatMap { WebhookEndpointID($0) }
        let found = try await stored { () async throws(StoreFailure) -> WebhookStanding? in
            guard let id else { return nil }
            return try await webhookReader.endpoint(id, in: scope)
        }
        guard let found else { throw WebhookEndpointsAPI.unknownEndpoint }
        return found
    }

    private func endpointLine(
        _ action: AuditAction, _ endpoint: WebhookStanding, _ visit: ConsoleVisit, _ after: JSONValue? = nil
    ) async throws(Problem) {
        _ = try await apply(
            PlatformChange(line(action, .init(.webhook, endpoint.id.text), visit, app: endpoint.app, after: after)))
    }

    /// Sends an event to an endpoint once more.
    func resend(_ event: String, _ endpoint: WebhookStanding, _ visit: ConsoleVisit) async throws(Problem) {
        guard let sender, let known = try await WebhookEndpointsAPI.endpoint(endpoint.id.text, in: store) else {
            throw WebhookEndpointsAPI.unknownEndpoint
        }
        try await endpointLine(.webhookResent, endpoint, visit, ["event": .string(event)])
        _ = try await DeliveriesAPI(store: store, time: engine.time) { sender.forget($0) }.resend(event, to: known)
    }

    /// Sends everything since a moment to an endpoint once more.
    func replay(
        since: Moment, _ endpoint: WebhookStanding, _ visit: ConsoleVisit
    ) async throws(Problem) -> WebhookReplay.Begun {
        guard let sender else { throw WebhookEndpointsAPI.unknownEndpoint }
        try await endpointLine(.webhookReplayed, endpoint, visit, ["since": .string(since.description)])
        let replay = WebhookReplay(
            store: store, register: sender.register, time: engine.time, onRedeliver: { sender.forget($0) })
        switch await replay.begin(endpoint.id, since: since) {
        case .success(let begun): return begun
        case .failure(let refusal): throw WebhooksAdmin.problem(refusal)
        }
    }

    /// A new signing secret, which is shown once; the old one goes on signing for a day.
    func rotateSecret(_ endpoint: WebhookStanding, _ visit: ConsoleVisit) async throws(Problem) -> Secret {
        guard let sender, let known = try await WebhookEndpointsAPI.endpoint(endpoint.id.text, in: store) else {
            throw WebhookEndpointsAPI.unknownEndpoint
        }
        var rotation = SecretRotation(register: sender.register, time: engine.time, random: SystemRandom())
        rotation.writing = writing(.webhookSecretRotated, visit)
        return try await rotation.rotate(known, overlapSeconds: nil).secret
    }

    /// Lets an endpoint be told again, or no more.
    func setEndpoint(_ endpoint: WebhookStanding, isOn: Bool, _ visit: ConsoleVisit) async throws(Problem) {
        try await change(endpoint, visit) { endpoint in
            if isOn { endpoint.enable() } else { endpoint.isEnabled = false }
        }
    }
}
