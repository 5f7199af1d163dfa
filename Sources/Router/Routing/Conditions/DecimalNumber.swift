/// A decimal number with at most nine digits behind the point: exact, so that two machines agree on a bound.
package struct DecimalNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Thousandths of a millionth.
    private let billionths: Int128

    /// A whole number.
    package init(_ whole: Int64) { billionths = Int128(whole) * 1_000_000_000 }

    /// Reads `-12`, `12.5` or `0.000000001`; `nil` for every other spelling, such as `1e3`, `+1`, `.5` or `1,5`.
    package init?(_ text: String) {
        var rest = text[...]
        let isNegative = rest.first == "-"
        if isNegative { rest.removeFirst() }
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...18).contains(whole.utf8.count), Self.isDigits(whole) else { return nil }
        let fraction = parts.count == 2 ? parts[1] : "0"
        guard (1...9).contains(fraction.utf8.count), Self.isDigits(fraction), let units = Int64(whole),
            let small = Int64(fraction + String(repeating: "0", count: 9 - fraction.utf8.count))
        else { return nil }
        let size = Int128(units) * 1_000_000_000 + Int128(small)
        billionths = isNegative ? -size : size
    }

    private init(billionths: Int128) { self.billionths = billionths }

    /// The number so many billionths further on.
    package func advanced(byBillionths step: Int64) -> DecimalNumber {
        DecimalNumber(billionths: billionths + Int128(step))
    }

    private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }

    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool { left.billionths < right.billionths }

    /// As ``init(_:)-(String)`` reads it, without needless zeros.
    package var description: String {
        let (whole, part) = billionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        let sign = billionths < 0 ? "-" : ""
        guard part > 0 else { return "\(sign)\(whole)" }
        var digits = String(part)
        digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
        while digits.last == "0" { digits.removeLast() }
        return "\(sign)\(whole).\(digits)"
    }
}

/// Decimal numbers between two bounds, both included; `nil` for no bound.
package struct DecimalRange: Sendable, Hashable {
    package var minimum: DecimalNumber?
    package var maximum: DecimalNumber?

    package init(minimum: DecimalNumber?, maximum: DecimalNumber?) {
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Whether a number lies between the bounds.
    package func contains(_ number: DecimalNumber) -> Bool {
        if let minimum, number < minimum { return false }
        if let maximum, number > maximum { return false }
        return true
    }
}
