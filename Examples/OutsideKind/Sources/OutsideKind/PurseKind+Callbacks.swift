import Router
import WebText

/// Notifications: `X-Purse-Signature` is the base64 of HMAC-SHA256 over `<X-Purse-Time>.<body>`.
extension PurseProvider: ReceivingCallbacks {
    private static let toleranceSeconds: Int64 = 300

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        // The raw bytes first: what is not the operator's is not even parsed.
        guard let text = callback.header("x-purse-time"), let time = Int64(text),
            let code = callback.header("x-purse-signature").flatMap({ Base64.decode($0) }),
            MessageCode.sha256.isValid(code, of: Array("\(text).".utf8) + callback.body, key: webhookKey)
        else { return .refused(.unverified) }
        let present = now.milliseconds / 1_000
        guard (present - Self.toleranceSeconds...present + Self.toleranceSeconds).contains(time) else {
            return .refused(.stale)
        }
        guard let value = try? StrictJSON.parse(callback.body), let reference = value["reference"]?.stringValue else {
            return .refused(.malformed)
        }
        return .about(
            CallbackFact(
                about: .reference(reference), claim: answer(value), proof: .signature,
                dedupKey: value["event"]?.stringValue, statement: statement(value)))
    }
}
