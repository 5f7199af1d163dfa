import Router

/// Percent-encoded text (RFC 3986, section 2.1), decoded once.
enum PercentText {
    /// The text behind an encoded one; `nil` if a `%` does not stand before two hexadecimal digits, or the bytes are not
    /// UTF-8.
    ///
    /// - Parameters:
    ///   - text: What came; bytes outside ASCII stand for themselves.
    ///   - plusIsSpace: Whether `+` is a space, as in forms and queries; in paths it is a plus.
    /// - Returns: The decoded text.
    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool) -> String? {
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
                guard index + 2 < source.count,
                    let byte = Hex.bytes(String(decoding: source[index + 1...index + 2], as: UTF8.self))?.first
                else { return nil }
                bytes.append(byte)
                index += 2
            default: bytes.append(source[index])
            }
            index += 1
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
