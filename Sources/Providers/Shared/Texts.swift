/// Characters that a text may be made of, all of them ASCII.
enum Alphabet {
    /// `0-9`.
    case digits
    /// `a-z` and `0-9`.
    case lowerCase
    /// `A-Z a-z 0-9 - _`.
    case word
    /// Printable, without spaces.
    case visible
    /// Printable, with spaces.
    case printable

    /// Whether a byte is one of them.
    func contains(_ byte: UInt8) -> Bool {
        switch (self, byte) {
        case (.digits, 0x30...0x39), (.visible, 0x21...0x7E), (.printable, 0x20...0x7E): true
        case (.lowerCase, 0x30...0x39), (.lowerCase, 0x61...0x7A): true
        case (.word, 0x30...0x39), (.word, 0x41...0x5A), (.word, 0x61...0x7A), (.word, 0x2D), (.word, 0x5F): true
        default: false
        }
    }
}

extension StringProtocol {
    /// Whether a text is made of these characters only.
    func consists(of alphabet: Alphabet) -> Bool { utf8.allSatisfy(alphabet.contains) }

    /// Whether a text is made of these characters only, and of so many.
    func consists(of alphabet: Alphabet, _ count: ClosedRange<Int>) -> Bool {
        count.contains(utf8.count) && consists(of: alphabet)
    }

    /// Whether a text is a UUID as it is usually written, in small letters or capitals.
    var isUUID: Bool {
        let bytes = Array(lowercased().utf8)
        return bytes.count == 36
            && bytes.indices.allSatisfy { index in
                [8, 13, 18, 23].contains(index)
                    ? bytes[index] == UInt8(ascii: "-")
                    : (0x30...0x39).contains(bytes[index]) || (0x61...0x66).contains(bytes[index])
            }
    }
}
