import Router

/// Who can be paid by an account number: listed, found by name, and asked.
struct Billers: Sendable {
    let engine: Engine
    let limits: RequestLimits?

    /// The billers that an app may pay.
    func all(_ environment: PayEnvironment, _ app: AppID) -> [Biller] {
        engine.billers(environment, app: app).compactMap(Biller.init)
    }

    /// One of them by its provider's name.
    func named(
        _ name: String, _ environment: PayEnvironment, _ app: AppID, at pointer: String? = nil
    ) throws(Problem) -> Biller {
        let known = all(environment, app)
        guard let biller = known.first(where: { $0.runtime.id.text == name }) else {
            guard let pointer else {
                throw Problem(.notFound, "there is no such biller; GET /v1/billers lists them")
            }
            let names = known.map(\.runtime.id.text)
            let detail = NearestName.question(name, among: names) ?? "known: \(names.joined(separator: ", "))"
            throw Problem(
                .invalidRequest, "there is no such biller",
                errors: [JSONIssue(pointer: pointer, code: "unknown_biller", detail: detail)])
        }
        return biller
    }

    /// The billers as callers read them.
    func list(_ environment: PayEnvironment, _ app: AppID) -> JSONValue {
        ["object": "list", "data": .array(engine.billers(environment, app: app).compactMap(json))]
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
            "health": seen.takesOrders ? "ok" : "unavailable",
        ]
    }

    /// The body of a look-up.
    struct LookUpInput: Decodable {
        var account: String
        var channel: String?

        enum CodingKeys: String, CodingKey { case account, channel }
    }

    /// The answer to a call that asks what is owed; the path names the biller.
    func lookUp(
        _ request: APIRequest, _ environment: PayEnvironment, _ app: AppID, for holder: AccountID? = nil
    ) async throws(Problem) -> APIResponse {
        let biller = try named(request.parameters["provider"] ?? "", environment, app)
        let input = try JSONBody.decode(LookUpInput.self, try JSONBody.object(request))
        var checks = InputChecks()
        biller.check(input.account, "/account", &checks)
        try checks.done()
        let channel = input.channel.map { PaymentChannel($0) } ?? biller.channel
        guard biller.payout.channels.contains(channel) else {
            let known = biller.payout.channels.map(\.text).joined(separator: ", ")
            throw Problem(
                .unknownChannel, "the biller is not paid on this channel, but on \(known)",
                errors: [JSONIssue(pointer: "/channel", code: "unknown_channel", detail: "expected one of \(known)")])
        }
        guard let finding = try await bill(input.account, at: biller, on: channel, app, for: holder) else {
            throw Problem(.notSupported, "this biller tells nothing before it is paid")
        }
        return .json(answer(finding, biller.runtime, channel, input.account))
    }

    /// What a biller tells of an account, counted against the app, or the holder who asks; `nil` if it tells nothing before it is paid.
    func bill(
        _ account: String, at biller: Biller, on channel: PaymentChannel, _ app: AppID, for holder: AccountID?
    ) async throws(Problem) -> BillFinding? {
        let id = biller.runtime.id
        let refusal =
            holder.map { limits?.lookUp(account, at: id, by: $0) } ?? limits?.lookUp(account, at: id, by: app)
        if let refusal { throw refusal }
        return await engine.bill(account, at: biller.runtime, on: channel)
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
