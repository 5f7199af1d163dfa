import Router

/// Events about what follows a payment: captures of held money, refunds, disputes.
///
/// Source: protocol notes 2.3 (refunds that fail later), 6.2 (types).
enum CardNotices {
    /// Reads an authentic event; `nil` if it is about a payment itself.
    static func read(_ type: String, _ object: JSONValue, id: String, api: CardKind.API) -> CallbackVerdict? {
        switch (api, type) {
        case (_, "refund.created"), (_, "refund.updated"), (_, "refund.failed"), (_, "charge.refund.updated"):
            return refund(type, object, id: id)
        case (_, "charge.dispute.created"), (_, "charge.dispute.updated"), (_, "charge.dispute.closed"),
            (_, "charge.dispute.funds_withdrawn"), (_, "charge.dispute.funds_reinstated"):
            return dispute(type, object, id: id, api: api)
        case (.paymentIntents, "payment_intent.amount_capturable_updated"):
            return held(object, id: id)
        case (.paymentIntents, "payment_intent.succeeded") where object["capture_method"] == "manual":
            return captured(object, id: id)
        // The end of a hold: our release is found by asking, a lapse by its time.
        case (.paymentIntents, "payment_intent.canceled") where wasHeld(object): return .ignored(dedupKey: id)
        // Whether a charge that is not captured is what was asked for, only the payment knows.
        case (.charges, "charge.succeeded") where object["captured"] == false:
            guard let subject = subject(object) else { return .refused(.malformed) }
            return .about(
                CallbackFact(about: subject, claim: .unknown(Doubt(.unlisted, providerCode: type)), isAuthentic: false))
        // What was given back in all; the refund's own event names which.
        default: return nil
        }
    }

    private static func refund(_ type: String, _ object: JSONValue, id: String) -> CallbackVerdict {
        if let reference = object["metadata"]?["reference"]?.nonEmptyText {
            return .about(
                CallbackFact(
                    about: .reference(reference), claim: CardFollowUps.refund(object), isAuthentic: true, dedupKey: id))
        }
        guard type == "refund.created", let refund = object["id"]?.nonEmptyText,
            let payment = object["payment_intent"]?.nonEmptyText ?? object["charge"]?.nonEmptyText
        else { return .ignored(dedupKey: id) }
        return .notice(
            OperatorNotice(
                about: .operatorReference(payment), kind: .refundedElsewhere, operatorReference: refund,
                amount: amount(object), reason: object["reason"]?.nonEmptyText, dedupKey: id))
    }

    private static func dispute(
        _ type: String, _ object: JSONValue, id: String, api: CardKind.API
    ) -> CallbackVerdict {
        let charge = object["charge"]?.nonEmptyText
        let payment = api == .paymentIntents ? object["payment_intent"]?.nonEmptyText ?? charge : charge
        guard let dispute = object["id"]?.nonEmptyText, let payment else { return .refused(.malformed) }
        let kind: OperatorNotice.Kind =
            switch (type, object["status"]?.stringValue) {
            case ("charge.dispute.created", _): .disputeOpened
            case ("charge.dispute.closed", "won"): .disputeWon
            case ("charge.dispute.closed", "lost"): .disputeLost
            default: .disputeUpdated
            }
        return .notice(
            OperatorNotice(
                about: .operatorReference(payment), kind: kind, operatorReference: dispute, amount: amount(object),
                reason: object["reason"]?.nonEmptyText, dedupKey: id))
    }

    private static func held(_ object: JSONValue, id: String) -> CallbackVerdict {
        guard let subject = subject(object) else { return .refused(.malformed) }
        // After a capture in part nothing is capturable any more; that is no news about the hold.
        guard object["status"] == "requires_capture",
            let statement = CardReplies.statement(
                object, amount: object["amount_capturable"], operatorReference: object["id"]?.stringValue)
        else { return .ignored(dedupKey: id) }
        return .about(CallbackFact(about: subject, claim: .settled(statement), isAuthentic: true, dedupKey: id))
    }

    private static func captured(_ object: JSONValue, id: String) -> CallbackVerdict {
        guard let reference = object["metadata"]?["capture"]?.nonEmptyText else { return .ignored(dedupKey: id) }
        guard
            let statement = CardReplies.statement(
                object, amount: object["amount_received"], operatorReference: nil, reference: "capture")
        else { return .refused(.malformed) }
        return .about(
            CallbackFact(about: .reference(reference), claim: .settled(statement), isAuthentic: true, dedupKey: id))
    }

    private static func wasHeld(_ object: JSONValue) -> Bool {
        let hasFailed = object["last_payment_error"].map { $0 != .null } ?? false
        return object["capture_method"] == "manual" && object["latest_charge"]?.nonEmptyText != nil && !hasFailed
    }

    private static func subject(_ object: JSONValue) -> CallbackSubject? {
        object["metadata"]?["reference"]?.nonEmptyText.map(CallbackSubject.reference)
            ?? object["id"]?.nonEmptyText.map(CallbackSubject.operatorReference)
    }

    private static func amount(_ object: JSONValue) -> Money? {
        guard let currency = object["currency"]?.stringValue.flatMap({ Currency(code: $0.uppercased()) }),
            let units = object["amount"]?.integerValue.flatMap({ CardWire.minorUnits(ofWire: $0, currency) })
        else { return nil }
        return Money(units, currency)
    }
}
