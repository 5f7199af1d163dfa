import Crypto

/// Signs events (docs/protocols/card.md, 6.1).
enum CardSignature {
    /// The value of `Stripe-Signature`.
    ///
    /// Signs the exact bytes that are sent. The endpoint's secret, as ASCII text with its prefix, is the key; the time
    /// of signing is in seconds since 1970.
    static func header(body: [UInt8], secret: String, seconds: Int64) -> String {
        let signed = Array("\(seconds).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Array(secret.utf8)))
        return "t=\(seconds),v1=\(hex(code))"
    }

    /// Lower-case hexadecimal.
    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }.joined()
    }
}
