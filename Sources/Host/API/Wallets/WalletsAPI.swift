package import Router

/// `/v1/wallets`: purses of the platform's own.
package struct WalletsAPI: Sendable {
    let engine: Engine
    let reader: WalletReader
    let view: WalletView

    package init(engine: Engine) {
        self.engine = engine
        reader = WalletReader(store: engine.store, time: engine.time)
        view = WalletView(publicURL: engine.settings.publicURL)
    }

    package func register(in routes: inout RouteTable) {
        routes.secret("POST", "/v1/wallets", work: .create) { request, caller throws(Problem) in
            try await create(request, caller)
        }
        routes.secret("GET", "/v1/wallets", work: .list) { request, caller throws(Problem) in
            try await reader.list(request.query, app: caller.app, environment: caller.environment, view)
        }
        routes.secret("GET", "/v1/wallets/{id}") { request, caller throws(Problem) in
            .json(view.json(try await reader.own(request, caller)))
        }
        for (name, change) in [("freeze", .freeze), ("unfreeze", .unfreeze), ("close", .close)]
            as [(String, WalletChange)]
        {
            routes.secret("POST", "/v1/wallets/{id}/\(name)") { request, caller throws(Problem) in
                let wallet = try await reader.own(request, caller).wallet
                return .json(view.json(try await reader.change(wallet.id, change)))
            }
        }
        routes.secret("PUT", "/v1/wallets/{id}/limits") { request, caller throws(Problem) in
            let wallet = try await reader.own(request, caller).wallet
            let limits = try WalletLimitsInput.limits(try JSONBody.object(request))
            return .json(view.json(try await reader.change(wallet.id, .limits(limits))))
        }
        routes.open("GET", "/v1/wallets/{id}/qr.svg", limit: .qr) { request throws(Problem) in
            try await qr(request, \.svgAnswer)
        }
        routes.open("GET", "/v1/wallets/{id}/qr.png", limit: .qr) { request throws(Problem) in
            try await qr(request, \.pngAnswer)
        }
    }

    /// The currencies in which somebody keeps wallets.
    private func currencies(_ caller: Caller) -> [Currency] {
        let providers = engine.namedProviders.filter {
            $0.environment == caller.environment && $0.manifest.requires.contains(.wallet)
                && ($0.apps.isEmpty || $0.apps.contains(caller.app))
        }
        return Set(providers.flatMap { $0.manifest.currencies.map(\.currency) }).sorted { $0.code < $1.code }
    }

    /// Makes a wallet; the store binds the key with it.
    ///
    /// Whatever is wrong with the body is said before the key is looked up: an accepted one was right.
    private func create(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let key = try JSONBody.idempotencyKey(request)
        let body = try JSONBody.object(request)
        let input = try JSONBody.decode(WalletInput.self, body)
        let checked = try input.checked(currencies: currencies(caller), country: caller.defaultCountry)
        let now = engine.time.now
        let wallet = Wallet(
            id: WalletID(at: now, from: SystemRandom()), app: caller.app, environment: caller.environment,
            owner: checked.owner, purpose: checked.purpose, currency: checked.currency, reference: input.reference,
            holder: checked.holder, idempotencyKey: key, fingerprint: JSONBody.fingerprint(request, body),
            requestID: request.id, createdAt: now)
        let inserted: WalletInserted
        do throws(StoreFailure) { inserted = try await engine.store.insert(wallet) } catch {
            engine.observer.record(.storeFailed(error))
            throw Problem(
                .unavailable,
                "whether the wallet was stored is not known; send the same request again, with the same key",
                outcome: .unknown)
        }
        switch inserted {
        case .done(let standing):
            return .json(view.json(standing), status: 201).with("location", "/v1/wallets/\(standing.wallet.id)")
        case .known(let standing) where standing.wallet.fingerprint != wallet.fingerprint:
            throw Problem(
                .idempotencyKeyReused, "the key was first used for another request",
                extra: [("wallet", .string(standing.wallet.id.text))])
        case .known(let standing):
            return .json(view.json(standing), status: 201).with("location", "/v1/wallets/\(standing.wallet.id)")
                .with("idempotent-replayed", "true")
                .with("idempotency-key", request.header("idempotency-key") ?? "")
                .with("original-request-id", standing.wallet.requestID.text)
        }
    }

    /// The lasting code of a wallet: the address of its page, and no amount.
    private func qr(_ request: APIRequest, _ answer: (QRCode) -> APIResponse) async throws(Problem) -> APIResponse {
        guard let standing = try await reader.standing(request.parameters["id"]), standing.balance.state != .closed,
            let code = QRCode(view.pageURL(standing.wallet.id))
        else { throw Problem(.notFound, "there is no such wallet") }
        return answer(code).with("cache-control", "no-store")
    }
}
