import Crypto
import Router
import WebText

/// Signed notifications, about payments and about what follows them: captures of held money, refunds, disputes.
///
/// Source: docs/protocols/card.md, 6, 2.3 (refunds that fail later).
enum CardEvents {
    private static let toleranceSeconds: Int64 = 300

    /// Verifies the signature over the raw bytes.
    ///
    /// - Returns: Why the notification is refused, or `nil` if it is authentic and fresh.
    static func verify(_ callback: InboundCallback, secret: Secret, now: Moment) -> CallbackRefusal? {
        guard callback.method == "POST", !secret.reveal().isEmpty, let header = callback.header("stripe-signature")
        else { return .unverified }
        var times: [Substring] = []
        var signatures: [[UInt8]] = []
        for item in header.split(separator: ",") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "t": times.append(parts[1])
            // The service writes lower case only; the official check compares text.
            case "v1" where !parts[1].contains(where: \.isUppercase):
                if let bytes = Hex.bytes(String(parts[1])) { signatures.append(bytes) }
            default: continue
            }
        }
        guard times.count == 1, let text = times.first, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            text.utf8.count <= 12, let seconds = Int64(text), !signatures.isEmpty, signatures.count <= 16
        else { return .unverified }
        let key = SymmetricKey(data: Array(secret.reveal().utf8))
        let message = Array("\(text).".utf8) + callback.body
        let isAuthentic = signatures.reduce(false) { found, signature in
            HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: message, using: key) || found
        }
        guard isAuthentic else { return .unverified }
        let age = now.milliseconds(since: Moment(milliseconds: seconds * 1_000))
        return age.magnitude <= toleranceSeconds * 1_000 ? nil : .stale
    }

    /// Reads an authentic event.
    ///
    /// Only the events of the interface in use speak about our attempts: an intent's charge repeats what the intent
    /// says, under another id.
    static func read(
        _ body: [UInt8], api: CardKind.API, isLive: Bool, links: PayerLinks
    ) -> CallbackVerdict {
        guard let event = try? StrictJSON.parse(body), case .object = event, let id = event["id"]?.nonEmptyText else {
            return .refused(.malformed)
        }
        guard event["livemode"] == nil || event["livemode"]?.boolValue == isLive else { return .refused(.unverified) }
        guard event["object"] == "event", let type = event["type"]?.stringValue, let object = event["data"]?["object"]
        else { return .ignored(dedupKey: id) }
        switch (api, type) {
        case (_, "refund.created"), (_, "refund.updated"), (_, "refund.failed"), (_, "charge.refund.updated"):
            return refund(type, object, id: id)
        case (_, "charge.dispute.created"), (_, "charge.dispute.updated"), (_, "charge.dispute.closed"),
            (_, "charge.dispute.funds_withdrawn"), (_, "charge.dispute.funds_reinstated"):
            return dispute(type, object, id: id, api: api)
        case (.paymentIntents, "checkout.session.completed"), (.paymentIntents, "checkout.session.expired"),
            (.paymentIntents, "checkout.session.async_payment_succeeded"),
            (.paymentIntents, "checkout.session.async_payment_failed"):
            // A page that is not ours is somebody else's business.
            return CardPages.event(type, object).map { about($0, $1, id) } ?? .ignored(dedupKey: id)
        case (.paymentIntents, "payment_intent.amount_capturable_updated") where CardPages.isOfPage(object),
            (.paymentIntents, "payment_intent.succeeded")
        where CardPages.isOfPage(object) && object["metadata"]?["capture"]?.nonEmptyText == nil:
            return subject(object).map { .hint($0, type) } ?? .ignored(dedupKey: id)
        // A page goes on after a declined card, and its end is its own event.
        case (.paymentIntents, let type)
        where CardPages.isOfPage(object) && type.hasPrefix("payment_intent.") && type != "payment_intent.succeeded":
            return .ignored(dedupKey: id)
        case (.paymentIntents, "payment_intent.amount_capturable_updated"):
            // After a capture in part nothing is capturable any more; that is no news about the hold.
            let claim = CardReplies.succeeded(object, "amount_capturable", operatorReference: object["id"]?.stringValue)
            guard subject(object) == nil || (object["status"] == "requires_capture" && claim.isSucceeded) else {
                return .ignored(dedupKey: id)
            }
            return about(subject(object), claim, id)
        case (.paymentIntents, "payment_intent.succeeded") where object["capture_method"] == "manual":
            guard let reference = object["metadata"]?["capture"]?.nonEmptyText else { return .ignored(dedupKey: id) }
            let claim = CardReplies.succeeded(object, "amount_received", operatorReference: nil, reference: "capture")
            return claim.isSucceeded ? about(.reference(reference), claim, id) : .refused(.malformed)
        // The end of a hold: our release is found by asking, a lapse by its time.
        case (.paymentIntents, "payment_intent.canceled") where wasHeld(object): return .ignored(dedupKey: id)
        case (.paymentIntents, "payment_intent.succeeded"), (.paymentIntents, "payment_intent.processing"),
            (.paymentIntents, "payment_intent.requires_action"), (.paymentIntents, "payment_intent.payment_failed"),
            (.paymentIntents, "payment_intent.canceled"):
            return about(subject(object), CardReplies.intent(object, order: nil, links: links), id)
        // Whether a charge that is not captured is what was asked for, only the payment knows.
        case (.charges, "charge.succeeded") where object["captured"] == false:
            return subject(object).map { .hint($0, type) } ?? .refused(.malformed)
        case (.charges, "charge.succeeded"), (.charges, "charge.pending"), (.charges, "charge.failed"),
            (.charges, "charge.captured"):
            return about(subject(object), CardReplies.charge(object), id)
        // Among them charge.refunded, which states what was given back in all; the refund's own event names which.
        default: return .ignored(dedupKey: id)
        }
    }

    private static func about(_ subject: CallbackSubject?, _ claim: ProviderOutcome, _ id: String) -> CallbackVerdict {
        guard let subject else { return .refused(.malformed) }
        return .about(CallbackFact(about: subject, claim: claim, proof: .signature, dedupKey: id))
    }

    private static func refund(_ type: String, _ object: JSONValue, id: String) -> CallbackVerdict {
        if let reference = object["metadata"]?["reference"]?.nonEmptyText {
            return about(.reference(reference), CardFollowUps.refund(object), id)
        }
        guard type == "refund.created", let refund = object["id"]?.nonEmptyText,
            let payment = object["payment_intent"]?.nonEmptyText ?? object["charge"]?.nonEmptyText
        else { return .ignored(dedupKey: id) }
        return .notice(
            OperatorNotice(
                about: .operatorReference(payment), kind: .refundedElsewhere, operatorReference: refund,
                amount: amount(object), reason: object["reason"]?.nonEmptyText, dedupKey: id, proof: .signature))
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
                reason: object["reason"]?.nonEmptyText, dedupKey: id, proof: .signature))
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
            let units = StatedAmount(object["amount"]).units.flatMap({ CardWire.minorUnits(ofWire: $0, currency) })
        else { return nil }
        return Money(units, currency)
    }
}
