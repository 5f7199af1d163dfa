import Crypto
import FoundationEssentials

/// The JWT that a login hands out (HS256).
///
/// The real lifetime is not documented; here it is 300 seconds, in `exp`.
struct TMoneyToken: Codable, Sendable {
    /// The user name.
    var sub: String
    /// Seconds since 1970.
    var iat: Int64
    var exp: Int64
    var jti: String

    static let lifetimeSeconds: Int64 = 300
    private static let key = SymmetricKey(data: Array("sandbox operator, no secret".utf8))
    private static let header = Base64URL.encode(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))

    /// Makes a token that is valid from now on.
    init(user: String, now: Int64) {
        sub = user
        iat = now / 1000
        exp = now / 1000 + Self.lifetimeSeconds
        jti = Identifiers.token(12)
    }

    /// Reads a token, or returns `nil` if it was not made here.
    ///
    /// Says nothing about its age.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.decode(parts[1]), let code = Base64URL.decode(parts[2]),
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Array("\(parts[0]).\(parts[1])".utf8), using: Self.key),
            let token = try? JSONDecoder().decode(TMoneyToken.self, from: Data(payload))
        else { return nil }
        self = token
    }

    /// The token as it goes over the wire.
    var text: String {
        let payload: JSONValue = ["sub": .text(sub), "iat": .number(iat), "exp": .number(exp), "jti": .text(jti)]
        let signed = "\(Self.header).\(Base64URL.encode(payload.bytes))"
        let code = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: Self.key)
        return "\(signed).\(Base64URL.encode(code))"
    }
}
