import Crypto
import WebText

/// Makes and hashes one-time codes and keys.
///
/// A code follows from its challenge's identifier, of which 80 bits are random, under a key of the installation: nobody
/// else can tell it, and it need not be kept until its message is sent.
package struct OneTimeCodes: Sendable {
    private let keyed: HMAC<SHA256>

    package init(_ keys: DataKeys) { keyed = HMAC(key: keys[.oneTimeCodes]) }

    /// What is sent for a challenge: six digits, or for a link 40 hexadecimal ones.
    package func code(of id: ChallengeID, for purpose: Challenge.Purpose) -> String {
        let bytes = digest("code", id.text, purpose.rawValue)
        guard !purpose.isKey else { return Hex.text(bytes.prefix(20)) }
        // 2^64 is so much more than a million that no code is likelier than another by a measure that matters.
        let number = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        let digits = String(number)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The six digits that somebody typed; `nil` for what is no code of six digits, whatever its challenge.
    ///
    /// Digits of every script count by their value; spaces, dashes and what shows nothing count for nothing.
    package static func digits(_ typed: String) -> String? {
        // Long enough for six digits in any writing, and nothing that would have to be read for long.
        guard typed.utf8.count <= 64 else { return nil }
        var digits = ""
        for scalar in typed.unicodeScalars {
            switch TypedScalar(scalar) {
            case .digit(let value): digits += String(value)
            case .space, .dash, .invisible: continue
            case .dot, .slash, .opening, .closing, .plus, .other: return nil
            }
        }
        return digits.utf8.count == 6 ? digits : nil
    }

    /// What is kept of a code, and compared.
    package func hash(_ code: String, of id: ChallengeID) -> [UInt8] { digest("hash", id.text, code) }

    /// What is kept of a session's cookie.
    package func hash(session cookie: String) -> [UInt8] { digest("session", cookie) }

    /// What a form has to repeat so that it is known to come from a page of this session.
    package func formToken(session cookie: String) -> String { Hex.text(digest("form", cookie).prefix(16)) }

    private func digest(_ parts: String...) -> [UInt8] {
        var code = keyed
        code.update(data: Array(parts.joined(separator: "\u{1F}").utf8))
        return Array(code.finalize())
    }
}
