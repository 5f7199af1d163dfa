/// What a character means in a number that somebody typed or pasted.
///
/// Digits of every script count by their value; spaces, dashes, dots, slashes and brackets of every script are alike; what
/// shows nothing (direction marks of contact lists, zero-width characters, soft hyphens, byte order marks) counts for
/// nothing.
package enum TypedScalar: Sendable, Hashable {
    /// A decimal digit, by its value.
    case digit(UInt8)
    case space, dash, dot, slash, opening, closing, plus
    /// Shows nothing.
    case invisible
    case other

    /// What a character means.
    package init(_ scalar: Unicode.Scalar) {
        self = scalar.isASCII ? Self.ascii(UInt8(truncatingIfNeeded: scalar.value)) : Self.unicode(scalar)
    }

    /// The same for one ASCII character.
    static func ascii(_ byte: UInt8) -> TypedScalar {
        switch byte {
        case 0x30...0x39: .digit(byte - 0x30)
        case 0x20, 0x09...0x0D: .space
        case 0x2D: .dash
        case 0x2E: .dot
        case 0x2F, 0x5C: .slash
        case 0x28, 0x5B, 0x7B: .opening
        case 0x29, 0x5D, 0x7D: .closing
        case 0x2B: .plus
        default: .other
        }
    }

    private static func unicode(_ scalar: Unicode.Scalar) -> TypedScalar {
        switch scalar.value {
        // Full stops, middle dots and bullets; there is no property that all of them have.
        case 0xB7, 0x589, 0x6D4, 0x2022, 0x2024, 0x2027, 0x2219, 0x22C5, 0x3002, 0x30FB, 0xFE52, 0xFF0E, 0xFF61, 0xFF65:
            return .dot
        case 0x2044, 0x2215, 0x2571, 0x29F5, 0x29F8, 0xFE68, 0xFF0F, 0xFF3C: return .slash
        // Typed for a dash, but none by its properties: modifier minus, hyphen bullet, the long vowel marks of Japanese.
        case 0x2D7, 0x2043, 0x30FC, 0xFF70: return .dash
        case 0xFE62, 0xFF0B, 0x2795: return .plus
        default: break
        }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .decimalNumber: return properties.numericValue.map { .digit(UInt8($0)) } ?? .other
        case .format: return .invisible
        case .dashPunctuation: return .dash
        case .openPunctuation: return .opening
        case .closePunctuation: return .closing
        default: break
        }
        if properties.isWhitespace { return .space }
        if properties.isDefaultIgnorableCodePoint { return .invisible }
        return properties.isDash ? .dash : .other
    }
}
