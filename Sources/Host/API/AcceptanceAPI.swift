import Router

/// `POST /v1/payments/{id}/accept`: the shop says what it expects of a payment that a browser began.
struct AcceptanceAPI: Sendable {
    let engine: Engine
    let reader: OrderReader
    let answers: CommandAnswers

    func register(in routes: inout RouteTable) {
        routes.secret("POST", "/v1/payments/{id}/accept") { request, caller throws(Problem) in
            try await accept(request, caller)
        }
    }

    struct AcceptInput: Decodable {
        var amount: Int64
        var currency: String
    }

    private func accept(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let call = try IdempotentCall(request, caller, engine)
        let result = try await call.run(request.payment.map { .accept($0) }) { () async throws(Problem) in
            let input = try JSONBody.decode(AcceptInput.self, call.body)
            guard let amount = try Self.expected(input.amount, input.currency) else {
                throw Problem(.invalidRequest, "amount and currency are required")
            }
            return await engine.accept(
                .init(
                    payment: try await reader.own(request, caller).order.id, amount: amount, idempotencyKey: call.key,
                    fingerprint: call.fingerprint, requestID: request.id))
        }
        return try answers.respond(result, to: request, location: false)
    }

    /// What a shop expects a payment to be about; `nil` if it does not say.
    static func expected(_ amount: Int64?, _ currency: String?) throws(Problem) -> Money? {
        guard amount != nil || currency != nil else { return nil }
        var checks = InputChecks()
        checks.amount(amount, "/amount")
        checks.check(amount != nil, "/amount", "must stand beside currency")
        checks.check(currency != nil, "/currency", "must stand beside amount")
        try checks.done()
        guard let amount, let currency else { return nil }
        guard let known = Currency(code: currency) else {
            throw Problem(
                .unsupportedCurrency, CurrencyWords.fault(currency),
                errors: [
                    JSONIssue(
                        pointer: "/currency", code: "unknown_currency", detail: CurrencyWords.remedy(currency))
                ])
        }
        return Money(amount, known)
    }
}
