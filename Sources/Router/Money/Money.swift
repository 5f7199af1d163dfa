/// An exact amount: an integer count of the currency's minor units.
///
/// Arithmetic is checked; nothing rounds and nothing wraps. 5 000 francs are `Money(5_000, .xof)`, 1.250 dinars are
/// `Money(1_250, .tnd)`.
public struct Money: Sendable, Hashable, CustomStringConvertible {
    /// How many of the currency's smallest unit: 5 000 XOF is 5000, 1.250 TND is 1250.
    public var minorUnits: Int64
    /// The currency, which fixes what a minor unit is.
    public var currency: Currency

    /// Any count is taken, negative ones too: what an order may ask for is checked where it is accepted.
    public init(_ minorUnits: Int64, _ currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Parses decimal text such as `12.50` exactly.
    ///
    /// - Parameters:
    ///   - text: Digits, optionally a dot and at most `exponent` digits after it. No sign, no grouping, no exponent.
    ///   - currency: The currency whose exponent counts.
    /// - Throws: ``MoneyError``.
    public init(decimal text: String, _ currency: Currency) throws(MoneyError) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = parts[0]
        let fraction = parts.count > 1 ? parts[1] : ""
        let digitsOnly = (whole + fraction).utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard !whole.isEmpty, digitsOnly, parts.count == 1 || !fraction.isEmpty else {
            throw .notDecimal
        }
        guard whole == "0" || !whole.hasPrefix("0") else { throw .notDecimal }
        let significant = fraction.utf8.count
        guard significant <= currency.exponent else { throw .tooManyDecimals(allowed: currency.exponent) }
        let padded = whole + fraction + String(repeating: "0", count: currency.exponent - significant)
        guard let units = Int64(padded) else { throw .overflow }
        self.init(units, currency)
    }

    /// The amount as decimal text with exactly the currency's digits: `12.50`, `1.250`, `5000`.
    public var decimalText: String {
        guard currency.exponent > 0 else { return String(minorUnits) }
        let digits = String(minorUnits.magnitude)
        let padded = String(repeating: "0", count: max(0, currency.exponent + 1 - digits.count)) + digits
        let cut = padded.index(padded.endIndex, offsetBy: -currency.exponent)
        return (minorUnits < 0 ? "-" : "") + padded[..<cut] + "." + padded[cut...]
    }

    /// The sum.
    ///
    /// - Throws: ``MoneyError`` if the currencies differ or the sum is beyond 64 bits.
    public func adding(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .overflow }
        return Money(sum, currency)
    }

    /// The difference.
    ///
    /// - Throws: ``MoneyError`` if the currencies differ or the difference is beyond 64 bits.
    public func subtracting(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        let (difference, overflow) = minorUnits.subtractingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .overflow }
        return Money(difference, currency)
    }

    /// Decimal text and code: `12.50 USD`.
    public var description: String { "\(decimalText) \(currency.code)" }
}

/// Why an amount could not be made.
public enum MoneyError: Error, Sendable, Hashable {
    /// The text is not plain decimal digits.
    case notDecimal
    /// More digits after the dot than the currency has.
    case tooManyDecimals(allowed: Int)
    /// Beyond 64 bits of minor units.
    case overflow
    /// Two currencies in one sum.
    case currencyMismatch
}
