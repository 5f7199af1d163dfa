package import Router

/// Questions to operators: our balances there, and whether a number is their customer.
package struct QuestionsAPI: Sendable {
    let engine: Engine
    let limits: RequestLimits?
    private let nobodies = PartyMemory()

    package init(engine: Engine, limits: RequestLimits? = nil) {
        self.engine = engine
        self.limits = limits
    }

    package func register(in routes: inout RouteTable) {
        routes.secret("GET", "/v1/balances") { request, caller throws(Problem) in
            _ = try QueryParameters(request.query, allowed: [])
            return await balances(caller)
        }
        routes.secret("GET", "/v1/parties/{phone}") { request, caller throws(Problem) in
            try await party(request, caller)
        }
    }

    /// What is known per provider and currency; providers that cannot be asked now say why.
    private func balances(_ caller: Caller) async -> APIResponse {
        let failures = await engine.refreshBalances(caller.environment, app: caller.app)
        var data: [JSONValue] = []
        for runtime in engine.providers.values.sorted(by: { $0.id < $1.id })
        where runtime.environment == caller.environment
            && (runtime.apps.isEmpty || runtime.apps.contains(caller.app))
        {
            for known in runtime.balances {
                let balance = known.balance
                data.append([
                    "provider": .string(runtime.id.text), "currency": .string(balance.available.currency.code),
                    "available": JSONValue(balance.available.minorUnits),
                    "channels": .array(balance.channels.map { .string($0.text) }),
                    "as_of": .string(known.at.description), "error": JSONValue(failures[runtime.id]),
                ])
            }
            guard runtime.balances.isEmpty, let why = failures[runtime.id] else { continue }
            data.append([
                "provider": .string(runtime.id.text), "currency": .null, "available": .null, "channels": .array([]),
                "as_of": .null, "error": .string(why),
            ])
        }
        return .json(["object": "list", "data": .array(data)])
    }

    private func party(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["channel", "default_country"])
        let country = try DefaultCountry.checked(query) ?? caller.defaultCountry
        let phone: MSISDN
        do throws(MSISDNError) {
            phone = try MSISDN(parsing: request.parameters["phone"] ?? "", defaultCountry: country)
        } catch { throw Problem(.invalidPhone, error.answer) }
        let channel = query["channel"].map { PaymentChannel($0) }
        let served = engine.served.collecting(caller.environment).map(\.text).sorted()
        if let channel, !served.contains(channel.text) {
            throw QueryParameters.unknownWord(channel.text, of: "channel", served)
        }
        // Counted whether the operator has to be asked or not, so that nobody learns more from what is remembered.
        if let problem = limits?.lookUp(phone, by: caller.app) { throw problem }
        let answers = await self.answers(phone, channel, caller.environment)
        guard !answers.isEmpty else {
            throw Problem(.notSupported, "no provider here can tell whether this number is a customer")
        }
        let data = answers.map { answer -> JSONValue in
            var (isCustomer, isActive, name, error) = (JSONValue.null, JSONValue.null, JSONValue.null, JSONValue.null)
            switch answer.finding {
            case .customer(let party):
                (isCustomer, isActive, name) = (true, .bool(party.isActive), JSONValue(party.name.map(NameMask.masked)))
            case .notCustomer: isCustomer = false
            case .couldNotAnswer(let why): error = .string(why)
            }
            return [
                "provider": .string(answer.provider.text), "channel": .string(answer.channel.text),
                "is_customer": isCustomer, "is_active": isActive, "name": name, "error": error,
            ]
        }
        return .json(["object": "list", "phone": .string(phone.masked), "data": .array(data)])
    }

    /// What operators say, or said a while ago of a number that is nobody's customer.
    private func answers(
        _ phone: MSISDN, _ channel: PaymentChannel?, _ environment: PayEnvironment
    ) async -> PartyMemory.Answers {
        let question = PartyMemory.Question(environment: environment, phone: phone, channel: channel)
        if let known = nobodies.answers(to: question, at: engine.time.now) { return known }
        let answers = await engine.party(phone, channel: channel, environment: environment)
        nobodies.keep(answers, to: question, at: engine.time.now)
        return answers
    }
}

/// Shows just enough of a name for a person to recognise it.
enum NameMask {
    /// The first letter of each word, the rest as stars: `K*** A****`.
    static func masked(_ name: String) -> String {
        name.split(separator: " ").map { word in
            String(word.prefix(1)) + String(repeating: "*", count: max(1, min(7, word.count - 1)))
        }
        .joined(separator: " ")
    }
}
