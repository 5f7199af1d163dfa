import Router

/// What replies to refunds, captures and releases prove, and what looking at their objects finds.
///
/// What is not listed proves nothing.
///
/// Source: protocol notes 2.1 and 2.2 (captures, cancels), 2.3 (refunds), 3 (errors).
enum CardFollowUps {
    /// A complete reply to a refund.
    static func refund(_ reply: WireReply, order: FollowUpOrder) -> Answer {
        guard let body = object(reply) else { return proven(reply) }
        if reply.status == 200 { return refund(body) }
        guard let error = body["error"], case .object = error else { return .unknown(Doubt(.unlisted)) }
        let code = error["code"]?.stringValue ?? ""
        switch (reply.status, code) {
        // Listed refusals of this call: nothing was given back by it.
        case (400, "charge_disputed"), (400, "refund_disputed_payment"), (400, "charge_not_refundable"):
            return .rejected(Refusal(.invalidRequest, providerCode: code))
        // More than what is left; this error has no code of its own.
        case (400, "") where error["type"] == "invalid_request_error":
            return .rejected(Refusal(.invalidRequest, providerCode: "invalid_request_error"))
        default: return refused(error, reply.status)
        }
    }

    /// A refund, wherever it stands: in a reply, a list or an event.
    static func refund(_ body: JSONValue) -> Answer {
        guard body["object"] == "refund", let id = body["id"]?.nonEmptyText else {
            return .unknown(Doubt(.unreadable))
        }
        let status = body["status"]?.stringValue ?? ""
        switch status {
        case "succeeded":
            return CardReplies.statement(body, amount: body["amount"], operatorReference: id).map(Answer.settled)
                ?? .unknown(Doubt(.unreadable, providerCode: status))
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
    static func foundRefund(_ body: JSONValue, order: FollowUpOrder) -> Finding {
        guard body["object"] == "list", let refunds = body["data"]?.arrayValue else {
            return .couldNotAnswer("no list")
        }
        let ours = refunds.filter { $0["metadata"]?["reference"]?.stringValue == order.reference }
        guard ours.count <= 1 else { return .couldNotAnswer("two refunds under one reference") }
        if let refund = ours.first { return CardReplies.finding(Self.refund(refund)) }
        return body["has_more"] == false ? .absent : .couldNotAnswer("the list goes on")
    }

    /// A complete reply to a capture.
    static func capture(_ reply: WireReply, order: FollowUpOrder, api: CardKind.API) -> Answer {
        guard let body = object(reply) else { return proven(reply) }
        if reply.status == 200 { return captured(body, order: order) }
        guard let error = body["error"], case .object = error else { return .unknown(Doubt(.unlisted)) }
        if reply.status == 400, error["code"] == "charge_expired_for_capture" {
            return .rejected(Refusal(.expired, providerCode: "charge_expired_for_capture"))
        }
        return refused(error, reply.status)
    }

    /// An intent or charge that was captured, as it states itself.
    private static func captured(_ body: JSONValue, order: FollowUpOrder) -> Answer {
        guard body["id"]?.stringValue == order.original.operatorReference else {
            return .unknown(Doubt(.unlisted, providerCode: "another payment"))
        }
        let status = body["status"]?.stringValue ?? ""
        let amount: JSONValue?
        switch body["object"] {
        case "payment_intent" where status == "succeeded": amount = body["amount_received"]
        case "charge" where status == "succeeded" && body["captured"] == true: amount = body["amount_captured"]
        default: return .unknown(Doubt(.unlisted, providerCode: status))
        }
        let reference = body["object"] == "payment_intent" ? "capture" : "no reference of ours"
        return CardReplies.statement(body, amount: amount, operatorReference: nil, reference: reference)
            .map(Answer.settled) ?? .unknown(Doubt(.unreadable, providerCode: status))
    }

    /// A complete reply to the cancel of an intent.
    static func released(_ reply: WireReply, order: FollowUpOrder) -> Answer {
        guard let body = object(reply) else { return proven(reply) }
        if reply.status == 200 {
            guard body["object"] == "payment_intent", body["id"]?.stringValue == order.original.operatorReference,
                body["status"] == "canceled"
            else { return .unknown(Doubt(.unlisted, providerCode: body["status"]?.stringValue)) }
            return .settled(Statement())
        }
        guard let error = body["error"], case .object = error else { return .unknown(Doubt(.unlisted)) }
        return refused(error, reply.status)
    }

    /// What an intent or charge shows of its capture or release.
    static func foundHold(_ body: JSONValue, order: FollowUpOrder, isCapture: Bool) -> Finding {
        guard body["id"]?.stringValue == order.original.operatorReference else {
            return .couldNotAnswer("the answer is about another payment")
        }
        let isIntent = body["object"] == "payment_intent"
        let status = body["status"]?.stringValue ?? ""
        let isHeld = isIntent ? status == "requires_capture" : status == "succeeded" && body["captured"] == false
        if isHeld, body["refunded"] != true { return .absent }
        guard isCapture else {
            switch status {
            case "canceled": return .found(.settled(Statement()))
            case "succeeded": return .found(.rejected(Refusal(.unspecified, providerCode: "captured")))
            default: return .couldNotAnswer("status \(status)")
            }
        }
        if status == "canceled" || (!isIntent && body["captured"] == false) {
            return .found(
                .rejected(Refusal(.expired, providerCode: body["cancellation_reason"]?.nonEmptyText ?? "released")))
        }
        // An intent that somebody else captured is not our capture.
        if isIntent, body["metadata"]?["capture"]?.stringValue != order.reference {
            return .couldNotAnswer("captured, but not by this call")
        }
        return CardReplies.finding(captured(body, order: order))
    }

    /// The object of a reply that is no server error.
    private static func object(_ reply: WireReply) -> JSONValue? {
        guard reply.status < 500 else { return nil }
        return reply.object
    }

    private static func proven(_ reply: WireReply) -> Answer {
        reply.status < 500
            ? .unknown(Doubt(.unreadable)) : .unknown(Doubt(.operatorError, providerCode: "HTTP \(reply.status)"))
    }

    /// The errors all calls share.
    ///
    /// That an earlier call did it already, and that the object is not known, proves nothing here.
    private static func refused(_ error: JSONValue, _ status: Int) -> Answer {
        CardReplies.failed(error, status: status, api: .paymentIntents)
    }
}
