import Router
import WebText

extension CardProvider: Refunding, Capturing, Voiding {
    /// One refund, under a key of its own; several with the same amount are several refunds.
    func prepareRefund(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        guard order.isWithinRest else {
            throw .invalid("the amount must be above 0 and at most what is left of the payment")
        }
        let amount = try Self.units(of: order.amount)
        guard let original = order.original.operatorReference, CardToken.isUsable(original) else {
            throw .invalid("the operator's id of the payment is not known")
        }
        return refund("refund", order, of: Self.object(original), original, [("amount", .integer(amount))])
    }

    func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        CardFollowUps.refund(reply)
    }

    /// Takes what is held, all of it or a part; the rest is released.
    ///
    /// An intent's capture carries our reference, a charge's cannot.
    func prepareCapture(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        guard order.isWithinHold, let amount = CardWire.units(of: order.amount) else {
            throw .invalid("the amount must be above 0, at most what is held, and exact in this currency")
        }
        let id = try held(order)
        let fields: [(String, FormValue)] =
            api == .paymentIntents
            ? [("amount_to_capture", .integer(amount)), ("metadata", .map([("capture", .text(order.reference))]))]
            : [("amount", .integer(amount))]
        return MoneyRequest(post("\(objects)/\(id)/capture", "\(order.reference)-capture", fields))
    }

    func readCapture(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        CardFollowUps.capture(reply, order: order)
    }

    /// Releases what is held: an intent is cancelled; a charge has no such call, its refund releases it.
    func prepareVoid(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        let id = try held(order)
        guard api == .paymentIntents else { return refund("cancel", order, of: "charge", id, []) }
        return MoneyRequest(post("\(objects)/\(id)/cancel", "\(order.reference)-cancel", []))
    }

    func readVoid(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        api == .paymentIntents ? CardFollowUps.released(reply, order: order) : CardFollowUps.refund(reply)
    }

    /// Lists the refunds of the payment and looks for ours.
    func checkRefund(_ order: FollowUpInstruction, asking wire: any Asking) async -> StatusCheckResult {
        guard let original = order.original.operatorReference else { return .couldNotAnswer("no payment is known") }
        let query = "\(Self.object(original))=\(PercentText.encoded(original))&limit=100"
        return await ask("/v1/refunds?\(query)", wire) { CardFollowUps.foundRefund($0, order: order) }
    }

    /// Looks at what held the money.
    func checkHold(_ order: FollowUpInstruction, isCapture: Bool, asking wire: any Asking) async -> StatusCheckResult {
        guard isCapture || api == .paymentIntents else { return await checkRefund(order, asking: wire) }
        guard let id = try? held(order) else { return .couldNotAnswer("what holds the money is not known") }
        return await ask("\(objects)/\(PercentText.encoded(id))", wire) { body in
            CardFollowUps.foundHold(body, order: order, isCapture: isCapture)
        }
    }

    private var objects: String { api == .paymentIntents ? "/v1/payment_intents" : "/v1/charges" }

    /// What a payment's id is of: an intent or a charge.
    private static func object(_ id: String) -> String { id.hasPrefix("pi_") ? "payment_intent" : "charge" }

    private func refund(
        _ key: String, _ order: FollowUpInstruction, of object: String, _ id: String, _ amount: [(String, FormValue)]
    ) -> MoneyRequest {
        let fields = [(object, .text(id))] + amount + [("metadata", .map([("reference", .text(order.reference))]))]
        return MoneyRequest(post("/v1/refunds", "\(order.reference)-\(key)", fields))
    }

    private func held(_ order: FollowUpInstruction) throws(PreparationFailure) -> String {
        guard let id = order.original.operatorReference, CardToken.isUsable(id) else {
            throw .invalid("the operator's id of what holds the money is not known")
        }
        return id
    }
}

/// What replies to refunds, captures and releases prove, and what looking at their objects finds.
///
/// What is not listed proves nothing; nor does it that an earlier call did it already, or that the object is not known.
///
/// Source: docs/protocols/card.md, 2.1 and 2.2 (captures, cancels), 2.3 (refunds), 3 (errors).
enum CardFollowUps {
    /// What a complete reply to a refund proves; a refund that succeeded may still fail later.
    static func refund(_ reply: WireReply) -> ProviderOutcome {
        CardReplies.read(reply, .paymentIntents, done: refund) { error in
            let code = error["code"]?.stringValue ?? ""
            switch (reply.status, code) {
            // Listed refusals of this call: nothing was given back by it.
            case (400, "charge_disputed"), (400, "refund_disputed_payment"), (400, "charge_not_refundable"):
                return .rejected(Refusal(.invalidRequest, providerCode: code))
            // Believed to mean more than what is left; an error without a code proves nothing.
            case (400, "") where error["type"] == "invalid_request_error":
                return .unknown(Doubt(.unlisted, providerCode: "invalid_request_error"))
            default: return nil
            }
        }
    }

    /// A refund, wherever it stands: in a reply, a list or an event.
    static func refund(_ body: JSONValue) -> ProviderOutcome {
        guard body["object"] == "refund", let id = body["id"]?.nonEmptyText else {
            return .unknown(Doubt(.unreadable))
        }
        let status = body["status"]?.stringValue ?? ""
        switch status {
        case "succeeded": return CardReplies.succeeded(body, "amount", operatorReference: id)
        case "pending", "requires_action": return .pending(Progress(operatorReference: id))
        case "failed", "canceled":
            let why = body["failure_reason"]?.nonEmptyText
            return .rejected(Refusal(failures[why ?? ""] ?? .unspecified, providerCode: why ?? status))
        default: return .unknown(Doubt(.unlisted, providerCode: status))
        }
    }

    /// Why a refund failed, sometimes days after it had succeeded.
    private static let failures: [String: RefusalReason] = [
        "lost_or_stolen_card": .accountUnavailable, "expired_or_canceled_card": .accountUnavailable,
        "insufficient_funds": .floatExhausted, "declined": .declined,
        "charge_for_pending_refund_disputed": .invalidRequest, "merchant_request": .invalidRequest,
    ]

    /// What the list of a payment's refunds shows of ours.
    static func foundRefund(_ body: JSONValue, order: FollowUpInstruction) -> StatusCheckResult {
        guard body["object"] == "list", let refunds = body["data"]?.arrayValue else {
            return .couldNotAnswer("no list")
        }
        let ours = refunds.filter { $0["metadata"]?["reference"]?.stringValue == order.reference }
        guard ours.count <= 1 else { return .couldNotAnswer("two refunds under one reference") }
        if let refund = ours.first { return StatusCheckResult(Self.refund(refund)) }
        return body["has_more"] == false ? .absent : .couldNotAnswer("the list goes on")
    }

    /// What a complete reply to a capture proves: the captured amount, not the held one.
    static func capture(_ reply: WireReply, order: FollowUpInstruction) -> ProviderOutcome {
        CardReplies.read(reply, .paymentIntents) {
            captured($0, order: order)
        } refused: { error in
            guard reply.status == 400, error["code"] == "charge_expired_for_capture" else { return nil }
            return .rejected(Refusal(.expired, providerCode: "charge_expired_for_capture"))
        }
    }

    /// An intent or charge that was captured, as it states itself.
    private static func captured(_ body: JSONValue, order: FollowUpInstruction) -> ProviderOutcome {
        guard body["id"]?.stringValue == order.original.operatorReference else {
            return .unknown(Doubt(.unlisted, providerCode: "another payment"))
        }
        let status = body["status"]?.stringValue ?? ""
        switch body["object"] {
        case "payment_intent" where status == "succeeded":
            return CardReplies.succeeded(body, "amount_received", operatorReference: nil, reference: "capture")
        // A charge carries no reference of its capture.
        case "charge" where status == "succeeded" && body["captured"] == true:
            return CardReplies.succeeded(body, "amount_captured", operatorReference: nil, reference: nil)
        default: return .unknown(Doubt(.unlisted, providerCode: status))
        }
    }

    /// A complete reply to the cancel of an intent.
    static func released(_ reply: WireReply, order: FollowUpInstruction) -> ProviderOutcome {
        CardReplies.read(reply, .paymentIntents) { body in
            guard body["object"] == "payment_intent", body["id"]?.stringValue == order.original.operatorReference,
                body["status"] == "canceled"
            else { return .unknown(Doubt(.unlisted, providerCode: body["status"]?.stringValue)) }
            return .succeeded(ReportedTransaction())
        } refused: { _ in
            nil
        }
    }

    /// What an intent or charge shows of its capture or release.
    static func foundHold(_ body: JSONValue, order: FollowUpInstruction, isCapture: Bool) -> StatusCheckResult {
        let isIntent = body["object"] == "payment_intent"
        guard body["id"]?.stringValue == order.original.operatorReference, isIntent || body["object"] == "charge" else {
            return .couldNotAnswer("the answer is about something else")
        }
        let status = body["status"]?.stringValue ?? ""
        let isHeld = isIntent ? status == "requires_capture" : status == "succeeded" && body["captured"] == false
        if isHeld, body["refunded"] != true { return .absent }
        guard isCapture else {
            switch status {
            case "canceled": return .found(.succeeded(ReportedTransaction()))
            case "succeeded": return .found(.rejected(Refusal(.unspecified, providerCode: "captured")))
            default: return .couldNotAnswer("status \(status)")
            }
        }
        let isReleased = isIntent ? status == "canceled" : status == "succeeded" && body["captured"] == false
        if isReleased {
            return .found(
                .rejected(Refusal(.expired, providerCode: body["cancellation_reason"]?.nonEmptyText ?? "released")))
        }
        // An intent that somebody else captured is not our capture.
        if isIntent, body["metadata"]?["capture"]?.stringValue != order.reference {
            return .couldNotAnswer("captured, but not by this call")
        }
        return StatusCheckResult(captured(body, order: order))
    }
}

extension CardProvider: BalanceReporting, CredentialProbing {
    /// What can be paid out now, by currency; what is still pending is not counted.
    ///
    /// Source: the operator's reference, "The Balance object" (docs.stripe.com/api/balance).
    func balances(asking wire: any Asking) async -> BalanceFinding {
        await wire.ask(balanceQuestion) { reply in
            guard reply.status == 200, let body = reply.object, body["object"] == "balance",
                let rows = body["available"]?.arrayValue
            else { return .couldNotAnswer("\(reply.code) without a readable balance") }
            let balances = rows.compactMap { row -> Balance? in
                // What is available may be less than nothing.
                guard let currency = row["currency"]?.stringValue.flatMap({ Currency(code: $0.uppercased()) }),
                    let units =
                        (StatedAmount(row["amount"]).units
                        ?? StatedAmount(behindMinus: row["amount"]).units.map { -$0 }).flatMap({
                            CardWire.minorUnits(ofWire: $0, currency)
                        })
                else { return nil }
                return Balance(Money(units, currency))
            }
            return balances.count == rows.count ? .known(balances) : .couldNotAnswer("an unreadable balance")
        }
    }

    func probe(asking wire: any Asking) async -> ProbeFinding {
        await wire.ask(balanceQuestion) { reply in
            switch reply.status {
            case 200 where reply.object?["object"] == "balance": .accepted("the account's balance was told")
            case 401, 403: .refused(reply.code)
            default: .unclear(reply.code)
            }
        }
    }

    private var balanceQuestion: WireRequest {
        WireRequest(.get, root + "/v1/balance", headers: [.init("Stripe-Version", version)])
    }
}
