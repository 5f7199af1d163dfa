/// What a packed value is: the upper three bits of its first byte; the lower five hold its size, or 31 and the size after it.
enum PackedKind: UInt8 {
    /// UTF-8; the size counts bytes.
    case text = 0
    /// As many bytes as the size says, the lowest first.
    case positive = 1
    /// One less than what follows, negated.
    case negative = 2
    /// 0 is false, 1 is true, 2 is null.
    case word = 3
    /// Members, each with its name in front, up to a zero.
    case object = 4
    /// The size counts elements.
    case list = 5
    /// The digits of a JSON number.
    case number = 6
    /// Bytes that are no text.
    case octets = 7

    static let longSize: UInt8 = 31
}
