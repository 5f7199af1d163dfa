/// An amount as an operator states it, in an answer or a notification.
///
/// The one place where operators' amounts are read: exactly, from the digits as they were written, never through binary
/// floating point. `5000`, `"5000"`, `5000.00` and `"5000.0"` are one amount.
public enum StatedAmount: Sendable, Hashable {
    /// None is stated.
    case absent
    /// A count of units.
    case units(Int64)
    /// Something else: a digit other than zero behind what the currency allows, a leading zero, an exponent, a sign,
    /// grouping, blanks, text, more than 64 bits. Never rounded, never guessed; it counts as another amount.
    case unreadable

    /// Reads a member of an answer.
    ///
    /// - Parameters:
    ///   - value: The member, a number or a text; `nil` and `null` are absent.
    ///   - decimals: How many digits behind the point count: none where the operator writes a count of units, the
    ///     currency's exponent where it writes its main unit. Zeros may follow them.
    public init(_ value: JSONValue?, decimals: Int = 0) {
        switch value {
        case nil, .null?: self = .absent
        case .number(let text)?, .string(let text)?:
            self = Self.exact(text.utf8, decimals).map(StatedAmount.units) ?? .unreadable
        default: self = .unreadable
        }
    }

    /// Reads a member that is written with a minus sign and means what is behind it; zero is none of them.
    public init(behindMinus value: JSONValue?) {
        switch value {
        case nil, .null?: self = .absent
        case .number(let text)?, .string(let text)?:
            let units = text.utf8.first == UInt8(ascii: "-") ? Self.exact(text.utf8.dropFirst(), 0) : nil
            self = units.flatMap { $0 > 0 ? .units($0) : nil } ?? .unreadable
        default: self = .unreadable
        }
    }

    /// The count, if there is one.
    public var units: Int64? {
        guard case .units(let units) = self else { return nil }
        return units
    }

    /// Digits, and perhaps a point with digits behind it, those beyond `decimals` all zero; `nil` for anything else.
    private static func exact(_ text: some Collection<UInt8>, _ decimals: Int) -> Int64? {
        var units: Int64 = 0
        var wholeDigits = 0
        var behindPoint: Int?
        for byte in text {
            if byte == UInt8(ascii: "."), behindPoint == nil, wholeDigits > 0 {
                behindPoint = 0
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let digit = Int64(byte - UInt8(ascii: "0"))
            if let places = behindPoint {
                behindPoint = places + 1
                if places >= decimals {
                    guard digit == 0 else { return nil }
                    continue
                }
            } else {
                guard wholeDigits == 0 || units > 0 else { return nil }
                wholeDigits += 1
            }
            guard let sum = appended(digit, to: units) else { return nil }
            units = sum
        }
        guard wholeDigits > 0, behindPoint != 0 else { return nil }
        for _ in min(behindPoint ?? 0, decimals)..<decimals {
            guard let sum = appended(0, to: units) else { return nil }
            units = sum
        }
        return units
    }

    private static func appended(_ digit: Int64, to units: Int64) -> Int64? {
        let (product, isTooLarge) = units.multipliedReportingOverflow(by: 10)
        let (sum, isStillTooLarge) = product.addingReportingOverflow(digit)
        return isTooLarge || isStillTooLarge ? nil : sum
    }
}

extension ReportedTransaction {
    /// What an operator states, with the amount as it was read.
    public init(
        reference: String? = nil, of amount: StatedAmount, _ currency: Currency? = nil,
        operatorReference: String? = nil, acceptedAs: String? = nil, balance: Balance? = nil, goods: Secret? = nil
    ) {
        self.init(
            reference: reference, amount: ReportedAmount(amount, currency), operatorReference: operatorReference,
            acceptedAs: acceptedAs, balance: balance, goods: goods)
    }
}
