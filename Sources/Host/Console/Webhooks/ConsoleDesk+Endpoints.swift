import Router
import Webhooks

/// Endpoints made, changed and deleted by visitors of the console, each with its line of the trail.
extension ConsoleDesk {
    /// The apps whose webhooks a visitor may change.
    func appsWithWebhooks(_ visit: ConsoleVisit) async throws(Problem) -> [App] {
        guard visit.visitor.reachesAll(.changeWebhooks) else { return try await ownApps(visit) }
        return try await stored { () async throws(StoreFailure) in try await store.apps() }
    }

    /// Makes an endpoint.
    ///
    /// - Returns: The endpoint, and its secret, which is shown once.
    func makeEndpoint(
        _ form: QueryParameters, _ visit: ConsoleVisit
    ) async throws(Problem) -> (endpoint: WebhookStanding, secret: Secret) {
        guard let sender else { throw WebhookEndpointsAPI.unknownEndpoint }
        guard let app = try await appsWithWebhooks(visit).first(where: { $0.id.text == form["app"] }) else {
            throw Problem(.notFound, "there is no such app")
        }
        guard let environment = environments.first(where: { $0.rawValue == form["environment"] }) else {
            throw Problem(.invalidParameter, "the form names no environment that can be chosen")
        }
        let (endpoint, secret) = EndpointChecks.fresh(
            of: app.id, environment, url: try EndpointChecks.url(form["url"]?.trimmed ?? "", sender.addresses),
            types: try Self.types(form["events"]), at: now, SystemRandom())
        var change = PlatformChange(
            line(
                .webhookMade, .init(.webhook, endpoint.id.text), visit, app: app.id,
                after: EndpointTrail.members(endpoint)))
        change.endpoint = .insert(endpoint, atMost: WebhookEndpointsAPI.limit)
        switch try await apply(change) {
        case .done: return (WebhookStanding(endpoint, replaying: 0, at: now), secret)
        case .tooManyEndpoints: throw EndpointChecks.tooMany
        default: throw Problem(.unavailable, "the endpoint cannot be made now; nothing was changed")
        }
    }

    /// Changes an endpoint as it is now, with the line that tells of it.
    func change(
        _ endpoint: WebhookStanding, _ visit: ConsoleVisit, _ body: @Sendable (inout WebhookEndpoint) -> Void
    ) async throws(Problem) {
        guard let sender else { throw WebhookEndpointsAPI.unknownEndpoint }
        let writing = writing(.webhookChanged, visit)
        let changed = try await changed { () async throws(StoreFailure) in
            try await sender.register.change(endpoint.id, writing: writing) { endpoint in
                let before = endpoint
                body(&endpoint)
                return endpoint != before
            }
        }
        guard changed != nil else { throw WebhookEndpointsAPI.unknownEndpoint }
        sender.forget(endpoint.id)
    }

    /// Takes over what a form says of an endpoint.
    func change(
        _ endpoint: WebhookStanding, _ form: QueryParameters, _ visit: ConsoleVisit
    ) async throws(Problem) {
        guard let sender else { throw WebhookEndpointsAPI.unknownEndpoint }
        let url = try EndpointChecks.url(form["url"]?.trimmed ?? "", sender.addresses)
        let types = try Self.types(form["events"])
        try await change(endpoint, visit) { $0.change(url: url, types: types) }
    }

    /// Deletes an endpoint with what was delivered there.
    func delete(_ endpoint: WebhookStanding, _ visit: ConsoleVisit) async throws(Problem) {
        guard let known = try await WebhookEndpointsAPI.endpoint(endpoint.id.text, in: store) else {
            throw WebhookEndpointsAPI.unknownEndpoint
        }
        var change = PlatformChange(
            line(
                .webhookDeleted, .init(.webhook, known.id.text), visit, app: known.app,
                before: EndpointTrail.members(known)))
        change.endpoint = .delete(known.id)
        guard try await apply(change) == .done else { throw WebhookEndpointsAPI.unknownEndpoint }
        sender?.forget(known.id)
    }

    /// Writes an endpoint and the line that tells what was changed in one transaction.
    func writing(_ action: AuditAction, _ visit: ConsoleVisit) -> EndpointRegister.Writing {
        { before, after throws(StoreFailure) in
            let (old, new) = EndpointTrail.difference(before, after)
            var change = PlatformChange(
                line(action, .init(.webhook, after.id.text), visit, app: after.app, before: old, after: new))
            change.endpoint = .update(after)
            return try await store.apply(change) == .done
        }
    }

    /// The types that were typed, apart by commas or white space; none for all.
    private static func types(_ text: String?) throws(Problem) -> [String] {
        let names = (text ?? "").split { $0.isWhitespace || $0 == "," || $0 == ";" }.map { $0.lowercased() }
        return try EventTypes.checked(names)
    }
}
