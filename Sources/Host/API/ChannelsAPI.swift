package import Router

/// `GET /v1/channels`: what may be offered to a payer now.
package struct ChannelsAPI: Sendable {
    let engine: Engine

    package init(engine: Engine) { self.engine = engine }

    package func register(in routes: inout RouteTable) {
        routes.anyKey("GET", "/v1/channels") { request, caller throws(Problem) in
            try list(request, caller)
        }
    }

    private func list(_ request: APIRequest, _ caller: Caller) throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["amount", "currency", "phone", "default_country"])
        let country = try DefaultCountry.checked(query) ?? caller.defaultCountry
        let currency = try query.value(
            "currency", "an ISO 4217 code in upper case; " + CurrencyWords.remedy(query["currency"] ?? "")
        ) { Currency(code: $0) }
        let amount = try query.value("amount", "a positive integer of minor units") { text in
            Int64(text).flatMap { (1...9_007_199_254_740_991).contains($0) ? $0 : nil }
        }
        let phone = try query.value("phone", "a phone number such as +22890112233") {
            try? MSISDN(parsing: $0, defaultCountry: country)
        }
        if amount != nil, currency == nil { throw Problem(.invalidParameter, "amount needs currency beside it") }
        let now = engine.time.now
        let facts = currency.map { currency in
            var facts = RouteFacts(
                OrderRequest(amount: Money(amount ?? 0, currency), customer: Customer(phone: phone)), .payment,
                order: OrderID.none(), app: caller.app, environment: caller.environment,
                at: now)
            // Whatever the payer's browser can get from the operator may be offered.
            facts.hasSourceToken = true
            return facts
        }
        var channels: [PaymentChannel: [JSONValue]] = [:]
        var available: Set<PaymentChannel> = []
        for runtime in engine.namedProviders where runtime.environment == caller.environment {
            let provider = runtime.facts(at: now)
            for channel in provider.manifest.channels {
                let objections = facts.map { fitting($0, provider, channel, amount != nil, phone != nil) } ?? []
                guard objections.isEmpty, provider.apps.isEmpty || provider.apps.contains(caller.app) else { continue }
                let isSuitable = phone.flatMap { suits(provider, channel, $0) }
                if provider.takesOrders { available.insert(channel) }
                channels[channel, default: []].append(
                    json(runtime, channel, provider, facts, amount != nil, isSuitable))
            }
        }
        let data = channels.sorted { $0.key < $1.key }.map { channel, providers -> JSONValue in
            [
                "channel": .string(channel.text), "providers": .array(providers),
                "available": .bool(available.contains(channel)),
            ]
        }
        return .json(["object": "list", "data": .array(data)])
    }

    /// Whether a number seems to have a wallet of a channel; `nil` if its prefix does not tell, or does not matter.
    private func suits(_ provider: ProviderFacts, _ channel: PaymentChannel, _ phone: MSISDN) -> Bool? {
        guard let owner = provider.manifest.walletOperator(channel, phone.countryCode),
            let hint = PhoneOperator(of: phone)
        else { return nil }
        return owner == hint.name
    }

    /// Why a provider does not fit; what the query left out does not count.
    private func fitting(
        _ facts: RouteFacts, _ provider: ProviderFacts, _ channel: PaymentChannel, _ hasAmount: Bool, _ hasPhone: Bool
    ) -> [RouteObjection] {
        var facts = facts
        if !hasAmount, let limits = provider.limits(of: facts.amount.currency) {
            facts.amount.minorUnits = limits.minimum
        }
        // Which wallet pays, the payment says.
        let objections = provider.objections(to: facts, channel: channel).filter { $0 != .needs(.sourceWallet) }
        return hasPhone ? objections : objections.filter { !$0.endsWithPhone }
    }

    private func json(
        _ runtime: ProviderRuntime, _ channel: PaymentChannel, _ provider: ProviderFacts, _ facts: RouteFacts?,
        _ hasAmount: Bool, _ suits: Bool?
    ) -> JSONValue {
        let limits = provider.manifest.currencies.compactMap { limits -> JSONObject.Member? in
            guard let limits = provider.limits(of: limits.currency) else { return nil }
            return .init(
                limits.currency.code,
                [
                    "min": JSONValue(limits.minimum), "max": JSONValue(max(limits.minimum, limits.maximum)),
                    "step": JSONValue(limits.step),
                ])
        }
        let fee = hasAmount ? facts.flatMap { provider.fees.fee(of: $0.amount, on: channel) } : nil
        return [
            "provider": .string(runtime.id.text), "limits": .object(JSONObject(limits)),
            "fee": fee.map { JSONValue($0.minorUnits) } ?? .null,
            "health": provider.takesOrders ? "ok" : "unavailable",
            "payer_actions": .array(provider.manifest.payerActions.map { .string($0.rawValue) }),
            "requires": .array(provider.manifest.requires.map(\.rawValue).sorted().map(JSONValue.string)),
            "phone_countries": .array(provider.manifest.phoneCountries.map(JSONValue.string)),
            "description_max_length": JSONValue(Int64(provider.manifest.description.room(after: nil))),
            "order_number_in_description": .bool(provider.manifest.description.followsOrderNumber),
            "suits_phone": suits.map(JSONValue.bool) ?? .null,
        ]
    }
}
