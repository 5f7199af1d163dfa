import Crypto
package import Router
import WebText

/// Digits of a second factor: HMAC-SHA-1 over steps of 30 seconds, six digits (RFC 6238, RFC 4226), as every authenticator app
/// makes them.
package enum TOTP {
    /// How long the same digits are shown, in seconds.
    package static let stepSeconds: Int64 = 30
    /// How many steps a phone's clock may be off.
    private static let tolerance: Int64 = 1

    /// The step of a moment.
    package static func step(at moment: Moment) -> Int64 { moment.milliseconds / 1_000 / stepSeconds }

    /// The six digits of a step.
    package static func digits(_ secret: [UInt8], step: Int64) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
        let hash = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(hash[19] & 0x0F)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - text.count) + text
    }

    /// The step whose digits were typed, if it is now, or just before or after; never one that was taken before.
    package static func step(of typed: String, _ factor: SecondFactor, at now: Moment) -> Int64? {
        guard let digits = OneTimeCodes.digits(typed) else { return nil }
        let current = step(at: now)
        // All are compared, so that the time it takes tells nothing.
        return ((current - tolerance)...(current + tolerance)).filter { step in
            ConstantTime.areEqual(Self.digits(factor.secret, step: step), digits) && step > factor.lastStep
        }.first
    }

    /// What an authenticator app scans, or is told by hand: the secret in base32.
    package static func address(_ factor: SecondFactor, issuer: String, account: String) -> String {
        let label = PercentText.encoded("\(issuer):\(account)")
        return "otpauth://totp/\(label)?secret=\(base32(factor.secret))&issuer=\(PercentText.encoded(issuer))"
    }

    /// Base32 without padding (RFC 4648, section 6).
    package static func base32(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (text, buffer, count) = ("", UInt32(0), 0)
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(buffer >> UInt32(count) & 31)])
            }
        }
        if count > 0 { text.append(alphabet[Int(buffer << UInt32(5 - count) & 31)]) }
        return text
    }
}
