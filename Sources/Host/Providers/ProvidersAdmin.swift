import Router

/// How providers are, and having them take no new orders; on the control socket only.
struct ProvidersAdmin: Sendable {
    let store: any Store
    let tokens: PersonTokens
    let time: any TimeSource
    /// The running router; `nil` where a command works on the data itself.
    let engine: Engine?
    let watch: ExchangeWatch

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/providers/health") { _ throws(Problem) in try await health() }
        routes.open("POST", "/providers/{id}/drain") { request throws(Problem) in try await drain(request) }
        routes.open("POST", "/providers/{id}/resume") { request throws(Problem) in try await resume(request) }
    }

    private func health() async throws(Problem) -> APIResponse {
        guard let engine else {
            throw Problem(
                .unavailable, "no router runs on this data folder, and only the running one knows how providers are")
        }
        let all = try await stored { () async throws(StoreFailure) in
            try await ProviderHealthReader(engine: engine, watch: watch).all()
        }
        return .json(["object": "list", "data": .array(all.map(\.json))])
    }

    private struct Input: Decodable {
        var person: String
        var token: String
        var reason: String?

        enum CodingKeys: String, CodingKey {
            case token, reason
            case person = "as"
        }
    }

    private func drain(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let (id, input) = try await asked(request)
        let reason = input.reason?.trimmed
        guard reason.map({ (1...200).contains($0.unicodeScalars.count) }) ?? true else {
            throw Problem(.invalidRequest, "/reason: expected 1 to 200 characters")
        }
        let wish = ProviderDrain(since: time.now, by: input.person, reason: reason)
        guard let engine else { return Self.answer(id, try await drainStored(id, wish)) }
        let drain = try await stored { () async throws(StoreFailure) in try await engine.drain(id, wish) }
        guard let drain else { throw Self.unknown(id, engine) }
        return Self.answer(id, drain)
    }

    /// What the next router finds.
    private func drainStored(_ id: ProviderID, _ wish: ProviderDrain) async throws(Problem) -> ProviderDrain {
        try await stored { () async throws(StoreFailure) in
            if let known = try await StoredDrains.all(in: store)[id] { return known }
            try await StoredDrains.set(wish, of: id, in: store)
            return wish
        }
    }

    private func resume(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let (id, input) = try await asked(request)
        guard let engine else {
            try await stored { () async throws(StoreFailure) in try await StoredDrains.set(nil, of: id, in: store) }
            return Self.answer(id, nil)
        }
        let known = try await stored { () async throws(StoreFailure) in try await engine.resume(id, by: input.person) }
        guard known != nil else { throw Self.unknown(id, engine) }
        return Self.answer(id, nil)
    }

    private func asked(_ request: APIRequest) async throws(Problem) -> (ProviderID, Input) {
        let text = request.parameters["id"] ?? ""
        guard ProviderID.isValid(text) else { throw Problem(.notFound, "there is no provider \"\(text)\"") }
        let input = try JSONBody.decode(Input.self, try JSONBody.object(request))
        _ = try await tokens.person(input.person, input.token, in: store)
        return (ProviderID(text), input)
    }

    private static func unknown(_ id: ProviderID, _ engine: Engine) -> Problem {
        let names = engine.providers.keys.map(\.text).sorted()
        let question = NearestName.question(id.text, among: names).map { $0 + " " } ?? ""
        return Problem(.notFound, "no provider is named \"\(id)\"; \(question)`payrouter providers health` shows them")
    }

    private static func answer(_ id: ProviderID, _ drain: ProviderDrain?) -> APIResponse {
        .json(["object": "provider", "id": .string(id.text), "drain": drain.map(\.json) ?? .null])
    }

    private func stored<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            throw Problem(.unavailable, "the store cannot do this now: \(error)")
        }
    }
}
