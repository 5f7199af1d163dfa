/// A part of a whole in millionths: 1 000 000 is all of it, 10 000 is one point (a hundredth).
///
/// An integer, so that two machines never order two rates differently.
package struct Share: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var millionths: Int64

    package init(millionths: Int64) { self.millionths = millionths }

    /// So many hundredths.
    package init(percent: Int64) { millionths = percent * 10_000 }

    package static let none = Share(millionths: 0)
    package static let all = Share(millionths: 1_000_000)

    /// The part of a whole, rounded to the nearest millionth; `none` of nothing.
    package init(_ part: Int64, of whole: Int64) {
        guard whole > 0 else {
            self = .none
            return
        }
        // Nearly all counts are small enough for the arithmetic that costs less.
        guard part.magnitude > 1 << 40 || whole > 1 << 40 else {
            millionths = (part * 2_000_000 + whole) / (whole * 2)
            return
        }
        let quotient = (Int128(part) * 2_000_000 + Int128(whole)) / (Int128(whole) * 2)
        millionths = Int64(clamping: quotient)
    }

    /// Whether a hash falls into this share of all hashes: the same one always, and the more hashes the larger the share.
    package func holds(_ hash: UInt64) -> Bool { Int64(hash % 1_000_000) < millionths }

    package static func < (left: Share, right: Share) -> Bool { left.millionths < right.millionths }

    /// In percent with two digits: `97.25 %`, rounded towards zero.
    package var description: String {
        let hundredths = millionths.magnitude / 100
        let digits = String(hundredths % 100)
        return (millionths < 0 ? "-" : "") + "\(hundredths / 100)." + (digits.utf8.count < 2 ? "0" : "") + digits + " %"
    }
}
