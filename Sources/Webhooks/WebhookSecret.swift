import Crypto
package import Router
import WebText

/// The key behind a signing secret of Standard Webhooks: `whsec_` and the base64 of 24 to 64 bytes.
package struct WebhookSecret: Sendable {
    private static let prefix = "whsec_"

    let key: SymmetricKey

    /// Reads a secret; base64 without its padding is accepted.
    ///
    /// - Returns: `nil` for anything else than `whsec_` and the base64 of 24 to 64 bytes. An empty or malformed secret
    ///   must never sign or verify.
    package init?(_ secret: Secret) {
        let text = secret.reveal()
        guard text.hasPrefix(Self.prefix) else { return nil }
        guard let bytes = Base64.decode(text.dropFirst(Self.prefix.count)), (24...64).contains(bytes.count) else {
            return nil
        }
        key = SymmetricKey(data: bytes)
    }

    /// A new secret of 32 random bytes.
    package static func make(from random: any RandomSource) -> Secret {
        var bytes: [UInt8] = []
        for _ in 0..<4 { withUnsafeBytes(of: random.next().littleEndian) { bytes.append(contentsOf: $0) } }
        return Secret(prefix + Base64.encode(bytes))
    }
}
