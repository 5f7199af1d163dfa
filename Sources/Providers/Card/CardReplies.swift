import Router

/// The operator's statuses and codes.
///
/// What is not listed proves nothing.
///
/// Source: docs/protocols/card.md, 2.1 and 2.2 (statuses), 3 (errors), 3.1 (declines), 5.7 (what precedes execution).
enum CardReplies {
    /// The id of a freshly created intent.
    ///
    /// No money can have moved: it was never confirmed.
    static func created(_ reply: WireReply, for order: CollectInstruction) throws(PreparationFailure) -> String {
        let body = reply.object
        guard reply.status == 200 else {
            let error = body?["error"]
            let isInvalid = [400, 402, 404].contains(reply.status) && error?["type"] != "idempotency_error"
            throw PreparationFailure(
                Refusal(reply.whyNotOpened(isInvalid: isInvalid), providerCode: error.flatMap(code) ?? reply.code),
                "no intent was created: \(reply.code)")
        }
        guard let body, body["object"] == "payment_intent", let id = body["id"]?.stringValue, CardToken.isUsable(id),
            let statement = statement(body, amount: body["amount"], operatorReference: id),
            statement.amount.states(order.amount),
            statement.reference == nil || statement.reference == order.reference
        else { throw .notSent("no intent was created: the answer is not ours") }
        return id
    }

    /// A complete reply to a confirm or a charge.
    static func read(
        _ reply: WireReply, api: CardKind.API, order: CollectInstruction, links: PayerLinks
    ) -> ProviderOutcome {
        read(reply, api) { body in
            api == .paymentIntents
                ? intent(body, order: order, links: links) : charge(body, isHeld: order.capturesLater)
        } refused: { error in
            if let mentioned = error["payment_intent"]?["id"]?.stringValue, let known = order.operatorReference,
                mentioned != known
            {
                return .unknown(Doubt(.unlisted, providerCode: "another intent"))
            }
            return api == .paymentIntents ? unconfirmed(error, status: reply.status) : nil
        }
    }

    /// A confirm that the operator found wrong without a code that the table lists; `nil` for every other error.
    ///
    /// The intent has to show that nothing was tried. That its state forbids the call says that something was.
    private static func unconfirmed(_ error: JSONValue, status: Int) -> ProviderOutcome? {
        guard status == 400, error["type"] == "invalid_request_error",
            error["code"] != "payment_intent_unexpected_state",
            case .unknown = failed(error, status: status, api: .paymentIntents)
        else { return nil }
        return .rejected(Refusal(.invalidRequest, providerCode: code(error), needsCheck: true))
    }

    /// A complete reply to any call.
    ///
    /// - Parameters:
    ///   - reply: The reply.
    ///   - api: The interface whose errors it has.
    ///   - done: What the object of a reply with status 200 proves.
    ///   - refused: What an error proves that means something else in this call than in others.
    /// - Returns: What the reply proves.
    static func read(
        _ reply: WireReply, _ api: CardKind.API, done: (JSONValue) -> ProviderOutcome,
        refused: (JSONValue) -> ProviderOutcome?
    ) -> ProviderOutcome {
        guard reply.status < 500 else { return reply.doubt(.operatorError) }
        guard let body = reply.object else { return reply.arrived(.unknown(Doubt(.unreadable))) }
        if reply.status == 200 { return reply.arrived(done(body)) }
        guard let error = body["error"], case .object = error else {
            return reply.arrived(.unknown(Doubt(.unlisted)))
        }
        return refused(error) ?? failed(error, status: reply.status, api: api)
    }

    /// An error object, by HTTP status and code.
    static func failed(_ error: JSONValue, status: Int, api: CardKind.API) -> ProviderOutcome {
        let code = error["code"]?.stringValue ?? ""
        let shown = Self.code(error) ?? "HTTP \(status)"
        let param = error["param"]?.stringValue
        let isAboutToken = ["payment_method", "payment_method_data[card][token]", "source"].contains(param)
        switch (status, code) {
        case (400, _) where error["type"] == "idempotency_error":
            return .unknown(Doubt(.duplicateReference, providerCode: "idempotency_error"))
        case (400, "token_already_used"),
            (400, "resource_missing") where isAboutToken,
            (404, "resource_missing") where isAboutToken:
            return .rejected(Refusal(.tokenUnusable, providerCode: shown))
        case (400, "amount_too_small"), (400, "amount_too_large"),
            (404, "resource_missing") where api == .charges:
            return .rejected(Refusal(.invalidRequest, providerCode: shown))
        case (400, let code) where refusedParameters.contains(code):
            return .rejected(Refusal(.invalidRequest, providerCode: shown))
        // An earlier call did something, so the object must be looked at.
        case (400, "payment_intent_unexpected_state"), (400, "charge_already_captured"),
            (400, "charge_already_refunded"):
            return .unknown(Doubt(.arrived, providerCode: shown))
        case (401, _), (403, _): return .rejected(Refusal(.credentialsRefused, providerCode: shown))
        case (402, _) where error["type"] == "card_error": return .rejected(refusal(error))
        case (409, "idempotency_key_in_use"): return .unknown(Doubt(.inProgress, providerCode: shown))
        case (424, _): return .unknown(Doubt(.operatorError, providerCode: shown))
        case (429, _): return .rejected(Refusal(.throttled, providerCode: shown))
        default: return .unknown(Doubt(.unlisted, providerCode: shown))
        }
    }

    /// Refusals of the parameters themselves; the operator's reference of error codes.
    private static let refusedParameters: Set = [
        "parameter_missing", "parameter_unknown", "parameters_exclusive", "parameter_invalid_empty",
        "parameter_invalid_integer", "parameter_invalid_string_blank", "parameter_invalid_string_empty",
    ]

    /// An intent, wherever it stands: in a reply, a list or an event.
    static func intent(_ body: JSONValue, order: CollectInstruction?, links: PayerLinks) -> ProviderOutcome {
        guard body["object"] == "payment_intent", let id = body["id"]?.stringValue else {
            return .unknown(Doubt(.unreadable))
        }
        let status = body["status"]?.stringValue ?? ""
        if status == "succeeded", order?.capturesLater != true {
            return succeeded(body, "amount_received", operatorReference: id)
        }
        guard order?.operatorReference == nil || order?.operatorReference == id else {
            return .unknown(Doubt(.unlisted, providerCode: "another intent"))
        }
        switch status {
        // Held as it was asked to be; where nobody asked for that, it is not paid.
        case "requires_capture" where order?.capturesLater == true:
            return succeeded(body, "amount_capturable", operatorReference: id)
        case "processing": return .pending(Progress(operatorReference: id))
        case "requires_action":
            let next = body["next_action"]
            let link = next?["type"] == "redirect_to_url" ? next?["redirect_to_url"]?["url"]?.stringValue : nil
            let action = link.flatMap { links.allow($0) ? CustomerAction.redirect(url: $0) : nil }
            return .pending(Progress(actions: [action ?? .wait], operatorReference: id))
        case "requires_payment_method":
            guard let error = body["last_payment_error"], case .object = error else {
                return .unknown(Doubt(.unlisted, providerCode: status))
            }
            return .rejected(refusal(error))
        case "canceled":
            let why = body["cancellation_reason"]?.stringValue
            let reason: RefusalReason =
                switch why {
                case "requested_by_customer": .cancelledByPayer
                case "abandoned", "automatic", "expired": .expired
                case "fraudulent": .suspectedFraud
                default: .unspecified
                }
            return .rejected(Refusal(reason, providerCode: why ?? status))
        default: return .unknown(Doubt(.unlisted, providerCode: status))
        }
    }

    /// What a question about an intent found.
    ///
    /// An intent that still waits, and has neither a charge nor an error of one, is one that nobody ever tried to pay.
    static func foundIntent(_ body: JSONValue, order: CollectInstruction, links: PayerLinks) -> StatusCheckResult {
        let isOurs = body["object"] == "payment_intent" && body["id"]?.stringValue == order.operatorReference
        let waits = body["status"] == "requires_confirmation" || body["status"] == "requires_payment_method"
        // What is left out is not stated to be nothing.
        let isUntried =
            [body["last_payment_error"], body["latest_charge"]].allSatisfy { $0 == JSONValue.null }
            && ["amount_received", "amount_capturable"]
                .allSatisfy { [.absent, .units(0)].contains(StatedAmount(body[$0])) }
        if isOurs, waits, isUntried { return .untried }
        return StatusCheckResult(intent(body, order: order, links: links))
    }

    /// A charge, wherever it stands.
    ///
    /// Where the amount was to be held only, it counts as soon as it is authorized.
    static func charge(_ body: JSONValue, isHeld: Bool = false) -> ProviderOutcome {
        guard body["object"] == "charge", let id = body["id"]?.stringValue else {
            return .unknown(Doubt(.unreadable))
        }
        let status = body["status"]?.stringValue ?? ""
        switch status {
        case "succeeded" where body["paid"] == true && (body["captured"] == true || isHeld):
            return succeeded(body, "amount", operatorReference: id)
        case "pending": return .pending(Progress(operatorReference: id))
        case "failed":
            let code = body["failure_code"]?.stringValue
            let reason = body["outcome"]?["reason"]?.stringValue
            return .rejected(refusal(code: code, declineCode: code == "card_declined" ? reason : nil))
        default: return .unknown(Doubt(.unlisted, providerCode: status))
        }
    }

    /// What a listing by our transfer group found.
    static func foundCharge(_ body: JSONValue, order: CollectInstruction) -> StatusCheckResult {
        guard body["object"] == "list", let charges = body["data"]?.arrayValue else {
            return .couldNotAnswer("no list")
        }
        guard !charges.isEmpty else { return .absent }
        let ours = charges.filter { $0["metadata"]?["reference"]?.stringValue == order.reference }
        guard ours.count == 1, let charge = ours.first else {
            return .couldNotAnswer(ours.isEmpty ? "only other charges" : "two charges under one reference")
        }
        return StatusCheckResult(Self.charge(charge, isHeld: order.capturesLater))
    }

    /// Done, as the object states it; without amount or currency it cannot be read.
    static func succeeded(
        _ body: JSONValue, _ amount: String, operatorReference: String?, reference: String? = "reference"
    ) -> ProviderOutcome {
        statement(body, amount: body[amount], operatorReference: operatorReference, reference: reference)
            .map(ProviderOutcome.succeeded)
            ?? .unknown(Doubt(.unreadable, providerCode: body["status"]?.stringValue ?? ""))
    }

    /// Amount, currency, our reference and the id, as stated; `nil` if amount or currency is missing.
    static func statement(
        _ body: JSONValue, amount: JSONValue?, operatorReference: String?, reference: String? = "reference"
    ) -> ReportedTransaction? {
        guard let currency = body["currency"]?.stringValue.flatMap({ Currency(code: $0.uppercased()) }),
            StatedAmount(amount) != .absent
        else { return nil }
        let units = StatedAmount(amount).units.flatMap { CardWire.minorUnits(ofWire: $0, currency) }
        return ReportedTransaction(
            reference: reference.flatMap { body["metadata"]?[$0]?.stringValue },
            amount: .whole(units.map { .units($0) } ?? .unreadable, currency), operatorReference: operatorReference)
    }

    private static func code(_ error: JSONValue) -> String? {
        error["decline_code"]?.nonEmptyText ?? error["code"]?.nonEmptyText ?? error["type"]?.nonEmptyText
    }

    static func refusal(_ error: JSONValue) -> Refusal {
        refusal(code: error["code"]?.nonEmptyText, declineCode: error["decline_code"]?.nonEmptyText)
    }

    private static func refusal(code: String?, declineCode: String?) -> Refusal {
        let reason = declineCode.flatMap { declines[$0] } ?? code.flatMap { declines[$0] } ?? .declined
        return Refusal(reason, providerCode: declineCode ?? code)
    }

    /// Decline codes and error codes of refused cards; what is not listed is a plain "declined".
    ///
    /// None of them may go to another provider by itself: networks fine merchants who repeat a refused card.
    private static let declines: [String: RefusalReason] = [
        "insufficient_funds": .insufficientFunds,
        "withdrawal_count_limit_exceeded": .limitReached, "card_velocity_exceeded": .limitReached,
        "authentication_required": .authenticationRequired, "authentication_not_handled": .authenticationRequired,
        "payment_intent_authentication_failure": .authenticationRequired,
        "incorrect_number": .wrongCredentials, "incorrect_cvc": .wrongCredentials, "incorrect_zip": .wrongCredentials,
        "expired_card": .wrongCredentials, "invalid_expiry_month": .wrongCredentials,
        "invalid_expiry_year": .wrongCredentials, "invalid_number": .wrongCredentials, "invalid_cvc": .wrongCredentials,
        "lost_card": .suspectedFraud, "stolen_card": .suspectedFraud, "pickup_card": .suspectedFraud,
        "fraudulent": .suspectedFraud, "merchant_blacklist": .suspectedFraud, "security_violation": .suspectedFraud,
    ]
}
