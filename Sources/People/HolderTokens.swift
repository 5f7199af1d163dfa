import Crypto
import JWTKit
package import Router
import WebText

/// The tokens with which holders call: JSON Web Tokens of one day, signed with HS256 under a key of the installation, and
/// nothing else (RFC 8725).
package struct HolderTokens: Sendable {
    /// How long one holds, in seconds.
    package static let lifetimeSeconds: Int64 = 86_400

    private let keys: JWTKeyCollection
    private static let issuer = "payrouter"
    private static let audience = "payrouter/wallet"

    package init(_ keys: DataKeys) async {
        self.keys = await JWTKeyCollection()
            .add(hmac: HMACKey(key: keys[.holderTokens]), digestAlgorithm: .sha256)
    }

    /// What stands in a token.
    private struct Claims: JWTPayload {
        var iss: String
        var aud: String
        var sub: String
        var iat: Int64
        var exp: Int64
        /// The account's generation: a token of an older one is over.
        var gen: Int64

        func verify(using algorithm: some JWTAlgorithm) throws {}
    }

    /// A token of an account; `nil` if it cannot be signed.
    package func token(_ account: Account, at now: Moment) async -> String? {
        let seconds = now.milliseconds / 1_000
        let claims = Claims(
            iss: Self.issuer, aud: Self.audience, sub: account.id.text, iat: seconds,
            exp: seconds + Self.lifetimeSeconds, gen: account.generation)
        return try? await keys.sign(claims)
    }

    /// Whose a token is, and of which generation; `nil` unless it is one of ours that holds now.
    ///
    /// Whether the account is still of that generation is for the caller to look.
    package func read(_ token: String, at now: Moment) async -> (account: AccountID, generation: Int64)? {
        guard token.utf8.count <= 1_024, Self.isOurAlgorithm(token),
            let claims = try? await keys.verify(token, as: Claims.self)
        else { return nil }
        let seconds = now.milliseconds / 1_000
        guard claims.iss == Self.issuer, claims.aud == Self.audience, seconds < claims.exp, claims.iat <= seconds + 5,
            claims.exp - claims.iat == Self.lifetimeSeconds, let account = AccountID(claims.sub)
        else { return nil }
        return (account, claims.gen)
    }

    /// Whether the token's head is one that ours have: the algorithm is never chosen by whoever sends one.
    private static func isOurAlgorithm(_ token: String) -> Bool {
        guard let head = token.split(separator: ".", maxSplits: 1).first,
            let bytes = Base64.decode(urlSafe: String(head)),
            let json = try? StrictJSON.parse(bytes, maximumDepth: 2)
        else { return false }
        return json["alg"]?.stringValue == "HS256" && json["jku"] == nil && json["jwk"] == nil
    }
}
