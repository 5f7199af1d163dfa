/// What looks like a card number by chance, because it is a part of something else.
struct CardLookalikes {
    private let bytes: UnsafeBufferPointer<UInt8>

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Whether digits that could be a card's belong to an identifier, a bank account or a phone number.
    ///
    /// - Parameters:
    ///   - window: Where they are, with what stands between them.
    ///   - count: How many they are.
    ///   - previous: The group of digits before them.
    /// - Returns: `true` if they are no card's.
    func hold(_ window: Range<Int>, digits count: Int, after previous: Range<Int>?) -> Bool {
        isHexadecimal(window) || isAccount(window) || (count == 13 && isDialled(window, after: previous))
    }

    /// Whether they lie inside a hexadecimal identifier, such as a UUID, that has letters too.
    private func isHexadecimal(_ window: Range<Int>) -> Bool {
        var (start, end) = (window.lowerBound, window.upperBound)
        while start > 0, Self.isHex(bytes[start - 1]) || bytes[start - 1] == 0x2D { start -= 1 }
        while end < bytes.count, Self.isHex(bytes[end]) || bytes[end] == 0x2D { end += 1 }
        let token = bytes[start..<end]
        return token.count { Self.isHex($0) } >= 24 && token.contains { Self.isHex($0) && !$0.isDigit }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        byte.isDigit || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// Whether they lie inside a bank account number (IBAN) with right check digits, in one piece or in groups.
    private func isAccount(_ window: Range<Int>) -> Bool {
        // Two letters and two digits begin it; the digits of the window may be the check digits already.
        var start = window.lowerBound - 2
        let first = max(0, window.lowerBound - 44)
        while start >= first {
            if beginsAccount(at: start), accountEnds(from: start, behind: window.upperBound) { return true }
            start -= 1
        }
        return false
    }

    private func beginsAccount(at start: Int) -> Bool {
        start + 4 < bytes.count && Self.isLetter(bytes[start]) && Self.isLetter(bytes[start + 1])
            && bytes[start + 2].isDigit && bytes[start + 3].isDigit && (start == 0 || !isWord(start - 1))
    }

    /// Whether an account number begins at a place, and ends where a word does, behind another place.
    private func accountEnds(from start: Int, behind end: Int) -> Bool {
        var (rest, count, index) = (0, 4, start + 4)
        while index < bytes.count, count < 34 {
            if isWord(index) {
                rest = Self.appended(bytes[index], to: rest)
                count += 1
                if index + 1 >= end, count >= 15, index + 1 == bytes.count || !isWord(index + 1) {
                    let whole = (start..<start + 4).reduce(rest) { Self.appended(bytes[$1], to: $0) }
                    if whole == 1 { return true }
                }
            } else if bytes[index] != 0x20 || !isWord(index - 1) {
                return false
            }
            index += 1
        }
        return false
    }

    /// The remainder modulo 97 with one more character, letters being 10 to 35.
    private static func appended(_ byte: UInt8, to rest: Int) -> Int {
        byte.isDigit ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte | 0x20) - 0x61 + 10) % 97
    }

    private func isWord(_ index: Int) -> Bool { bytes[index].isDigit || Self.isLetter(bytes[index]) }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    /// Whether a plus or two zeros before them make them a phone number.
    private func isDialled(_ window: Range<Int>, after previous: Range<Int>?) -> Bool {
        let start = window.lowerBound
        if start > 0, bytes[start - 1] == 0x2B { return true }
        guard let previous, previous.count == 2 else { return false }
        return previous.allSatisfy { bytes[$0] == 0x30 }
    }
}
