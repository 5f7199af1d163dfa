package import Router
import WebText

/// The card operator's word that a payment was made, signed as the operator signs it.
package struct CardNotification: Sendable {
    /// What the configuration of the bench says, too.
    package static let secret = "whsec_bench"

    /// The header `Stripe-Signature`.
    package var signature: String
    package var body: [UInt8]

    /// Tells of one payment, at a moment.
    package init(_ intent: ScriptedOperators.Intent, at now: Moment) {
        let text = """
            {"id":"evt_\(intent.id)","object":"event","livemode":false,"type":"payment_intent.succeeded","data":{"object":\
            {"id":"\(intent.id)","object":"payment_intent","amount":5000,"amount_received":5000,"currency":"usd",\
            "status":"succeeded","livemode":false,"metadata":{"reference":"\(intent.reference)"}}}}
            """
        body = Array(text.utf8)
        let seconds = now.milliseconds / 1_000
        let code = MessageCode.sha256.code(of: Array("\(seconds).".utf8) + body, key: Secret(Self.secret))
        signature = "t=\(seconds),v1=\(Hex.text(code))"
    }
}
