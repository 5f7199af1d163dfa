/// A phone number as somebody wrote it, taken apart; nothing is known of countries yet.
struct PhoneSpelling {
    /// The digits' values; without the plus or the two zeros before an international number.
    private(set) var digits: [UInt8] = []
    /// Whether it began with a plus or two zeros.
    private(set) var isInternational = false
    /// Where a zero stands alone in brackets, as in `+33 (0)6`.
    private(set) var bracketedZero: Int?

    /// More digits than any number has, even with what is written before it.
    private static let limit = 20

    init(_ text: String) throws(MSISDNError) {
        let visible = text.unicodeScalars.drop { scalar in
            let kind = TypedScalar(scalar)
            return kind == .space || kind == .invisible
        }
        if let uri = try TelURI(visible) {
            try scan(uri.number.unicodeScalars)
            if !isInternational, let context = uri.context {
                let local = self
                self = try PhoneSpelling(context)
                digits += local.digits
            }
        } else {
            try scan(visible)
        }
        guard digits.count - (bracketedZero == nil ? 0 : 1) <= 15 else { throw .tooLong }
    }

    private mutating func scan(_ scalars: some Sequence<Unicode.Scalar>) throws(MSISDNError) {
        var opened: Int?
        for scalar in scalars {
            switch TypedScalar(scalar) {
            case .digit(let value):
                digits.append(value)
                guard digits.count <= Self.limit else { throw .tooLong }
            case .plus:
                guard digits.isEmpty, !isInternational else { throw .notDigits }
                isInternational = true
            case .opening: opened = digits.count
            case .closing:
                if let opened, digits.count == opened + 1, digits[opened] == 0 { bracketedZero = opened }
                opened = nil
            case .space, .dash, .dot, .slash, .invisible: continue
            case .other: throw .notDigits
            }
        }
        guard !isInternational, digits.starts(with: [0, 0]) else { return }
        isInternational = true
        digits.removeFirst(2)
        bracketedZero = bracketedZero.flatMap { $0 >= 2 ? $0 - 2 : nil }
    }
}
