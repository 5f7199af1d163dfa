import Pages
package import Router

/// `/checkout`, which `checkout.js` opens.
///
/// A publishable key may begin hosted payments, and only those.
package struct CheckoutAPI: Sendable {
    let engine: Engine
    let keys: KeyRing
    let reader: OrderReader
    /// How many payments a publishable key may begin.
    let limits: RequestLimits?

    package init(engine: Engine, keys: KeyRing, limits: RequestLimits? = nil) {
        self.engine = engine
        self.limits = limits
        self.keys = keys
        reader = OrderReader(store: engine.store, view: engine.view)
    }

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/checkout.js", limit: .pages) { _ in
            .bytes(Array(Resources.Pay.checkoutJS.utf8), type: "text/javascript; charset=utf-8")
                .with("cache-control", "public, max-age=300").with("x-content-type-options", "nosniff")
        }
        routes.open("GET", "/checkout", limit: .pages) { request throws(Problem) in
            try await open(request, try QueryParameters(request.query, allowed: Self.names), mayCreate: false)
        }
        routes.open("POST", "/checkout", limit: .checkout, work: .create) { request throws(Problem) in
            try await open(request, try Self.form(request), mayCreate: true)
        }
    }

    private static let names: Set<String> = [
        "key", "payment", "amount", "currency", "reference", "description", "channel", "nonce", "lang",
    ]

    private static func form(_ request: APIRequest) throws(Problem) -> QueryParameters {
        guard !request.body.isEmpty else {
            throw Problem(
                .invalidParameter,
                "the body is empty: checkout.js sends a form with key, amount, currency and nonce in the body, not in the "
                    + "address; " + elsewhere)
        }
        return try FormBody.fields(request, allowed: names, elsewhere: elsewhere)
    }

    /// What programs look for that come here.
    private static let elsewhere = "a server makes payments by POST /v1/payments, with its secret key"

    /// Shows the way to the payment's page; a payment is made by `POST` only, so that no preview or prefetch makes one.
    private func open(
        _ request: APIRequest, _ query: QueryParameters, mayCreate: Bool
    ) async throws(Problem) -> APIResponse {
        let language = PayLanguage.chosen(query["lang"], nil, acceptLanguage: request.header("accept-language"))
        if try await isClosed(query["key"]) { return PayFrame.closed(language) }
        guard query["payment"] == nil else {
            throw Problem(
                .invalidParameter,
                "a payment's id opens nothing; give checkout.js the payment's \"hosted_url\" as data-payment")
        }
        let caller = try await caller(query["key"])
        // What cannot be read cannot be compared with what the nonce made before.
        var input = try input(query, caller)
        guard mayCreate else { return confirmation(query, input, language) }
        let nonce = try Self.nonce(query)
        if let problem = limits?.checkOut(caller.app) { throw problem }
        let body: JSONValue = [
            "amount": JSONValue(input.amount.minorUnits), "currency": .string(input.amount.currency.code),
            "reference": JSONValue(input.reference), "description": JSONValue(input.description),
            "channel": JSONValue(query["channel"]),
        ]
        input.shop = caller.shop
        input.origin = .publishableKey
        input.needsAcceptance = try await waitsForShop(caller.app)
        let call = IdempotentCall(key: "checkout-" + nonce, body.withoutNulls, request, caller, engine)
        let wish = input
        let result = try await call.run(.create(.payment)) {
            await engine.create(
                .init(
                    app: caller.app, environment: caller.environment, request: wish, idempotencyKey: call.key,
                    fingerprint: call.fingerprint, requestID: request.id, respondsAsync: false))
        }
        do throws(Problem) {
            let (aggregate, _, _) = try CommandAnswers(view: reader.view).outcome(result)
            return go(to: aggregate, language)
        } catch { throw error.withoutOrder }
    }

    private static func nonce(_ query: QueryParameters) throws(Problem) -> String {
        guard let nonce = query["nonce"], (16...64).contains(nonce.utf8.count),
            nonce.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
        else { throw Problem(.invalidParameter, "nonce must be 16 to 64 digits and small letters") }
        return nonce
    }

    /// Whether the key is right, but its app is disabled.
    private func isClosed(_ key: String?) async throws(Problem) -> Bool {
        do throws(StoreFailure) { return try await keys.standing(key ?? "") == .disabled } catch {
            throw Problem(.unavailable, "keys cannot be looked up now")
        }
    }

    private func caller(_ key: String?) async throws(Problem) -> Caller {
        let found: Caller?
        do throws(StoreFailure) { found = try await keys.caller(key ?? "") } catch {
            throw Problem(.unavailable, "keys cannot be looked up now")
        }
        guard let found, found.role == .publishable else { throw Problem(.unauthorized, Self.fault(of: key, found)) }
        return found
    }

    private static func fault(of key: String?, _ caller: Caller?) -> String {
        guard let key, !key.isEmpty else { return "key is missing: give the app's publishable key (pk_...)" }
        guard caller == nil, !key.hasPrefix("sk_") else {
            return "key is a secret key, which must never stand in a page; give the app's publishable key (pk_...)"
        }
        guard key.hasPrefix("pk_") else { return "key must be a publishable key (pk_...)" }
        return "no app has this publishable key now; `payrouter apps list` shows how the keys begin that are in force"
    }

    /// Whether what a browser begins waits until the app's secret key accepts it.
    private func waitsForShop(_ app: AppID) async throws(Problem) -> Bool {
        do throws(StoreFailure) { return try await engine.store.app(app)?.takesUnaccepted != true } catch {
            throw Problem(.unavailable, "the app cannot be looked up now")
        }
    }

    private static let amounts = "a positive integer of minor units: 5000 is 5000 XOF, or 5.000 TND"
    private static let codes = "an ISO 4217 code such as XOF"

    private func input(_ query: QueryParameters, _ caller: Caller) throws(Problem) -> OrderRequest {
        for (name, what) in [("amount", Self.amounts), ("currency", Self.codes)] where (query[name] ?? "").isEmpty {
            throw Problem(.invalidParameter, "\(name) is missing: give \(what)")
        }
        guard let amount = query["amount"].flatMap({ Int64($0) }) else {
            throw Problem(.invalidParameter, "amount must be \(Self.amounts)")
        }
        let asked = PaymentInput(
            amount: amount, currency: query["currency"] ?? "", channel: query["channel"].map { .init(names: [$0]) },
            reference: query["reference"], description: query["description"], language: query["lang"], hosted: true)
        return try asked.checked(
            knownChannels: engine.served.collecting(.sandbox).union(engine.served.collecting(.production)),
            country: caller.defaultCountry)
    }

    private func go(to aggregate: OrderAggregate, _ language: PayLanguage) -> APIResponse {
        let path = "/pay/\(aggregate.order.id)?t=\(engine.pages.token(aggregate.order) ?? "")&lang=\(language.rawValue)"
        return APIResponse.empty(303).with("location", path).with("cache-control", "no-store")
    }

    /// A form with the amount; with scripts it sends itself.
    private func confirmation(
        _ query: QueryParameters, _ input: OrderRequest, _ language: PayLanguage
    ) -> APIResponse {
        var fields = Dictionary(
            uniqueKeysWithValues: Self.names.compactMap { name in query[name].map { (name, $0) } })
        // A page that was opened without one gets one: its button makes one payment, however often it is pressed.
        if fields["nonce"] == nil { fields["nonce"] = PageNonce.fresh() }
        return PayFrame.response(.checkout, Self.model(fields, input.amount, language), language: language)
    }

    /// What `pay/checkout.mustache` is filled with.
    static func model(_ fields: [String: String], _ amount: Money, _ language: PayLanguage) -> PageModel {
        let inputs = fields.sorted { $0.key < $1.key }
        return [
            "amount": .text(language.texts.amount(amount)), "nonce": .text(fields["nonce"] ?? ""),
            "fields": .list(inputs.map { ["name": .text($0.key), "value": .text($0.value)] }),
        ]
    }
}
