import Router
import WebText

/// The operator's statuses and codes, one function per call.
///
/// What is not listed proves nothing. `body` is the reply's object if its signature is right.
///
/// Source: docs/protocols/ksher.md, 2.4 (values seen), 2.7 (refunds), 5 (what the states mean).
enum KsherReplies {
    /// Opening a page or a QR code.
    ///
    /// Nothing can have moved: nobody has seen it.
    static func created(
        _ reply: WireReply, _ body: JSONValue?, flow: ThaiWallets.Flow, reference: String, links: PayerLinks
    ) throws(PreparationFailure) -> CustomerAction {
        guard reply.status == 200 else {
            let reason = reply.whyNotOpened(isInvalid: reply.status == 400)
            throw PreparationFailure(
                Refusal(reason, providerCode: reply.code), "no order was opened: \(reply.code)")
        }
        guard let body else { throw .notSent("no order was opened: the answer is not signed by the operator") }
        guard body["error_code"] == "SUCCESS" else {
            throw PreparationFailure(
                Refusal(.invalidRequest, providerCode: code(body)), "no order was opened: the operator refused")
        }
        guard body["status"] == "Available", body["merchant_order_id"]?.stringValue == reference else {
            throw .notSent("no order was opened: the answer is about another order")
        }
        switch flow {
        case .redirect:
            if let link = body["reference"]?.stringValue, links.allow(link) { return .redirect(url: link) }
        case .qr:
            let prefix = "data:image/png;base64,"
            if let picture = body["reserved1"]?.stringValue, picture.hasPrefix(prefix),
                let bytes = Base64.decode(String(picture.dropFirst(prefix.count))),
                bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
            {
                return .showQR(content: picture)
            }
        case .barcode: break
        }
        throw .notSent("no order was opened: nothing usable to show")
    }

    /// A complete reply to a barcode charge.
    static func charged(_ reply: WireReply, _ body: JSONValue?, reference: String) -> ProviderOutcome {
        guard reply.status == 200 else { return refused(reply) }
        guard let body else { return reply.arrived(.unknown(Doubt(.unreadable))) }
        return reply.arrived(charged(body, reference: reference))
    }

    private static func charged(_ body: JSONValue, reference: String) -> ProviderOutcome {
        guard body["merchant_order_id"]?.stringValue == reference else {
            return .unknown(Doubt(.unlisted, providerCode: "another order"))
        }
        // A status that is no text is another one than none.
        let status = body["status"].map { $0.stringValue ?? ($0 == .null ? "" : "unreadable") } ?? ""
        switch (body["error_code"]?.stringValue ?? "", status) {
        case ("SUCCESS", "Paid"): return succeeded(body)
        // The operator's word on this very call; whether it can still turn is not on record, so it waits.
        case ("FAIL", let status) where status != "Paid" && status != "Refunded":
            return .rejected(Refusal(failure(body), providerCode: "FAIL", isDefinitive: false))
        case ("SUCCESS", "Available"), ("PENDING", "Available"), ("PENDING", ""):
            return .pending(Progress(actions: [.approveOnPhone(hint: nil)]))
        case (let code, let status): return .unknown(Doubt(.unlisted, providerCode: "\(code)/\(status)"))
        }
    }

    /// What a question about a sale found.
    ///
    /// The status decides; the code of an unpaid order may say anything.
    static func foundSale(_ reply: WireReply, _ body: JSONValue?, reference: String) -> StatusCheckResult {
        if let nothing = nothing(reply, body) { return nothing }
        guard let body, body["merchant_order_id"]?.stringValue == reference,
            [nil, "Sale"].contains(body["order_type"]?.stringValue)
        else { return .couldNotAnswer("the answer is about another order") }
        switch body["status"]?.stringValue {
        case "Available": return .found(.pending(Progress(actions: [.wait])))
        case "Paid" where body["error_code"] == "SUCCESS": return StatusCheckResult(succeeded(body))
        // A transfer may have been on its way when the order was closed.
        case "Closed": return .found(.rejected(Refusal(.expired, providerCode: "Closed", isDefinitive: false)))
        // Paid once, given back since: a person has to look.
        case let status: return .couldNotAnswer("status \(status ?? "missing") with \(code(body) ?? "no code")")
        }
    }

    /// What a complete reply to a refund proves: only REFUNDED is a refund, and FAIL proves nothing.
    static func refunded(_ reply: WireReply, _ body: JSONValue?, order: FollowUpInstruction) -> ProviderOutcome {
        guard reply.status == 200 else { return refused(reply) }
        guard let body else { return reply.arrived(.unknown(Doubt(.unreadable))) }
        guard body["error_code"] == "REFUNDED", body["reference"]?.stringValue == order.original.reference,
            [nil, "Refund"].contains(body["order_type"]?.stringValue)
        else { return reply.arrived(.unknown(Doubt(.unlisted, providerCode: code(body)))) }
        // The amount of a refund is written with a minus sign. Whether `gateway_order_id` is the refund's or its sale's
        // is not on record, and two refunds of one sale must not look like one.
        return .succeeded(
            ReportedTransaction(
                reference: body["merchant_order_id"]?.stringValue ?? "missing",
                amount: amount(StatedAmount(behindMinus: body["amount"]), body)))
    }

    /// What a question about the sale says about a refund: only that a whole and only one was made.
    static func foundRefund(_ reply: WireReply, _ body: JSONValue?, order: FollowUpInstruction) -> StatusCheckResult {
        guard reply.status == 200, let body, body["merchant_order_id"]?.stringValue == order.original.reference else {
            return .couldNotAnswer("no signed answer about the sale")
        }
        guard body["status"] == "Refunded", order.isWhole else {
            return .couldNotAnswer("the sale does not tell its refunds")
        }
        return .found(.succeeded(ReportedTransaction(amount: amount(StatedAmount(body["amount"]), body))))
    }

    /// A reply that is no statement about an order; `nil` if it is one.
    private static func nothing(_ reply: WireReply, _ body: JSONValue?) -> StatusCheckResult? {
        if reply.status == 404, reply.object?["code"] == 404 { return .absent }
        guard reply.status == 200 else { return .couldNotAnswer(reply.code) }
        return body == nil ? .couldNotAnswer("the answer is not signed by the operator") : nil
    }

    /// An error status.
    ///
    /// Its documented bodies carry no signature, and no page says that such an answer precedes execution.
    private static func refused(_ reply: WireReply) -> ProviderOutcome {
        reply.refusesOurCredentials ? reply.refusal(.credentialsRefused) : reply.doubt
    }

    private static func succeeded(_ body: JSONValue) -> ProviderOutcome {
        let stated = StatedAmount(body["amount"])
        guard stated != .absent else { return .unknown(Doubt(.unlisted, providerCode: "Paid without an amount")) }
        return .succeeded(
            ReportedTransaction(
                reference: body["merchant_order_id"]?.stringValue, amount: amount(stated, body),
                operatorReference: body["gateway_order_id"]?.nonEmptyText))
    }

    /// An amount with the currency that is stated beside it; none stated means baht, the only one here, and one that
    /// cannot be read counts as another currency.
    private static func amount(_ stated: StatedAmount, _ body: JSONValue) -> ReportedAmount {
        guard let name = body["currency"], stated != .absent else {
            return stated == .absent ? .unreadable : ReportedAmount(stated)
        }
        return .whole(stated, Currency(code: name.stringValue ?? ""))
    }

    private static func failure(_ body: JSONValue) -> RefusalReason {
        let texts = ["reserved2", "reserved3", "reserved4", "error_message"].compactMap { body[$0]?.stringValue }
        let text = texts.joined(separator: " ").lowercased()
        if text.contains("invalid_payment_code") { return .tokenUnusable }
        return text.contains("insufficient") ? .insufficientFunds : .declined
    }

    private static func code(_ body: JSONValue) -> String? {
        body["error_code"]?.stringValue.map { String($0.prefix(64)) }
    }
}
