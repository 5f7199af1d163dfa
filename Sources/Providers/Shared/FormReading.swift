import Router

/// Reads `a=b&c=d`.
enum FormReading {
    /// Every pair in order, decoded; `nil` if one of them cannot be decoded.
    static func pairs(_ text: String) -> [(name: String, value: String)]? {
        var result: [(name: String, value: String)] = []
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0]), let value = parts.count == 2 ? decoded(parts[1]) : "" else {
                return nil
            }
            result.append((name, value))
        }
        return result
    }

    /// The pairs by name; `nil` if one cannot be decoded or a name stands twice.
    static func fields(_ text: String) -> [String: String]? {
        guard let pairs = pairs(text) else { return nil }
        var fields: [String: String] = [:]
        for pair in pairs where fields.updateValue(pair.value, forKey: pair.name) != nil { return nil }
        return fields
    }

    /// Every value of one name, decoded; a value that cannot be decoded is empty.
    static func values(of name: String, in text: String) -> [String] {
        text.split(separator: "&").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard decoded(parts[0]) == name else { return nil }
            return parts.count == 2 ? decoded(parts[1]) ?? "" : ""
        }
    }

    /// Percent-decoded text with `+` as space; `nil` if it is no UTF-8 or holds a broken escape.
    static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, let value = Hex.bytes(String(decoding: rest.prefix(2), as: UTF8.self))?.first
                else {
                    return nil
                }
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Pairs as one text, everything but unreserved characters percent-encoded.
    static func encode(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    }
}
