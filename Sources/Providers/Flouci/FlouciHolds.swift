import Router

extension FlouciPageProvider: Refunding, Capturing, Voiding {
    /// The whole payment or nothing: the call has no amount.
    func prepareRefund(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        guard order.isWhole else {
            throw .invalid("only the whole payment can be given back")
        }
        return try followUp("refund_payment", order, amount: false)
    }

    func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        FlouciHolds.read(reply, order: order, done: "success", as: .refund)
    }

    func prepareCapture(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        guard order.isWithinHold else { throw .invalid("the amount must be 1 millime to what is held") }
        return try followUp("confirm_payment", order, amount: true)
    }

    func readCapture(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        FlouciHolds.read(reply, order: order, done: "confirmed", as: .capture)
    }

    func prepareVoid(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try followUp("cancel_payment", order, amount: false)
    }

    func readVoid(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        FlouciHolds.read(reply, order: order, done: "cancelled", as: .void)
    }

    private func followUp(
        _ call: String, _ order: FollowUpInstruction, amount: Bool
    ) throws(PreparationFailure) -> MoneyRequest {
        guard let paymentID = order.original.operatorReference, FlouciReplies.isPaymentID(paymentID) else {
            throw .invalid("the operator's payment id is not known")
        }
        var body = JSONObject([.init("payment_id", .string(paymentID))])
        if amount { body["amount"] = .string(String(order.amount.minorUnits)) }
        return MoneyRequest(.json(connection.root + "/api/v2/" + call, .object(body)))
    }
}

/// What replies to refunds, captures and releases prove, and what a question about their payment shows.
///
/// What is not listed proves nothing.
///
/// Source: docs/protocols/flouci.md, 4.4.
enum FlouciHolds {
    /// A complete reply.
    ///
    /// - Parameters:
    ///   - reply: The reply.
    ///   - order: What was asked.
    ///   - done: The word of `result.status` that says it was executed.
    ///   - operation: Which operation it was; a refund and a capture state an amount, a release does not.
    /// - Returns: What the reply proves.
    static func read(
        _ reply: WireReply, order: FollowUpInstruction, done: String, as operation: MoneyOperation
    ) -> ProviderOutcome {
        if reply.refusesOurCredentials { return reply.refusal(.credentialsRefused) }
        guard reply.isSuccess else { return reply.doubt }
        guard let body = reply.object else { return reply.arrived(.unknown(Doubt(.unreadable))) }
        return reply.arrived(read(body, order: order, done: done, as: operation))
    }

    private static func read(
        _ body: JSONValue, order: FollowUpInstruction, done: String, as operation: MoneyOperation
    ) -> ProviderOutcome {
        // Third-party code only: a payment that was given back already may well be refused with it, so it may turn
        // until the contract says otherwise.
        if operation == .refund, body["status"] == "error", body["code"] == "REFUND_NOT_ALLOWED" {
            return .rejected(Refusal(.invalidRequest, providerCode: "REFUND_NOT_ALLOWED", isDefinitive: false))
        }
        guard let result = body["result"], case .object = result else {
            return .unknown(Doubt(.unlisted, providerCode: code(body)))
        }
        if let stated = result["payment_id"], stated.stringValue != order.original.operatorReference {
            return .unknown(Doubt(.unlisted, providerCode: "another payment"))
        }
        switch (body["status"]?.stringValue, result["status"]?.stringValue) {
        case ("success", done) where result["payment_id"] != nil:
            let amount = StatedAmount(result["amount"])
            guard operation == .void || amount != .absent else { return .pending(Progress(actions: [.wait])) }
            return .succeeded(
                ReportedTransaction(of: amount, .tnd, operatorReference: result["refund_id"]?.nonEmptyText))
        // The older page's answer to a capture: taken, but not how much; the payment tells.
        case (nil, "SUCCESS") where operation == .capture: return .pending(Progress(actions: [.wait]))
        case (let outer, let inner):
            return .unknown(Doubt(.unlisted, providerCode: "\(outer ?? "-")/\(inner ?? "-")"))
        }
    }

    /// What the payment says about its capture.
    static func foundCapture(_ reply: WireReply, order: FollowUpInstruction) -> StatusCheckResult {
        guard let (status, result) = payment(reply, order) else { return .couldNotAnswer("no verdict") }
        switch status {
        case "PREAUTH_SUCCESS": return .absent
        case "SUCCESS":
            let amount = StatedAmount(result["amount"])
            // Whether a payment captured in part states the part or the whole is not documented.
            guard amount.units == order.amount.minorUnits,
                let currency = FlouciReplies.currency(result["details"]?["currency"])
            else { return .couldNotAnswer("captured, but the amount is not the one asked for") }
            return .found(.succeeded(ReportedTransaction(of: amount, currency)))
        case "EXPIRED": return .found(.rejected(Refusal(.expired, providerCode: status, isDefinitive: false)))
        default: return .couldNotAnswer("status \(status)")
        }
    }

    /// What the payment says about its release: only that it has not happened.
    static func foundRelease(_ reply: WireReply, order: FollowUpInstruction) -> StatusCheckResult {
        guard let (status, _) = payment(reply, order) else { return .couldNotAnswer("no verdict") }
        return status == "PREAUTH_SUCCESS" ? .absent : .couldNotAnswer("status \(status)")
    }

    private static func payment(_ reply: WireReply, _ order: FollowUpInstruction) -> (String, JSONValue)? {
        guard reply.isSuccess, let body = reply.object, body["success"] == true, let result = body["result"],
            let status = result["status"]?.stringValue
        else { return nil }
        let tracking = result["developer_tracking_id"]?.present
        guard tracking == nil || tracking?.stringValue == order.original.reference else { return nil }
        return (String(status.prefix(40)), result)
    }

    private static func code(_ body: JSONValue) -> String {
        let words = [body["status"], body["code"]].compactMap { $0?.codeText }
        return String((words.isEmpty ? "no result" : words.joined(separator: "/")).prefix(64))
    }
}
