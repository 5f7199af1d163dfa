package import Router

/// `/v1/transfers`: money from one wallet to another, of the platform's own or of operators.
package struct TransfersAPI: Sendable {
    let engine: Engine
    let fees: TransferFees
    let limits: RequestLimits?
    let reader: OrderReader
    let answers: CommandAnswers

    package init(engine: Engine, fees: TransferFees, limits: RequestLimits? = nil) {
        self.engine = engine
        self.fees = fees
        self.limits = limits
        reader = OrderReader(store: engine.store, view: engine.view)
        answers = CommandAnswers(view: engine.view, places: .transfer)
    }

    package func register(in routes: inout RouteTable) {
        routes.secret("POST", "/v1/transfers", bodyLimit: BodyLimit.withMetadata, work: .create) {
            request, caller throws(Problem) in
            try await create(request, caller)
        }
        routes.secret("GET", "/v1/transfers", work: .list) { request, caller throws(Problem) in
            try await reader.list(
                request.query, .transfer, app: caller.app, environment: caller.environment,
                country: caller.defaultCountry)
        }
        routes.secret("GET", "/v1/transfers/{id}") { request, caller throws(Problem) in
            let transfer = try await reader.own(request, caller, .transfer)
            return .json(bytes: try await reader.whole(try await reader.awaited(transfer, request, engine)))
        }
        routes.secret("POST", "/v1/transfers/{id}/cancel") { request, caller throws(Problem) in
            try await cancel(try await reader.own(request, caller, .transfer))
        }
        QuotesAPI(engine: engine, fees: fees, limits: limits).register(in: &routes)
    }

    private func create(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let call = try IdempotentCall(request, caller, engine)
        let result = try await call.run(.create(.transfer)) { () async throws(Problem) in
            var input = try asked(call.body, caller)
            input.callersRequestID = request.callersRequestID
            input.shop = caller.shop
            let result = await engine.transfer(
                .init(
                    app: caller.app, environment: caller.environment, request: input, idempotencyKey: call.key,
                    fingerprint: call.fingerprint, requestID: request.id, respondsAsync: request.prefersAsync))
            // Numbers cannot be gone through by asking for transfers to them.
            if case .recipientUnknown = result, let phone = input.transfer?.recipient.phone,
                let problem = limits?.lookUp(phone, by: caller.app)
            {
                throw problem
            }
            return result
        }
        return try answers.respond(result, to: request, location: true)
    }

    /// The member that stands alone, or beside those of ``TransferInput``.
    static let quote = "quote"

    /// The request with its fee: the quoted one, or the one that is configured now.
    private func asked(_ body: JSONValue, _ caller: Caller) throws(Problem) -> OrderRequest {
        let known = TransferInput.Channels(engine.served, caller.environment)
        guard var rest = body.objectValue, let given = rest[Self.quote], given != .null else {
            let request = try JSONBody.decode(TransferInput.self, body, beside: [Self.quote])
                .checked(known, country: caller.defaultCountry)
            return try TransferFees.with(try fees.fee(of: request), request)
        }
        guard let text = given.stringValue else {
            let issue = JSONIssue(
                pointer: "/quote", code: "wrong_type", detail: "expected the quote of an answer to POST /v1/quotes")
            throw Problem(.invalidRequest, issue.description, errors: [issue])
        }
        let quote = try Quote(text, caller, engine.sealer, at: engine.time.now)
        rest[Self.quote] = nil
        guard quote.fits(rest) else { throw Quote.refused("is about something else than the members beside it") }
        let request = try JSONBody.decode(TransferInput.self, quote.body)
            .checked(known, country: caller.defaultCountry)
        return try TransferFees.with(quote.fee, request)
    }

    private func cancel(_ transfer: OrderAggregate) async throws(Problem) -> APIResponse {
        let id = transfer.order.id
        let (wished, isPossible): (OrderAggregate?, Bool)
        do throws(StoreFailure) { (wished, isPossible) = try await engine.cancelTransfer(id) } catch {
            throw Problem(
                .unavailable, "whether the wish to cancel was stored is not known; cancel again", outcome: .unknown)
        }
        let now = wished ?? transfer
        guard isPossible else {
            let status = now.order.status
            throw Problem(
                .paymentStateConflict,
                status.isFinal
                    ? "the transfer is \(status.rawValue); there is nothing left to cancel"
                    : "the sender's money was taken already: the transfer goes on until the recipient has it or, if that "
                        + "cannot be, the sender has it back",
                payment: id)
        }
        return .json(bytes: reader.view.bytes(now))
    }
}

extension TransferInput.Channels {
    /// Those that are served in an environment.
    init(_ served: ServedChannels, _ environment: PayEnvironment) {
        self.init(paying: served.collecting(environment), paid: served.payingOut(environment))
    }
}
