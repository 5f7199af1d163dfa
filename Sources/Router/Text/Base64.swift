/// Base64 with padding (RFC 4648, section 4), as HTTP Basic, signatures, encrypted headers and keys use it.
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text for some bytes, with padding.
    public static func encode(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for position in 0..<4 {
                let digit = alphabet[Int(word >> UInt32(18 - 6 * position) & 63)]
                out.append(position <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The bytes of a text in the alphabet for addresses and tokens (RFC 4648, section 5), with or without padding; `nil` if a
    /// character is foreign.
    public static func decode(urlSafe text: some StringProtocol) -> [UInt8]? {
        guard !text.contains(where: { "+/".contains($0) }) else { return nil }
        return decode(String(text).replacing("-", with: "+").replacing("_", with: "/").replacing("=", with: ""))
    }

    /// The bytes of a text with or without padding; `nil` if a character is foreign.
    public static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (buffer, bits): (UInt32, Int) = (0, 0)
        for character in text.utf8.reversed().drop(while: { $0 == UInt8(ascii: "=") }).reversed() {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            buffer = (buffer << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return bytes
    }
}
