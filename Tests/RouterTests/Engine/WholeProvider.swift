import Router

/// A provider with every operation, in the wire format of ``TestProvider``.
struct WholeProvider: Collecting, Capturing, Voiding, Refunding, PayingOut, Checking, ReceivingCallbacks,
    BalanceReporting
{
    var base: TestProvider
    var manifest: ProviderManifest

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { base.sign(request, context) }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        .offline
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        .request(request(order.capturesLater ? "hold" : "pay", order.reference, order.amount))
    }

    func prepareCapture(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        request("capture", order.reference, order.amount, order.original)
    }

    func prepareVoid(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        request("void", order.reference, order.amount, order.original)
    }

    func prepareRefund(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        request("refund", order.reference, order.amount, order.original)
    }

    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest { request("payout", order.reference, order.amount) }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { TestProvider.answer(reply.body) }
    func readCapture(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        TestProvider.answer(reply.body)
    }
    func readVoid(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        TestProvider.answer(reply.body)
    }
    func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        TestProvider.answer(reply.body)
    }
    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
        TestProvider.answer(reply.body)
    }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        await base.check(order, asking: wire)
    }

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard let value = try? StrictJSON.parse(callback.body), let about = value["dispute_of"]?.stringValue else {
            return base.receive(callback, now: now)
        }
        return .notice(
            OperatorNotice(
                about: .reference(about), kind: .disputeLost, operatorReference: "dp_1", amount: Money(2_000, .xof),
                reason: "fraudulent", dedupKey: value["event"]?.stringValue ?? "e",
                proof: callback.header("x-signature") == "good" ? .signature : .nothing))
    }

    func balances(asking wire: any Asking) async -> BalanceFinding {
        guard let reply = try? await wire.ask(WireRequest(.get, "https://\(base.name).example/balance")),
            let units = (try? StrictJSON.parse(reply.body))?["available"]?.integerValue
        else { return .couldNotAnswer("no balance") }
        return .known([Balance(Money(units, .xof))])
    }

    private func request(
        _ path: String, _ reference: String, _ amount: Money, _ original: OriginalCollection? = nil
    ) -> MoneyRequest {
        let body: JSONValue = [
            "reference": .string(reference), "amount": JSONValue(amount.minorUnits),
            "currency": .string(amount.currency.code), "original": JSONValue(original?.operatorReference),
        ]
        return MoneyRequest(
            WireRequest(.post, "https://\(base.name).example/\(path)", body: body.withoutNulls.serialized()))
    }
}
