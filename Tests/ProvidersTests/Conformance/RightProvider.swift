import Router
import WebText

/// Everything a provider can be; what it does not say otherwise is done by the right one.
protocol WholeProvider: Collecting, Confirming, Checking, PayingOut, Refunding, Capturing, Voiding, Withdrawing,
    ReceivingCallbacks, AccessTokenIssuing, BalanceReporting, PartyLookup
{
    var right: RightProvider { get }
}

/// A made-up operator's provider that keeps every promise; each planted mistake differs from it in one thing.
struct RightProvider {
    static let password = Secret("right-password-0001")
    static let webhookKey = Secret("right-webhook-0001")
    static let base = "http://127.0.0.1:9"

    static let manifest: ProviderManifest = {
        var contract = ProviderContract.unproven(
            check: .byOurReference, promptLifetimeSeconds: 120, checksPerSecond: 2, checkLadder: .standard,
            reviewAfterSeconds: 3_600)
        contract.callback = .signed
        let limits = [ProviderManifest.CurrencyLimits(.xof, minimum: 100, maximum: 1_000_000)]
        return ProviderManifest(
            kind: "right", channels: ["right"], currencies: limits, phoneCountries: ["TG"], requires: [.phone],
            payerActions: [.wait], referenceShape: .hexadecimal(length: 32), contract: contract,
            mayReuseConnections: false,
            payout: PayoutFacts(channels: ["right"], currencies: limits, contract: contract),
            refund: RefundFacts(allowsPartial: true, allowsSeveral: true, contract: contract),
            authorization: AuthorizationFacts(lifetimeSeconds: 600, allowsPartialCapture: true, contract: contract),
            account: "42", operatorReferencesAreUnique: false)
    }()

    func request(_ path: String, _ reference: String, _ amount: Money) -> MoneyRequest {
        let body: JSONValue = [
            "reference": .string(reference), "amount": JSONValue(amount.minorUnits),
            "currency": .string(amount.currency.code),
        ]
        return MoneyRequest(
            WireRequest(
                .post, Self.base + path, headers: [.init("Content-Type", "application/json")], body: body.serialized()))
    }

    /// The operator's whole table.
    func answer(_ reply: WireReply) -> ProviderOutcome {
        guard let value = try? StrictJSON.parse(reply.body), case .object = value else {
            return .unknown(Doubt(.unreadable))
        }
        return answer(reply.status, value)
    }

    func answer(_ status: Int, _ value: JSONValue) -> ProviderOutcome {
        switch (status, value["state"]?.stringValue) {
        case (200, "done"):
            guard let statement = statement(value) else { return .unknown(Doubt(.arrived)) }
            return .succeeded(statement)
        case (202, "open"): return .pending(Progress(operatorReference: value["id"]?.stringValue))
        case (422, "refused"): return .rejected(Refusal(.declined, providerCode: "refused"))
        case (422, "later"): return .rejected(Refusal(.declined, providerCode: "later", isDefinitive: false))
        default: return .unknown(Doubt(.unlisted))
        }
    }

    func statement(_ value: JSONValue) -> ReportedTransaction? {
        let amount = StatedAmount(value["amount"])
        guard amount != .absent, let reference = value["reference"]?.stringValue,
            let currency = value["currency"]?.stringValue.flatMap({ Currency(code: $0) })
        else { return nil }
        return ReportedTransaction(
            reference: reference, of: amount, currency, operatorReference: value["id"]?.stringValue)
    }

    func found(_ reply: WireReply) -> StatusCheckResult {
        if reply.status == 404, JSONMember.text(reply, "state") == "unknown" { return .absent }
        return StatusCheckResult(answer(reply))
    }
}

/// One member of a reply.
enum JSONMember {
    static func text(_ reply: WireReply, _ name: String) -> String? {
        (try? StrictJSON.parse(reply.body))?[name]?.stringValue
    }
}

extension WholeProvider {
    var right: RightProvider { RightProvider() }
    var manifest: ProviderManifest { RightProvider.manifest }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        var request = request
        request.headers.append(.init("Authorization", "Bearer " + (context.token ?? "")))
        return request
    }

    func preparation(of order: Instruction, confirmedBy confirmation: Router.Confirmation?) -> Preparation {
        if case .refund = order { .asksOperator } else { .offline }
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        if order.capturesLater { return .request(right.request("/holds", order.reference, order.amount)) }
        return .input([.enterCode(length: 6)])
    }
    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { right.answer(reply) }

    func prepare(
        _ order: CollectInstruction, confirmedBy confirmation: Router.Confirmation, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest { right.request("/debits", order.reference, order.amount) }
    func readConfirmation(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { right.answer(reply) }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        await wire.ask(WireRequest(.get, RightProvider.base + "/" + order.reference)) { right.found($0) }
    }

    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        right.request("/credits", order.reference, order.amount)
    }
    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome { right.answer(reply) }

    func prepareRefund(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        let reply = try await wire.askToPrepare(WireRequest(.get, RightProvider.base + "/sales"))
        guard case .succeeded = right.answer(reply) else { throw PreparationFailure(Refusal(.notSent), "no sale") }
        return right.request("/refunds", order.reference, order.amount)
    }
    func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome { right.answer(reply) }

    func prepareCapture(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest { right.request("/captures", order.reference, order.amount) }
    func readCapture(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome { right.answer(reply) }

    func prepareVoid(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        right.request("/voids", order.reference, order.amount)
    }
    func readVoid(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome { right.answer(reply) }

    func withdraw(_ order: CollectInstruction, asking wire: any Asking) async -> Withdrawal {
        await wire.ask(WireRequest(.post, RightProvider.base + "/expire")) { reply in
            reply.status == 200 && JSONMember.text(reply, "page") == "expired"
                ? .withdrawn(providerCode: "expired") : .couldNotAnswer("open")
        }
    }

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard let code = callback.header("x-signature").flatMap({ Hex.bytes($0) }),
            MessageCode.sha256.isValid(code, of: callback.body, key: RightProvider.webhookKey)
        else { return .refused(.unverified) }
        return received(callback)
    }

    /// What a notification says, once it is believed.
    func received(_ callback: InboundCallback) -> CallbackVerdict {
        guard let value = try? StrictJSON.parse(callback.body), let reference = value["reference"]?.stringValue else {
            return .refused(.malformed)
        }
        let status = ["done": 200, "open": 202, "refused": 422][value["state"]?.stringValue ?? ""] ?? 0
        return .about(
            CallbackFact(
                about: .reference(reference), claim: right.answer(status, value), proof: .signature,
                statement: right.statement(value)))
    }

    func loginRequest(_ login: LoginName) -> WireRequest { WireRequest(.post, RightProvider.base + "/login") }
    func readLogin(_ reply: WireReply) -> LoginResult {
        if reply.status == 401 { return .refused(providerCode: "401") }
        guard reply.status == 200, let token = JSONMember.text(reply, "token") else { return .unreadable }
        return .token(token, lifetimeSeconds: 300)
    }

    func balances(asking wire: any Asking) async -> BalanceFinding {
        await wire.ask(WireRequest(.get, RightProvider.base + "/balance")) { reply in
            guard reply.status == 200, let value = try? StrictJSON.parse(reply.body),
                let units = StatedAmount(value["available"]).units
            else { return .couldNotAnswer("unreadable") }
            return .known([Balance(Money(units, .xof))])
        }
    }

    func party(_ phone: MSISDN, on channel: PaymentChannel, asking wire: any Asking) async -> PartyFinding {
        await wire.ask(WireRequest(.get, RightProvider.base + "/accounts")) { reply in
            switch (reply.status, JSONMember.text(reply, "account")) {
            case (200, "open"): .customer(Party(isActive: true))
            case (404, "none"): .notCustomer
            default: .couldNotAnswer("unreadable")
            }
        }
    }
}

/// The right one itself.
struct Right: WholeProvider {}
