import Crypto
import Router

/// Signed notifications.
///
/// Source: protocol notes 6.
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
        _ body: [UInt8], api: CardKind.API, isLive: Bool, mayShow: (String) -> Bool
    ) -> CallbackVerdict {
        guard let event = try? StrictJSON.parse(body), case .object = event, let id = event["id"]?.nonEmptyText else {
            return .refused(.malformed)
        }
        guard event["livemode"] == nil || event["livemode"]?.boolValue == isLive else { return .refused(.unverified) }
        guard event["object"] == "event", let type = event["type"]?.stringValue, let object = event["data"]?["object"]
        else { return .ignored(dedupKey: id) }
        if let verdict = CardNotices.read(type, object, id: id, api: api) { return verdict }
        let claim: Answer
        switch (api, type) {
        case (.paymentIntents, "payment_intent.succeeded"), (.paymentIntents, "payment_intent.processing"),
            (.paymentIntents, "payment_intent.requires_action"), (.paymentIntents, "payment_intent.payment_failed"),
            (.paymentIntents, "payment_intent.canceled"):
            claim = CardReplies.intent(object, order: nil, mayShow: mayShow)
        case (.charges, "charge.succeeded"), (.charges, "charge.pending"), (.charges, "charge.failed"),
            (.charges, "charge.captured"):
            claim = CardReplies.charge(object)
        default: return .ignored(dedupKey: id)
        }
        let reference = object["metadata"]?["reference"]?.nonEmptyText.map(CallbackSubject.reference)
        guard let subject = reference ?? object["id"]?.nonEmptyText.map(CallbackSubject.operatorReference) else {
            return .refused(.malformed)
        }
        return .about(CallbackFact(about: subject, claim: claim, isAuthentic: true, dedupKey: id))
    }
}
