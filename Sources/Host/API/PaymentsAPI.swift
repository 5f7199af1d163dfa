package import Router

/// `/v1/payments` and what hangs below it.
package struct PaymentsAPI: Sendable {
    let engine: Engine
    let keys: KeyRing
    let view: OrderView
    let reader: OrderReader
    let answers: CommandAnswers
    let followUps: FollowUpsAPI

    package init(engine: Engine, keys: KeyRing) {
        self.engine = engine
        self.keys = keys
        view = engine.view
        reader = OrderReader(store: engine.store, view: view)
        answers = CommandAnswers(view: view)
        followUps = FollowUpsAPI(engine: engine, reader: reader, answers: answers)
    }

    package func register(in routes: inout RouteTable) {
        routes.secret("POST", "/v1/payments", bodyLimit: BodyLimit.withLineItems, work: .create) {
            request, caller throws(Problem) in
            try await create(request, caller)
        }
        routes.secret("GET", "/v1/payments", work: .list) { request, caller throws(Problem) in
            return try await reader.list(
                request.query, app: caller.app, environment: caller.environment, country: caller.defaultCountry)
        }
        routes.secret("GET", "/v1/payments/{id}") { request, caller throws(Problem) in
            try await read(request, caller)
        }
        routes.secret("POST", "/v1/payments/{id}/confirm") { request, caller throws(Problem) in
            try await confirm(request, caller)
        }
        routes.secret("POST", "/v1/payments/{id}/check") { request, caller throws(Problem) in
            try await check(request, caller)
        }
        routes.secret("POST", "/v1/payments/{id}/cancel") { request, caller throws(Problem) in
            try await cancel(request, caller)
        }
        AcceptanceAPI(engine: engine, reader: reader, answers: answers).register(in: &routes)
        followUps.register(in: &routes)
        routes.secret("POST", "/v1/routes/explain", bodyLimit: BodyLimit.withLineItems) {
            request, caller throws(Problem) in
            try explain(request, caller)
        }
        routes.open("GET", "/v1/payments/{id}/qr.svg", limit: .qr) { request throws(Problem) in
            try await qr(request, drawn: \.svgAnswer, given: \.svgAnswer)
        }
        routes.open("GET", "/v1/payments/{id}/qr.png", limit: .qr) { request throws(Problem) in
            try await qr(request, drawn: \.pngAnswer, given: \.pngAnswer)
        }
    }

    private func read(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let aggregate = try await reader.awaited(try await own(request, caller), request, engine)
        return .json(bytes: try await reader.whole(aggregate))
    }

    private func create(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let call = try IdempotentCall(request, caller, engine)
        let result = try await call.run(.create(.payment)) { () async throws(Problem) in
            var input = try PaymentInput.read(call.body)
                .checked(knownChannels: engine.served.collecting(caller.environment), country: caller.defaultCountry)
            input.callersRequestID = request.callersRequestID
            input.shop = caller.shop
            // Nobody is named: the payment waits until a holder signs in and agrees.
            if input.channels == [PaymentInput.walletChannel], input.wallet == nil,
                engine.settings.holders == caller.environment
            {
                input.isHosted = true
            }
            return await engine.create(
                .init(
                    app: caller.app, environment: caller.environment, request: input, idempotencyKey: call.key,
                    fingerprint: call.fingerprint, requestID: request.id, respondsAsync: request.prefersAsync))
        }
        return try answers.respond(result, to: request, location: true)
    }

    private func explain(_ request: APIRequest, _ caller: Caller) throws(Problem) -> APIResponse {
        let input = try PaymentInput.read(try JSONBody.object(request))
            .checked(knownChannels: engine.served.collecting(caller.environment), country: caller.defaultCountry)
        let decision = engine.explain(
            input, app: caller.app, environment: caller.environment, at: engine.time.now)
        return .json(decision.json)
    }

    private func confirm(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let call = try IdempotentCall(request, caller, engine)
        let result = try await call.run(request.payment.map { .confirm($0) }) { () async throws(Problem) in
            let input = try JSONBody.decode(ConfirmInput.self, call.body)
            let expected = try AcceptanceAPI.expected(input.amount, input.currency)
            return await engine.confirm(
                .init(
                    aggregate: try await own(request, caller),
                    confirmation: Confirmation(code: Secret(input.code), operatorPaymentID: input.operatorPaymentID),
                    accepting: expected, idempotencyKey: call.key, fingerprint: call.fingerprint,
                    requestID: request.id))
        }
        return try answers.respond(result, to: request, location: false)
    }

    struct ConfirmInput: Decodable {
        var code: String
        var operatorPaymentID: String?
        var amount: Int64?
        var currency: String?

        enum CodingKeys: String, CodingKey {
            case code, amount, currency
            case operatorPaymentID = "operator_payment_id"
        }
    }

    private func check(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        switch await engine.checkNow(try await own(request, caller)) {
        case .checked(let aggregate): return .json(bytes: view.bytes(aggregate))
        case .known(let aggregate, let next):
            let seconds = max(1, (next.milliseconds(since: engine.time.now) + 999) / 1_000)
            return .json(bytes: view.bytes(aggregate)).with("retry-after", String(seconds))
        case .tooOften(let moment):
            let seconds = max(1, (moment.milliseconds(since: engine.time.now) + 999) / 1_000)
            throw Problem(
                .tooManyRequests, "the operator allows no further check now",
                headers: [(name: "retry-after", value: String(seconds))])
        case .unavailable: throw Problem(.unavailable, "the payment cannot be read now")
        }
    }

    private func cancel(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let aggregate = try await own(request, caller)
        if let transfer = aggregate.order.parent {
            throw Problem(
                .paymentStateConflict,
                "the payment is a part of \(transfer), which alone decides about its money; POST /v1/transfers/\(transfer)/cancel",
                payment: aggregate.order.id)
        }
        if aggregate.order.isAuthorized || aggregate.order.decision?.kind == .void {
            return try await followUps.release(aggregate, request)
        }
        guard aggregate.order.outcome != .succeeded, aggregate.order.outcome != .failed else {
            throw Problem(
                .paymentFinal, "the payment is \(aggregate.order.status.rawValue)", payment: aggregate.order.id)
        }
        do throws(StoreFailure) {
            let changed = try await engine.cancel(aggregate.order.id)
            return .json(bytes: view.bytes(changed ?? aggregate))
        } catch {
            throw Problem(
                .unavailable, "whether the wish to cancel was stored is not known; cancel again", outcome: .unknown)
        }
    }

    private func own(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> OrderAggregate {
        try await reader.own(request, caller)
    }

    /// QR codes have no key of their own: who knows the payment's id may see what its payer sees.
    private func qr(
        _ request: APIRequest, drawn: (QRCode) -> APIResponse, given: (GivenPicture) -> APIResponse
    ) async throws(Problem) -> APIResponse {
        guard let aggregate = try await reader.aggregate(request.parameters["id"]),
            let content = aggregate.order.qrContent
        else {
            throw Problem(.notFound, "this payment shows no QR code now")
        }
        // Of a disabled app there is nothing to pay.
        guard try await keys.isOpen(aggregate.order.app) else {
            throw Problem(.notFound, "this payment shows no QR code now")
        }
        if let picture = GivenPicture(content) { return given(picture).with("cache-control", "no-store") }
        guard let code = QRCode(content) else { throw Problem(.notFound, "the content does not fit a QR code") }
        return drawn(code).with("cache-control", "no-store")
    }
}

extension Order {
    /// What the payer's QR code holds at present.
    var qrContent: String? {
        guard !status.isFinal else { return nil }
        for case .showQR(let content) in nextActions { return content }
        return nil
    }
}
