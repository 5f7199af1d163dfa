import Router

/// The translator for ``SimulatedOperator``: as pure as a real one.
struct SimulatedProvider: Collecting, PayingOut, Refunding, Checking, Withdrawing, ReceivingCallbacks {
    let id: ProviderID
    let contract: ProviderContract
    /// Whether it has a question before every collection, so that W1 is a flush of its own.
    let greets: Bool
    /// The operator it talks to, where the id means another one than usual.
    var host: ProviderID?
    /// The account it names; the operator's id if left out.
    var account: String?
    /// Whether every other payment is made on a page of the operator's.
    var hasPages = false
    /// A planted mistake: a page counts as ended because it was asked to end.
    var takesWishForEnd = false

    /// What everybody may use, and what leads to this operator alone; the third one has only that.
    private var channels: [PaymentChannel] {
        let own = Self.channel(of: id)
        return id == "third" ? [own] : ["phone", own]
    }

    /// The channel that leads to one operator.
    static func channel(of id: ProviderID) -> PaymentChannel { PaymentChannel("phone-\(id)") }

    var manifest: ProviderManifest {
        let currencies: [ProviderManifest.CurrencyLimits] = [.init(.xof, minimum: 1, maximum: 1_000_000)]
        return ProviderManifest(
            kind: "simulated", channels: channels, currencies: currencies, payerActions: [.approveOnPhone],
            referenceShape: .uuid, contract: contract, wireLimits: WireLimits(totalMilliseconds: 5_000),
            mayReuseConnections: contract.keyIsStrong,
            payout: PayoutFacts(channels: channels, currencies: currencies, contract: contract),
            refund: RefundFacts(allowsPartial: true, allowsSeveral: true, contract: contract),
            account: account ?? "\(id)",
            operatorReferencesAreUnique: true)
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { request }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        guard let collection = order.collection else { return .offline }
        return greets || opensPage(collection) ? .asksOperator : .offline
    }

    private func opensPage(_ order: CollectInstruction) -> Bool {
        hasPages && order.reference.utf8.last.map { $0.isMultiple(of: 2) } ?? false
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        if opensPage(order) {
            return try await openPage(order, asking: wire)
        }
        if greets {
            do throws(AskFailure) {
                _ = try await wire.ask(WireRequest(.get, "https://\(host ?? id)/hello"))
            } catch { throw PreparationFailure(Refusal(.notSent), "no greeting") }
        }
        return .request(request("collect", order.reference, order.amount))
    }

    private func openPage(
        _ order: CollectInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> Prepared {
        let path = "open/\(order.amount.minorUnits)/\(order.reference)"
        let reply = try await wire.askToPrepare(WireRequest(.post, "https://\(host ?? id)/\(path)"))
        guard reply.status == 200 else { throw PreparationFailure(Refusal(.notSent), "no page") }
        return .session(
            Session(
                actions: [.redirect(url: "https://\(host ?? id)/page/\(order.reference)")],
                lifetimeSeconds: order.sessionSeconds))
    }

    func withdraw(_ order: CollectInstruction, asking wire: any Asking) async -> Withdrawal {
        await wire.ask(WireRequest(.post, "https://\(host ?? id)/withdraw/\(order.reference)")) { reply in
            let isDead = reply.status == 200 && (try? StrictJSON.parse(reply.body))?["state"] == "withdrawn"
            return isDead || takesWishForEnd ? .withdrawn(providerCode: nil) : .couldNotAnswer("\(reply.status)")
        }
    }

    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest { request("payout", order.reference, order.amount) }

    func prepareRefund(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest { request("refund", order.reference, order.amount) }

    private func request(_ kind: String, _ reference: String, _ amount: Money) -> MoneyRequest {
        let body: JSONValue = ["reference": .string(reference), "amount": JSONValue(amount.minorUnits)]
        return MoneyRequest(WireRequest(.post, "https://\(host ?? id)/\(kind)", body: body.serialized()))
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { read(reply) }
    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome { read(reply) }
    func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome { read(reply) }

    private func read(_ reply: WireReply) -> ProviderOutcome {
        if reply.status == 401 { return .rejected(Refusal(.credentialsRefused)) }
        guard reply.status == 200, let value = try? StrictJSON.parse(reply.body) else {
            return .unknown(Doubt(.unlisted))
        }
        return read(value)
    }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        guard let reply = try? await wire.ask(WireRequest(.get, "https://\(host ?? id)/status/\(order.reference)"))
        else {
            return .couldNotAnswer("no answer")
        }
        if reply.status == 404 { return .absent }
        guard reply.status == 200, let value = try? StrictJSON.parse(reply.body) else {
            return .couldNotAnswer("unreadable")
        }
        return .found(read(value))
    }

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard let value = try? StrictJSON.parse(callback.body), let reference = value["reference"]?.stringValue else {
            return .refused(.malformed)
        }
        return .about(
            CallbackFact(
                about: .reference(reference), claim: read(value),
                proof: callback.header("signature") == "good" ? .signature : .nothing,
                payerReference: value["typed"]?.stringValue))
    }

    private func read(_ value: JSONValue) -> ProviderOutcome {
        switch value["state"]?.stringValue {
        case "executed":
            .succeeded(
                ReportedTransaction(
                    reference: value["reference"]?.stringValue, of: StatedAmount(value["amount"]),
                    value["currency"]?.stringValue.flatMap { Currency(code: $0) }))
        case "open": .pending(Progress(actions: [.approveOnPhone(hint: nil)]))
        case "refused": .rejected(Refusal(.declined))
        default: .unknown(Doubt(.unlisted))
        }
    }
}
