import Crypto
package import Router
import WebText

/// Signs what is delivered, after Standard Webhooks 1.0.0: HMAC-SHA256 over `id.timestamp.body`, serialised as `v1,` and
/// base64; while a secret is being rotated, one signature per secret, separated by spaces.
package struct WebhookSigner: Sendable {
    private let keys: [SymmetricKey]

    /// Takes the secrets in force, newest first.
    ///
    /// - Returns: `nil` if there is none, or one is malformed: nothing may leave with fewer signatures than promised.
    package init?(_ secrets: [Secret]) {
        let keys = secrets.compactMap { WebhookSecret($0)?.key }
        guard !keys.isEmpty, keys.count == secrets.count else { return nil }
        self.keys = keys
    }

    /// The value of `webhook-signature`.
    ///
    /// - Parameters:
    ///   - id: The event's id, the same on every retry. Holds no full stop.
    ///   - seconds: The time of this attempt, in seconds since 1970.
    ///   - body: The exact bytes that are sent.
    /// - Returns: One signature per secret, separated by spaces.
    package func signature(id: String, seconds: Int64, body: [UInt8]) -> String {
        let signed = Self.signedBytes(id: id, timestamp: String(seconds), body: body)
        return keys.map { key in
            "v1," + Base64.encode(HMAC<SHA256>.authenticationCode(for: signed, using: key))
        }.joined(separator: " ")
    }

    /// The three headers of one attempt.
    package func headers(id: String, at moment: Moment, body: [UInt8]) -> [WireRequest.Header] {
        let seconds = moment.milliseconds / 1_000
        return [
            WireRequest.Header("webhook-id", id),
            WireRequest.Header("webhook-timestamp", String(seconds)),
            WireRequest.Header("webhook-signature", signature(id: id, seconds: seconds, body: body)),
        ]
    }

    static func signedBytes(id: String, timestamp: String, body: [UInt8]) -> [UInt8] {
        Array("\(id).\(timestamp).".utf8) + body
    }
}
