import Router

/// The operator's results, one function per call, over data whose signature was right.
///
/// What is not listed proves nothing.
///
/// Source: docs/protocols/ksher.md, 3.3 (results), 3.6 (barcode), 3.8 (refunds), 5 (what the states mean).
enum KsherRSACodes {
    /// Why nothing was opened.
    static func notOpened(_ reply: WireReply) -> PreparationFailure {
        let code = reply.object?["code"]?.codeText.map { "code \($0.prefix(32))" } ?? reply.code
        // The call failed and says so: parameters, signature or a number that was used.
        let saysFailed = reply.status == 200 && reply.object?["code"]?.codeText ?? "0" != "0"
        let reason = reply.whyNotOpened(isInvalid: reply.status == 400 || saysFailed)
        return PreparationFailure(Refusal(reason, providerCode: code), "nothing was opened: \(code)")
    }

    /// Whether a QR code was made.
    static func isOpened(_ result: String) -> Bool { ["SUCCESS", "PENDING", "NOTPAY", ""].contains(result) }

    /// What the reply to a barcode charge proves.
    static func charged(_ data: JSONValue, reference: String) -> ProviderOutcome {
        guard data["mch_order_no"]?.stringValue == reference else {
            return .unknown(Doubt(.unlisted, providerCode: "another order"))
        }
        let result = data["result"]?.stringValue ?? ""
        switch result {
        case "SUCCESS": return succeeded(data)
        case "NOTSURE", "PENDING", "USERPAYING": return .pending(Progress(actions: [.approveOnPhone(hint: nil)]))
        // Whether a payer who was refused may still go on is not on record, so these wait.
        case "FAIL", "PAYERROR": return .rejected(Refusal(reason(data), providerCode: code(data), isDefinitive: false))
        case "CLOSED": return .rejected(Refusal(.expired, providerCode: result, isDefinitive: false))
        default: return .unknown(Doubt(.unlisted, providerCode: code(data)))
        }
    }

    /// A sale that was asked about.
    ///
    /// `FAIL` is the question's failure and says nothing.
    static func sale(_ data: JSONValue, reference: String) -> StatusCheckResult {
        guard data["mch_order_no"]?.stringValue == reference else {
            return .couldNotAnswer("the answer is about another order")
        }
        let result = data["result"]?.stringValue ?? ""
        switch result {
        case "SUCCESS": return StatusCheckResult(succeeded(data))
        case "PENDING", "NOTSURE", "NOTPAY", "USERPAYING": return .found(.pending(Progress(actions: [.wait])))
        case "CLOSED": return .found(.rejected(Refusal(.expired, providerCode: result, isDefinitive: false)))
        case "PAYERROR":
            return .found(.rejected(Refusal(reason(data), providerCode: code(data), isDefinitive: false)))
        // REFUND: paid once, given back since; a person has to look.
        default: return .couldNotAnswer("result \(result)")
        }
    }

    /// What an executed payment states.
    static func succeeded(_ data: JSONValue) -> ProviderOutcome {
        let amount = StatedAmount(data["total_fee"])
        guard amount != .absent, data["total_fee"] != "" else {
            return .unknown(Doubt(.unlisted, providerCode: "SUCCESS without total_fee"))
        }
        return .succeeded(
            statement(data, amount, reference: data["mch_order_no"]?.stringValue, theirs: data["ksher_order_no"]))
    }

    /// The reply to a refund: accepted, unless it says in so many words that it was made.
    static func refunded(_ data: JSONValue, order: FollowUpInstruction) -> ProviderOutcome {
        guard data["mch_refund_no"].map({ $0.stringValue == order.reference }) ?? true else {
            return .unknown(Doubt(.unlisted, providerCode: "another refund"))
        }
        switch data["result"]?.stringValue {
        case "REFUND" where data["mch_refund_no"] != nil, "REFUNDSUCCESS" where data["mch_refund_no"] != nil:
            let amount = StatedAmount(data["refund_fee"])
            return .succeeded(
                statement(
                    data, amount, reference: data["mch_refund_no"]?.stringValue, theirs: data["ksher_refund_no"]),
                unlessAbsent: amount, "REFUND without refund_fee")
        case "SUCCESS", "PENDING", "NOTSURE": return .pending(Progress(actions: [.wait]))
        default: return .unknown(Doubt(.unlisted, providerCode: code(data)))
        }
    }

    /// The list of refunds.
    ///
    /// Its summary is not to be trusted, so ours is looked up.
    static func refunds(_ data: JSONValue, order: FollowUpInstruction) -> StatusCheckResult {
        guard let refunds = data["refund_orders"]?.arrayValue else { return .couldNotAnswer("no list of refunds") }
        guard !refunds.isEmpty else { return .absent }
        let ours = refunds.filter { $0["mch_refund_no"]?.stringValue == order.reference }
        guard ours.count == 1, let refund = ours.first else {
            return ours.isEmpty ? .absent : .couldNotAnswer("two refunds under one number")
        }
        switch refund["refund_state"]?.stringValue {
        case "REFUNDSUCCESS":
            let amount = StatedAmount(refund["mch_refund_fee"])
            guard amount != .absent else { return .couldNotAnswer("a refund without an amount") }
            let theirs = refund["ksher_refund_no"]?.nonEmptyText
            return .found(
                .succeeded(ReportedTransaction(reference: order.reference, of: amount, operatorReference: theirs)))
        case "PENDING", "REFUNDING", "NOTSURE": return .found(.pending(Progress(actions: [.wait])))
        case let state: return .couldNotAnswer("refund_state \(state ?? "missing")")
        }
    }

    /// What a sale says about its refund: only that a whole and only one was made.
    static func saleOfRefund(_ data: JSONValue, order: FollowUpInstruction) -> StatusCheckResult {
        guard order.isWhole, data["mch_order_no"]?.stringValue == order.original.reference, data["result"] == "REFUND"
        else {
            return .couldNotAnswer("the sale does not tell its refunds")
        }
        let amount = StatedAmount(data["total_fee"])
        return .found(.succeeded(statement(data, amount, reference: nil, theirs: nil)))
    }

    private static func statement(
        _ data: JSONValue, _ amount: StatedAmount, reference: String?, theirs: JSONValue?
    ) -> ReportedTransaction {
        let stated = data["fee_type"]?.nonEmptyText
        let currency = stated.flatMap { Currency(code: $0) }
        // Where a currency stands it must be one; where none stands it is the account's.
        let whole =
            stated == nil ? ReportedAmount(amount.units == nil ? .unreadable : amount) : .whole(amount, currency)
        return ReportedTransaction(reference: reference, amount: whole, operatorReference: theirs?.nonEmptyText)
    }

    private static func reason(_ data: JSONValue) -> RefusalReason {
        let text = ["err_code", "err_msg"].compactMap { data[$0]?.stringValue }.joined(separator: " ").lowercased()
        if text.contains("invalid_payment_code") || text.contains("auth_code") { return .tokenUnusable }
        return text.contains("insufficient") ? .insufficientFunds : .declined
    }

    private static func code(_ data: JSONValue) -> String {
        let words = [data["result"], data["err_code"]].compactMap { $0?.nonEmptyText }
        return String((words.isEmpty ? "no result" : words.joined(separator: "/")).prefix(64))
    }
}
