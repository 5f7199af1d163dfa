import Router

/// Refunds, captures and releases: what hangs below a payment that has its money.
struct FollowUpsAPI: Sendable {
    let engine: Engine
    let reader: OrderReader
    let answers: CommandAnswers

    func register(in routes: inout RouteTable) {
        routes.secret("POST", "/v1/payments/{id}/capture", work: .create) { request, caller throws(Problem) in
            try await capture(request, caller)
        }
        routes.secret("POST", "/v1/payments/{id}/refunds", bodyLimit: BodyLimit.withMetadata, work: .create) {
            request, caller throws(Problem) in
            try await refund(request, caller)
        }
        routes.secret("GET", "/v1/payments/{id}/refunds", work: .list) { request, caller throws(Problem) in
            let payment = try await reader.own(request, caller)
            return try await reader.list(
                request.query, .refund, parent: payment.order.id, app: caller.app, environment: caller.environment)
        }
        routes.secret("GET", "/v1/refunds", work: .list) { request, caller throws(Problem) in
            return try await reader.list(
                request.query, .refund, app: caller.app, environment: caller.environment)
        }
        routes.secret("GET", "/v1/refunds/{id}") { request, caller throws(Problem) in
            let aggregate = try await reader.own(request, caller, .refund)
            return .json(bytes: try await reader.whole(try await reader.awaited(aggregate, request, engine)))
        }
    }

    struct RefundInput: Decodable {
        var amount: Int64?
        var reference: String?
        var reason: String?
        var metadata: [String: String]?
    }

    private func refund(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let call = try IdempotentCall(request, caller, engine, mayBeEmpty: true)
        let result = try await call.run(request.payment.map { .follow(.refund, of: $0) }) {
            () async throws(Problem) in
            let input = try JSONBody.decode(RefundInput.self, call.body)
            var checks = InputChecks()
            checks.amount(input.amount, "/amount")
            checks.text(input.reference, 100, "/reference")
            checks.text(input.reason, DescriptionFacts.longest, "/reason")
            checks.metadata(input.metadata, "/metadata")
            try checks.done()
            let payment = try await reader.own(request, caller).order
            return await engine.follow(
                .init(
                    .refund, of: payment.id, amount: input.amount.map { Money($0, payment.request.amount.currency) },
                    reference: input.reference, description: input.reason, metadata: input.metadata ?? [:],
                    idempotencyKey: call.key, fingerprint: call.fingerprint, requestID: request.id,
                    callersRequestID: request.callersRequestID, respondsAsync: request.prefersAsync))
        }
        return try answers.respond(result, to: request, location: true)
    }

    struct CaptureInput: Decodable { var amount: Int64? }

    private func capture(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let call = try IdempotentCall(request, caller, engine, mayBeEmpty: true)
        let result = try await call.run(request.payment.map { .follow(.capture, of: $0) }) {
            () async throws(Problem) in
            let input = try JSONBody.decode(CaptureInput.self, call.body)
            var checks = InputChecks()
            checks.amount(input.amount, "/amount")
            try checks.done()
            let payment = try await reader.own(request, caller).order
            return await engine.follow(
                .init(
                    .capture, of: payment.id, amount: input.amount.map { Money($0, payment.request.amount.currency) },
                    idempotencyKey: call.key, fingerprint: call.fingerprint, requestID: request.id,
                    callersRequestID: request.callersRequestID, respondsAsync: request.prefersAsync))
        }
        return try await answerPayment(result, request)
    }

    /// Releases what a payment holds.
    ///
    /// One release is enough: a repeated wish finds the one under way; after a refused one it is a new wish.
    func release(_ aggregate: OrderAggregate, _ request: APIRequest) async throws(Problem) -> APIResponse {
        let refused = aggregate.order.followUps.count { $0.kind == .void && !$0.holdsAmount }
        let result = await engine.follow(
            .init(
                .void, of: aggregate.order.id, idempotencyKey: "release-\(refused)", fingerprint: [],
                requestID: request.id,
                callersRequestID: request.callersRequestID, respondsAsync: request.prefersAsync))
        return try await answerPayment(result, request, shows: 200)
    }

    /// Answers with the payment as it is after a capture or release.
    private func answerPayment(
        _ result: Engine.CommandResult, _ request: APIRequest, shows fixed: Int? = nil
    ) async throws(Problem) -> APIResponse {
        let (_, idempotencyRecord, status) = try answers.outcome(result)
        guard let payment = try await reader.aggregate(request.parameters["id"]) else {
            throw Problem(.notFound, "there is no such payment")
        }
        let shown = fixed ?? (status == 202 ? 202 : 200)
        return answers.answer(
            payment, fixed == nil ? idempotencyRecord : nil, to: request, status: shown, location: false)
    }
}
