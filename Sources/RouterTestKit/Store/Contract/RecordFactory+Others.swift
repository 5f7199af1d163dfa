import Router
import WebText

extension RecordFactory {
    func message(
        provider: ProviderID? = nil, dedupKey: String? = nil, trust: InboxMessage.Trust? = nil,
        attempt: AttemptID? = nil, receivedAt: Moment? = nil, state: InboxMessage.State? = nil
    ) -> InboxMessage {
        let callback = InboundCallback(
            method: pick(["GET", "POST", "PUT"]), pathRest: text(), query: text(),
            headers: several(0...4) { header() }, body: body(), peer: "192.0.2.\(number(1...254))")
        return InboxMessage(
            id: id(), provider: provider ?? self.provider(), dedupKey: dedupKey ?? Hex.text(bytes(16...16)),
            trust: trust ?? pick(InboxMessage.Trust.allCases),
            subject: sometimes(flip() ? .reference(text()) : .operatorReference(text())), attempt: attempt,
            callback: trust == .stranger && attempt == nil ? nil : callback, receivedAt: receivedAt ?? moment(),
            state: state ?? .open(retryAt: moment()))
    }

    func app() -> App {
        let id: AppID = id()
        // A name belongs to one app.
        var app = App(id: id, name: text() + id.text, isEnabled: flip(), createdAt: moment())
        app.takesUnaccepted = flip()
        app.defaultCountry = sometimes(pick(["TG", "BJ", "NG"]))
        return app
    }

    /// A developer's app.
    func app(of owner: AccountID) -> App {
        var app = app()
        app.owner = owner
        app.about = sometimes(text())
        app.phone = sometimes(phone()) ?? nil
        app.wallet = sometimes(id())
        return app
    }

    func key(of app: AppID) -> AppKey {
        AppKey(
            hash: bytes(32...32), app: app, role: pick([.secret, .publishable, .qr]), environment: environment(),
            prefix: text(), createdAt: moment(), expiresAt: sometimes(moment()), lastUsedAt: sometimes(moment()))
    }

    func endpoint(
        app: AppID? = nil, environment: PayEnvironment? = nil, types: [String]? = nil, isEnabled: Bool = true
    ) -> WebhookEndpoint {
        var endpoint = WebhookEndpoint(
            id: id(), app: app ?? id(), environment: environment ?? self.environment(), url: text(),
            types: types ?? several(0...3) { text() }, secrets: several(1...2) { Secret(text()) }, isEnabled: isEnabled,
            createdAt: moment())
        endpoint.oldSecretsExpireAt = sometimes(moment())
        endpoint.oldSecretsExpiries = several(0...3) { moment() }
        endpoint.disabledReason = sometimes(text())
        endpoint.failingSince = sometimes(moment())
        endpoint.replayedAt = sometimes(moment())
        return endpoint
    }

    func attempt() -> Delivery.Try {
        Delivery.Try(
            at: moment(), status: sometimes(number(100...599)), detail: text(), milliseconds: Int64(number(0...15_000)))
    }
}
