import Router

/// A biller in the wire format of ``TestProvider``: paid by an account number, and asked what is owed there.
struct BillerProvider: PayingOut, Checking, ReceivingCallbacks, BillLookingUp {
    var base: TestProvider
    var manifest: ProviderManifest

    /// Who is paid for meters of four digits, and asked for missing tokens for an hour.
    init(_ base: TestProvider, goodsWithinSeconds: Int64 = 3_600) {
        self.base = base
        var contract = base.manifest.contract
        contract.goodsWithinSeconds = goodsWithinSeconds
        manifest = base.manifest
        manifest.channels = []
        manifest.contract = contract
        manifest.payout = PayoutFacts(
            channels: ["electricity"], currencies: manifest.currencies, requires: [.billAccount], contract: contract,
            biller: BillerFacts(
                accountName: "meter number", account: BillAccountShape(.digits, length: 4...4), handsOverGoods: true))
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { base.sign(request, context) }
    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .offline }

    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        let body: JSONValue = [
            "reference": .string(order.reference), "amount": JSONValue(order.amount.minorUnits),
            "account": JSONValue(order.billAccount),
        ]
        return MoneyRequest(WireRequest(.post, "https://\(base.name).example/bill", body: body.serialized()))
    }

    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome {
        TestProvider.answer(reply.body)
    }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        await base.check(order, asking: wire)
    }

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict { base.receive(callback, now: now) }

    func lookUp(_ account: String, on channel: PaymentChannel, asking wire: any Asking) async -> BillFinding {
        await wire.ask(WireRequest(.get, "https://\(base.name).example/owed/\(account)")) { reply in
            switch reply.status {
            case 404: .unknownAccount
            case 204: .nothingOwed("Ama Kossi")
            default: .bill(OwedBill(customerName: "Ama Kossi", amount: Money(4_500, .xof)))
            }
        }
    }
}

extension Rig {
    /// A bill of 5 000 francs for a meter.
    func bill(key: String = "bill-1", account: String? = "1234", reference: String? = nil) -> Engine.CreateCommand {
        var request = Sample.request(Money(5_000, .xof))
        request.billAccount = account
        request.reference = reference
        request.customer = Customer()
        return Engine.CreateCommand(
            kind: .payout, app: Sample.app, environment: .sandbox, request: request, idempotencyKey: key,
            fingerprint: [3], requestID: Sample.requestID, respondsAsync: false)
    }
}

extension Rig.Setup {
    /// A biller, whose missing tokens are asked for during so many seconds.
    mutating func addBiller(
        _ name: String, _ contract: ProviderContract = Sample.contract(), goodsWithinSeconds: Int64 = 3_600
    ) {
        add(name, contract) { BillerProvider($0, goodsWithinSeconds: goodsWithinSeconds) }
    }
}
