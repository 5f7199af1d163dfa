import FoundationEssentials

/// Bytes as base64 (RFC 4648): of HTTP Basic, signatures, encrypted headers, keys and tokens.
///
/// Foundation does the work; here are the shapes in which it is needed.
public enum Base64 {
    /// The text for some bytes, with padding (section 4).
    public static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

    /// The text for some bytes in the alphabet for addresses and tokens, without padding (section 5).
    public static func encode(urlSafe bytes: some Sequence<UInt8>) -> String {
        String(
            decoding: Data(bytes).base64EncodedData().lazy.filter { $0 != UInt8(ascii: "=") }.map { byte in
                switch byte {
                case UInt8(ascii: "+"): UInt8(ascii: "-")
                case UInt8(ascii: "/"): UInt8(ascii: "_")
                default: byte
                }
            }, as: UTF8.self)
    }

    /// The bytes of a text with or without padding; `nil` if a character is foreign, or a single one is left over.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? { decode(Array(text.utf8)) }

    /// The bytes of a text in the alphabet for addresses and tokens, with or without padding; `nil` if a character is foreign.
    public static func decode(urlSafe text: some StringProtocol) -> [UInt8]? {
        guard !text.utf8.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }) else { return nil }
        return decode(
            text.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "-"): UInt8(ascii: "+")
                case UInt8(ascii: "_"): UInt8(ascii: "/")
                default: byte
                }
            })
    }

    private static func decode(_ text: [UInt8]) -> [UInt8]? {
        let padding = UInt8(ascii: "=")
        let digits = text[..<(text.lastIndex { $0 != padding }.map { $0 + 1 } ?? 0)]
        // Foundation reads on behind padding in the middle.
        guard !digits.contains(padding) else { return nil }
        let padded = digits + [UInt8](repeating: padding, count: (4 - digits.count % 4) % 4)
        return Data(base64Encoded: Data(padded)).map { Array($0) }
    }
}
