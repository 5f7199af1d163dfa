package import Router

/// `/v1/payouts`: money out to customers.
package struct PayoutsAPI: Sendable {
    let engine: Engine
    let reader: OrderReader
    let answers: CommandAnswers

    package init(engine: Engine) {
        self.engine = engine
        let view = engine.view
        reader = OrderReader(store: engine.store, view: view)
        answers = CommandAnswers(view: view, places: .payout)
    }

    package func register(in routes: inout RouteTable) {
        routes.secret("POST", "/v1/payouts", bodyLimit: BodyLimit.withMetadata, work: .create) {
            request, caller throws(Problem) in
            try await create(request, caller)
        }
        routes.secret("GET", "/v1/payouts", work: .list) { request, caller throws(Problem) in
            return try await reader.list(
                request.query, .payout, app: caller.app, environment: caller.environment,
                country: caller.defaultCountry)
        }
        routes.secret("GET", "/v1/payouts/{id}") { request, caller throws(Problem) in
            let aggregate = try await reader.own(request, caller, .payout)
            return .json(
                bytes: try await reader.whole(try await reader.awaited(aggregate, request, engine), withGoods: true))
        }
    }

    private func create(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let call = try IdempotentCall(request, caller, engine)
        let result = try await call.run(.create(.payout)) { () async throws(Problem) in
            var input = try JSONBody.decode(PayoutInput.self, call.body).checked(
                knownChannels: engine.served.payingOut(caller.environment), country: caller.defaultCountry)
            input.callersRequestID = request.callersRequestID
            input.shop = caller.shop
            return await engine.create(
                .init(
                    kind: .payout, app: caller.app, environment: caller.environment, request: input,
                    idempotencyKey: call.key, fingerprint: call.fingerprint, requestID: request.id,
                    respondsAsync: request.prefersAsync))
        }
        return try answers.respond(result, to: request, location: true)
    }
}
