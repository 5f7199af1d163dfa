/// Reads `application/x-www-form-urlencoded` text: query strings and form bodies.
enum FormText {
    /// One name and value, decoded.
    struct Pair: Sendable, Hashable {
        var name: String
        var value: String
    }

    /// The pairs of a text in their order, or `nil` if a percent sign is not followed by two hexadecimal digits or the
    /// decoded bytes are not UTF-8.
    static func pairs(_ text: some StringProtocol) -> [Pair]? {
        var pairs: [Pair] = []
        for piece in text.split(separator: "&") {
            let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(halves[0]), let value = decode(halves.count > 1 ? halves[1] : "") else {
                return nil
            }
            pairs.append(Pair(name: name, value: value))
        }
        return pairs
    }

    /// Percent-encodes everything but unreserved characters (RFC 3986).
    static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                out.append(byte)
            default: out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Adds parameters to a URL that may have a query already.
    ///
    /// Values are percent-encoded.
    static func adding(_ parameters: KeyValuePairs<String, String>, to url: String) -> String {
        let query = parameters.map { "\($0.key)=\(encode($0.value))" }.joined(separator: "&")
        let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let joined = "\(parts[0])\(parts[0].contains("?") ? "&" : "?")\(query)"
        return parts.count > 1 ? "\(joined)#\(parts[1])" : joined
    }

    /// Replaces `+` and percent sequences.
    static func decode(_ text: some StringProtocol) -> String? {
        var out: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "+"): out.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = bytes.next().flatMap(digit), let low = bytes.next().flatMap(digit) else { return nil }
                out.append(high << 4 | low)
            default: out.append(byte)
            }
        }
        return String(validating: out, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
