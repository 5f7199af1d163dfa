/// Finds card numbers, so that they can be refused and never stored.
///
/// A card number here is 13 to 19 digits with a valid Luhn sum and the first digits of a known issuer, perhaps in groups with
/// one space between them, or groups of at most 7 digits with one dash, dot or slash; or in a card's own groups whatever stands
/// between them (``PrintedCards``), also percent-encoded. Digits of every script count by their
/// value, spaces, dashes, dots and slashes of every script are alike, and what cannot be seen is not there. Phone numbers are
/// checked elsewhere, as phone numbers.
///
/// Identifiers must not be taken for cards (``CardLookalikes``); of those that are bare digits of a card's length, one in ten
/// that begins like a card is refused, because nothing tells it from one.
public enum CardNumbers {
    /// Whether a text holds a card number.
    public static func contains(_ text: String) -> Bool {
        guard text.utf8.count >= 13 else { return false }
        var text = text
        return text.withUTF8 { contains($0) }
    }

    /// Whether bytes hold a card number.
    public static func contains(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { contains($0) } }

    private static func contains(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // Hardly any text has as many digits as the shortest card number; digits of other scripts have two bytes at least.
        var (digits, others) = (0, 0)
        for byte in bytes {
            if byte >= 0x80 { others += 1 } else if (0x30...0x39).contains(byte) { digits += 1 }
        }
        guard digits + others / 2 >= 13 else { return false }
        guard others > 0 else { return mayHoldCard(bytes) && findsCard(bytes) }
        return plain(bytes).withUnsafeBufferPointer(findsCard)
    }

    /// Whether ASCII text has as many digits as the shortest card number with no letter between them, or something that may be
    /// their percent encoding.
    ///
    /// Neither search goes on beyond a letter, and most identifiers have one soon.
    private static func mayHoldCard(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var digits = 0
        for byte in bytes {
            switch byte {
            case 0x30...0x39:
                digits += 1
                if digits >= 13 { return true }
            case 0x41...0x5A, 0x61...0x7A: digits = 0
            case 0x25: return true
            default: break
            }
        }
        return false
    }

    private static func findsCard(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if CardSearch(bytes).findsCard() || PrintedCards(bytes).findsCard() { return true }
        // A query may carry a number in the spelling of URLs.
        guard let decoded = decoded(bytes) else { return false }
        return contains(decoded)
    }

    /// The text without its percent encoding, where a plus is a space; `nil` if it has none.
    private static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard bytes.contains(0x25) else { return nil }
        var result: [UInt8] = []
        var (index, found) = (0, false)
        while index < bytes.count {
            if bytes[index] == 0x25, index + 2 < bytes.count, let high = hex(bytes[index + 1]),
                let low = hex(bytes[index + 2])
            {
                result.append(high << 4 | low)
                (index, found) = (index + 3, true)
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return found ? result : nil
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }

    /// The same text in ASCII; what is no digit or separator there is a character that belongs to nothing.
    private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            guard !scalar.isASCII else {
                result.append(UInt8(truncatingIfNeeded: scalar.value))
                continue
            }
            switch TypedScalar(scalar) {
            case .digit(let value): result.append(0x30 + value)
            case .space: result.append(0x20)
            case .dash: result.append(0x2D)
            case .dot: result.append(0x2E)
            case .slash: result.append(0x2F)
            case .plus: result.append(0x2B)
            case .invisible: continue
            case .opening, .closing, .other: result.append(0x7F)
            }
        }
        return result
    }

    /// The values of a text's digits, if it has nothing else than digits and what is written between them.
    package static func bareDigits(_ text: String) -> [UInt8]? {
        var digits: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch TypedScalar(scalar) {
            case .digit(let value): digits.append(value)
            case .space, .dash, .dot, .slash, .invisible: continue
            case .opening, .closing, .plus, .other: return nil
            }
        }
        return digits
    }

    /// Whether the last of some digits is the right Luhn check digit.
    package static func hasRightSum(_ digits: some BidirectionalCollection<UInt8>) -> Bool {
        var sum = LuhnSum()
        for digit in digits.reversed() { sum.add(digit) }
        return sum.isRight
    }
}

/// A Luhn sum, from the last digit to the first.
struct LuhnSum: Sendable {
    private(set) var count = 0
    private var sum = 0

    /// Adds the digit before those added so far.
    mutating func add(_ digit: UInt8) {
        let value = count.isMultiple(of: 2) ? Int(digit) : Int(digit) * 2
        sum += value > 9 ? value - 9 : value
        count += 1
    }

    /// Whether the digits so far have a right sum.
    var isRight: Bool { sum.isMultiple(of: 10) }
}
