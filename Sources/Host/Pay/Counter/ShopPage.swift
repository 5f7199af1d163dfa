package import Router

/// `/shop/{key}`: the page behind an app's static QR code, and the picture of the code.
package struct ShopPage: Sendable {
    let engine: Engine
    let keys: KeyRing
    let form: CounterForm

    package init(engine: Engine, keys: KeyRing, limits: RequestLimits? = nil) {
        self.engine = engine
        self.keys = keys
        form = CounterForm(engine: engine, limits: limits)
    }

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/shop/{key}", limit: .pages) { request throws(Problem) in
            try await visit(request) { counter, language throws(Problem) in form.show(counter, .init(), language) }
        }
        routes.open("POST", "/shop/{key}", limit: .checkout, work: .create) { request throws(Problem) in
            try await visit(request) { counter, language throws(Problem) in
                try await form.begin(request, counter, language)
            }
        }
        routes.open("GET", "/shop/{key}/qr.svg", limit: .qr) { request throws(Problem) in
            try await picture(request, \.svgAnswer)
        }
        routes.open("GET", "/shop/{key}/qr.png", limit: .qr) { request throws(Problem) in
            try await picture(request, \.pngAnswer)
        }
    }

    /// The address that the code of a key leads to.
    static func url(_ key: String, _ publicURL: String) -> String { "\(publicURL)/shop/\(key)" }

    /// What a key stands for now.
    private enum Found {
        case counter(Counter)
        /// The key is right, but its app is disabled.
        case closed
        /// No such key, or it was revoked.
        case nothing
    }

    private func find(_ request: APIRequest) async throws(Problem) -> Found {
        guard let text = request.parameters["key"], let key = QRKey(text) else { return .nothing }
        let standing: KeyRing.Standing
        do throws(StoreFailure) { standing = try await keys.standing(text) } catch {
            throw Problem(.unavailable, "keys cannot be looked up now")
        }
        switch standing {
        case .disabled: return .closed
        case .valid(let caller) where caller.role == .qr:
            return .counter(
                Counter(
                    app: caller.app, environment: caller.environment, currency: key.currency, shop: caller.shop ?? "",
                    code: key.prefix, defaultCountry: caller.defaultCountry, path: "/shop/\(text)"))
        case .valid, .unknown: return .nothing
        }
    }

    private func visit(
        _ request: APIRequest, _ body: (Counter, PayLanguage) async throws(Problem) -> APIResponse
    ) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["lang"])
        let language = PayLanguage.chosen(query["lang"], nil, acceptLanguage: request.header("accept-language"))
        switch try await find(request) {
        case .counter(let counter): return try await body(counter, language)
        case .closed: return PayFrame.closed(language)
        case .nothing:
            let texts = language.texts
            return PayFrame.notice(texts.linkExpired, texts.linkExpiredText, language, status: 404)
        }
    }

    private func picture(_ request: APIRequest, _ answer: (QRCode) -> APIResponse) async throws(Problem) -> APIResponse
    {
        guard case .counter = try await find(request), let key = request.parameters["key"],
            let code = QRCode(Self.url(key, engine.settings.publicURL))
        else { throw Problem(.notFound, "there is no such QR code") }
        return answer(code).with("cache-control", "no-store")
    }
}
