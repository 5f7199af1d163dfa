/// Percent-encoded text (RFC 3986, section 2.1).
public enum PercentText {
    /// The text in UTF-8 with everything encoded but `A-Z a-z 0-9 - . _ ~`: it may stand anywhere in an address or a form.
    public static func encoded(_ text: some StringProtocol) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: result.append(byte)
            default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The text behind an encoded one, decoded once; `nil` if a `%` does not stand before two hexadecimal digits, or the bytes
    /// are not UTF-8.
    ///
    /// - Parameters:
    ///   - text: What came; bytes outside ASCII stand for themselves.
    ///   - plusIsSpace: Whether `+` is a space, as in forms and queries; in paths it is a plus.
    /// - Returns: The decoded text.
    public static func decoded(_ text: some StringProtocol, plusIsSpace: Bool) -> String? {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(text)
        }
        var bytes: [UInt8] = []
        let source = Array(text.utf8)
        var index = 0
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard index + 2 < source.count, let high = Hex.value(source[index + 1]),
                    let low = Hex.value(source[index + 2])
                else { return nil }
                bytes.append(high << 4 | low)
                index += 2
            default: bytes.append(source[index])
            }
            index += 1
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Hexadecimal digits in upper case, as encodings for mail and addresses write them.
    static let digits = Array("0123456789ABCDEF".utf8)
}
