import Router

/// `POST /v1/quotes`: what a transfer would cost, to whom it would go and within which limits, before anything is done.
struct QuotesAPI: Sendable {
    let engine: Engine
    let fees: TransferFees
    let limits: RequestLimits?

    func register(in routes: inout RouteTable) {
        routes.secret("POST", "/v1/quotes") { request, caller throws(Problem) in try await quote(request, caller) }
    }

    private func quote(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let body = try JSONBody.object(request)
        let input = try JSONBody.decode(TransferInput.self, body).checked(
            TransferInput.Channels(engine.served, caller.environment),
            country: caller.defaultCountry)
        let wish = try TransferFees.with(try fees.fee(of: input), input)
        guard let terms = wish.transfer else { throw Problem(.invalidRequest, "from and to are missing") }
        let ends = QuotedEnds(engine: engine, caller: caller, request: wish, terms: terms)
        let (from, to) = (try await ends.from(), try await ends.to())
        let recipient = try await self.recipient(terms, caller, to)
        let quote = Quote(caller, body, fee: wish.fee, at: engine.time.now)
        guard let text = quote.text(engine.sealer) else { throw Problem(.unavailable, "no quote can be sealed now") }
        let (pays, gets) = (terms.debited(wish), terms.credited(wish))
        return .json([
            "object": "quote", "quote": .string(text), "from": Self.json(terms.from, wish.customer),
            "to": Self.json(terms.to, terms.recipient), "amount": JSONValue(wish.amount.minorUnits),
            "currency": .string(wish.amount.currency.code), "fee": JSONValue(wish.fee),
            "fee_payer": .string(terms.feePayer.rawValue), "sender_pays": JSONValue(pays.minorUnits),
            "recipient_gets": JSONValue(gets.minorUnits), "recipient": recipient,
            "limits": ["from": from.json, "to": to.json], "expires_at": .string(quote.expiresAt.description),
        ])
    }

    private static func json(_ end: TransferTerms.End, _ customer: Customer) -> JSONValue {
        [
            "wallet": JSONValue(end.wallet?.text), "channel": JSONValue(end.channel?.text),
            "phone": JSONValue(customer.phone?.masked), "email": JSONValue(customer.email),
            "name": JSONValue(customer.name),
        ]
    }

    /// Whether the recipient is known where the money would go; `null` if nobody tells.
    private func recipient(
        _ terms: TransferTerms, _ caller: Caller, _ end: QuotedEnds.Facts
    ) async throws(Problem) -> JSONValue {
        if terms.to.wallet != nil { return Self.recipient(true, end.holder) }
        guard let channel = terms.to.channel, let phone = terms.recipient.phone else {
            return Self.recipient(nil, nil)
        }
        if let problem = limits?.lookUp(phone, by: caller.app) { throw problem }
        return switch await engine.recipient(phone, on: channel, caller.environment) {
        case .known(let name): Self.recipient(true, name)
        case .unknown: Self.recipient(false, nil)
        case .unanswered, .nobodyTells: Self.recipient(nil, nil)
        }
    }

    private static func recipient(_ isKnown: Bool?, _ name: String?) -> JSONValue {
        ["known": isKnown.map(JSONValue.bool) ?? .null, "name": JSONValue(name.map(NameMask.masked))]
    }
}

/// What is known of both ends of a transfer that is only asked about.
struct QuotedEnds {
    let engine: Engine
    let caller: Caller
    let request: OrderRequest
    let terms: TransferTerms

    /// One end's.
    struct Facts {
        /// The least and the most that its operator takes; `nil` for wallets, which take any amount.
        var amounts: ClosedRange<Int64>?
        /// What can leave the wallet now.
        var available: Int64?
        /// What the wallet may do within a day.
        var perDay: [WalletLimit] = []
        var holder: String?

        var json: JSONValue {
            func day(_ measure: WalletLimit.Measure) -> JSONValue {
                perDay.first { $0.measure == measure }.map {
                    ["most": JSONValue($0.most), "used": JSONValue($0.used)]
                } ?? .null
            }
            return [
                "min": amounts.map { JSONValue($0.lowerBound) } ?? .null,
                "max": amounts.map { JSONValue($0.upperBound) } ?? .null,
                "available": available.map { JSONValue($0) } ?? .null,
                "per_day": ["amount": day(.amount), "count": day(.count)],
            ]
        }
    }

    /// What is known of the sender's end.
    func from() async throws(Problem) -> Facts {
        if let wallet = terms.from.wallet { return try await facts(wallet, leaves: true, .transfer) }
        return try route(terms.from.channel, terms.debited(request), request.customer, .payment)
    }

    /// What is known of the recipient's.
    func to() async throws(Problem) -> Facts {
        // Only what comes from an operator counts as a top-up.
        let counted: WalletOperation? = terms.from.wallet == nil ? .topUp : nil
        if let wallet = terms.to.wallet { return try await facts(wallet, leaves: false, counted) }
        return try route(terms.to.channel, terms.credited(request), terms.recipient, .payout)
    }

    private func facts(
        _ id: WalletID, leaves: Bool, _ operation: WalletOperation?
    ) async throws(Problem) -> Facts {
        let found = try await WalletReader(store: engine.store, time: engine.time).standing(id.text)
        let objection = found.map {
            $0.objection(request.amount, .app(caller.app), environment: caller.environment, leaves: leaves)
        }
        if let reason = objection ?? .missing {
            throw LedgerAnswers.problem(WalletRefusal(id, reason, isSource: leaves), .transfer)
        }
        return Facts(
            available: leaves ? found?.balance.available : nil,
            perDay: (found?.limits ?? []).filter { $0.operation == operation }, holder: found?.wallet.holder.name)
    }

    /// The provider that would probably do it; refused, as the transfer would be, if none can.
    private func route(
        _ channel: PaymentChannel?, _ amount: Money, _ customer: Customer, _ kind: OrderKind
    ) throws(Problem) -> Facts {
        let now = engine.time.now
        let leg = OrderRequest(
            amount: amount, channels: [channel].compactMap { $0 }, customer: customer,
            description: request.description, metadata: request.metadata)
        let decision = engine.explain(leg, kind: kind, app: caller.app, environment: caller.environment, at: now)
        guard let first = decision.plan.first, let runtime = engine.providers[first.provider] else {
            let answers = CommandAnswers(view: engine.view, places: .transfer)
            _ = try answers.outcome(decision.isHopeless ? .noRoute(decision) : .noProviderNow(decision))
            return Facts()
        }
        let limits = runtime.facts(at: now, for: kind.facts.operation).limits(of: amount.currency)
        return Facts(amounts: limits.map { $0.minimum...max($0.minimum, $0.maximum) })
    }
}
