package import Router

/// `/v1/billers`: who can be paid by an account number, and what is owed there.
package struct BillersAPI: Sendable {
    let engine: Engine
    let limits: RequestLimits?

    package init(engine: Engine, limits: RequestLimits? = nil) {
        self.engine = engine
        self.limits = limits
    }

    package func register(in routes: inout RouteTable) {
        routes.secret("GET", "/v1/billers") { request, caller throws(Problem) in
            _ = try QueryParameters(request.query, allowed: [])
            let billers = engine.billers(caller.environment, app: caller.app).compactMap(json)
            return .json(["object": "list", "data": .array(billers)])
        }
        routes.secret("POST", "/v1/billers/{provider}/look_up") { request, caller throws(Problem) in
            try await lookUp(request, caller)
        }
    }

    private func json(_ biller: ProviderRuntime) -> JSONValue? {
        guard let payout = biller.manifest.payout, let facts = payout.biller else { return nil }
        let now = engine.time.now
        let seen = biller.facts(at: now, for: .payout)
        let limits = payout.currencies.compactMap { limits -> JSONObject.Member? in
            guard let limits = seen.limits(of: limits.currency, for: .payout) else { return nil }
            return .init(
                limits.currency.code,
                [
                    "min": JSONValue(limits.minimum), "max": JSONValue(max(limits.minimum, limits.maximum)),
                    "step": JSONValue(limits.step),
                ])
        }
        return [
            "id": .string(biller.id.text), "channels": .array(payout.channels.map { .string($0.text) }),
            "currencies": .array(limits.map { .string($0.name) }), "limits": .object(JSONObject(limits)),
            "account": ["name": .string(facts.accountName), "pattern": .string(facts.account.pattern)],
            "hands_over_goods": .bool(facts.handsOverGoods),
            "looks_up": .bool(biller.provider is any BillLookingUp),
            "health": seen.isHealthy ? "ok" : "unavailable",
        ]
    }

    /// The body of a look-up.
    struct LookUpInput: Decodable {
        var account: String
        var channel: String?

        enum CodingKeys: String, CodingKey { case account, channel }
    }

    private func lookUp(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let name = request.parameters["provider"] ?? ""
        guard
            let biller = engine.billers(caller.environment, app: caller.app).first(where: { $0.id.text == name }),
            let payout = biller.manifest.payout, let facts = payout.biller, let first = payout.channels.first
        else { throw Problem(.notFound, "there is no such biller; GET /v1/billers lists them") }
        let input = try JSONBody.decode(LookUpInput.self, try JSONBody.object(request))
        var checks = InputChecks()
        checks.check(
            facts.account.fits(input.account), "/account",
            "expected a \(facts.accountName) of the form \(facts.account.pattern)")
        try checks.done()
        let channel = input.channel.map { PaymentChannel($0) } ?? first
        guard payout.channels.contains(channel) else {
            let known = payout.channels.map(\.text).joined(separator: ", ")
            throw Problem(
                .unknownChannel, "the biller is not paid on this channel, but on \(known)",
                errors: [JSONIssue(pointer: "/channel", code: "unknown_channel", detail: "expected one of \(known)")])
        }
        if let problem = limits?.lookUp(input.account, at: biller.id, by: caller.app) { throw problem }
        guard let finding = await engine.bill(input.account, at: biller, on: channel) else {
            throw Problem(.notSupported, "this biller tells nothing before it is paid")
        }
        return .json(answer(finding, biller, channel, input.account))
    }

    private func answer(
        _ finding: BillFinding, _ biller: ProviderRuntime, _ channel: PaymentChannel, _ account: String
    ) -> JSONValue {
        var (result, name, error) = (LookUpResult?.none, String?.none, String?.none)
        var bill = OwedBill()
        switch finding {
        case .bill(let owed): (result, name, bill) = (.bill, owed.customerName, owed)
        case .unknownAccount: result = .unknownAccount
        case .nothingOwed(let customer): (result, name) = (.nothingOwed, customer)
        case .couldNotAnswer(let why): error = why
        }
        let currency = (bill.amount ?? bill.minimum ?? bill.maximum)?.currency.code
        return [
            "object": "bill", "provider": .string(biller.id.text), "channel": .string(channel.text),
            "account": .string(BillAccount.masked(account)), "result": JSONValue(result?.rawValue),
            "name": JSONValue(name.map(NameMask.masked)), "currency": JSONValue(currency),
            "amount": units(bill.amount), "minimum": units(bill.minimum), "maximum": units(bill.maximum),
            "due_date": JSONValue(bill.dueDate), "reference": JSONValue(bill.reference),
            "description": JSONValue(bill.description), "error": JSONValue(error),
        ]
    }

    private func units(_ money: Money?) -> JSONValue { money.map { JSONValue($0.minorUnits) } ?? .null }
}

/// What a biller said of an account, as callers read it.
enum LookUpResult: String, CaseIterable {
    /// Something can be paid.
    case bill
    /// The account is there, and nothing is to be paid.
    case nothingOwed = "nothing_owed"
    /// There is no such account.
    case unknownAccount = "unknown_account"
}
