/// Finds card numbers, so that they can be refused and never stored.
///
/// A card number here is 13 to 19 digits, perhaps in groups with single spaces between them, or in groups of at most 7
/// digits with single hyphens, with a valid Luhn sum and the first digits of a known issuer. Phone numbers are checked elsewhere, as phone numbers.
///
/// Identifiers must not be taken for cards, or one random key in some thousands would be refused: UUIDs have longer
/// groups, and digits inside 24 or more hexadecimal digits are part of them.
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
        // Hardly any text has as many digits as the shortest card number.
        guard bytes.count(where: isDigit) >= 13 else { return false }
        var groups: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            guard isDigit(bytes[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < bytes.count, isDigit(bytes[index]) { index += 1 }
            let isNext = groups.last.map { $0.upperBound + 1 == start && isSeparator(bytes[start - 1]) } ?? false
            if !isNext { groups = [] }
            groups.append(start..<index)
            if endsCard(groups, bytes) { return true }
        }
        return false
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x2D }

    /// Whether the last groups are a card number: a code or an amount before them does not hide it.
    private static func endsCard(_ groups: [Range<Int>], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = groups.last else { return false }
        if last.count >= 13, beginsCard(bytes[last]), !isIdentifier(last, bytes) { return true }
        let isHyphenated = groups.count > 1 && bytes[last.lowerBound - 1] == 0x2D
        var digits: [UInt8] = []
        for group in groups.reversed() {
            digits.insert(contentsOf: bytes[group].map { $0 - 0x30 }, at: 0)
            guard digits.count <= 19, !isHyphenated || group.count <= 7 else { return false }
            if digits.count >= 13, isCard(digits[...]) {
                return !isIdentifier(group.lowerBound..<last.upperBound, bytes)
            }
        }
        return false
    }

    /// Whether one group is a card number, or begins with one that its code or end of life follows directly.
    private static func beginsCard(_ group: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let digits = group.map { $0 - 0x30 }
        guard digits.count > 19 else { return isCard(digits[...]) }
        return (13...19).contains { isCard(digits[..<$0]) }
    }

    /// Whether digits lie inside a hexadecimal identifier, such as a UUID, that has letters too.
    private static func isIdentifier(_ digits: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var (start, end) = (digits.lowerBound, digits.upperBound)
        while start > 0, isHexadecimal(bytes[start - 1]) || bytes[start - 1] == 0x2D { start -= 1 }
        while end < bytes.count, isHexadecimal(bytes[end]) || bytes[end] == 0x2D { end += 1 }
        let token = bytes[start..<end]
        return token.count { isHexadecimal($0) } >= 24 && token.contains { isHexadecimal($0) && !isDigit($0) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isCard(_ digits: ArraySlice<UInt8>) -> Bool {
        isKnownIssuer(digits) && luhn(digits)
    }

    private static func isKnownIssuer(_ digits: ArraySlice<UInt8>) -> Bool {
        let prefix = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
        let length = digits.count
        switch prefix {
        case 4000...4999: return [13, 16, 19].contains(length)
        case 5100...5599, 2221...2720: return length == 16
        case 3400...3499, 3700...3799: return length == 15
        case 3000...3059, 3600...3699, 3800...3999: return (14...19).contains(length)
        case 3528...3589, 6011, 6440...6599, 6200...6299: return (16...19).contains(length)
        case 5000...5099, 5600...5899, 6000...6010, 6012...6199, 6300...6439, 6600...6999:
            return (13...19).contains(length)
        default: return false
        }
    }

    private static func luhn(_ digits: ArraySlice<UInt8>) -> Bool {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let value = index.isMultiple(of: 2) ? Int(digit) : Int(digit) * 2
            sum += value > 9 ? value - 9 : value
        }
        return sum.isMultiple(of: 10)
    }
}
