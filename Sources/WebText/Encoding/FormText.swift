/// `application/x-www-form-urlencoded` text, such as `a=b&c=d`: queries and form bodies.
public enum FormText {
    /// Every pair in order, decoded; `nil` if one of them cannot be decoded.
    public static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)]? {
        var result: [(name: String, value: String)] = []
        for pair in text.split(separator: "&") {
            let parts = split(pair)
            guard let name = decoded(parts.name), let value = decoded(parts.value) else { return nil }
            result.append((name, value))
        }
        return result
    }

    /// The pairs by name; `nil` if one cannot be decoded or a name stands twice.
    public static func fields(_ text: some StringProtocol) -> [String: String]? {
        guard let pairs = pairs(text) else { return nil }
        var fields: [String: String] = [:]
        for pair in pairs where fields.updateValue(pair.value, forKey: pair.name) != nil { return nil }
        return fields
    }

    /// Every value of one name, decoded; a value that cannot be decoded is empty.
    public static func values(of name: String, in text: some StringProtocol) -> [String] {
        text.split(separator: "&").compactMap { pair in
            let parts = split(pair)
            return decoded(parts.name) == name ? decoded(parts.value) ?? "" : nil
        }
    }

    /// Name and value of one pair as they stand there, still encoded.
    public static func split<Text: StringProtocol>(
        _ pair: Text
    ) -> (name: Text.SubSequence, value: Text.SubSequence) {
        let end = pair.firstIndex(of: "=") ?? pair.endIndex
        return (pair[..<end], pair[end...].dropFirst())
    }

    /// Percent-decoded text with `+` as space; `nil` if it is no UTF-8 or holds a broken escape.
    public static func decoded(_ text: some StringProtocol) -> String? {
        PercentText.decoded(text, plusIsSpace: true)
    }

    /// Pairs as one text, everything but unreserved characters percent-encoded.
    public static func encoded(_ pairs: some Sequence<(String, String)>) -> String {
        pairs.map { "\(PercentText.encoded($0.0))=\(PercentText.encoded($0.1))" }.joined(separator: "&")
    }
}
