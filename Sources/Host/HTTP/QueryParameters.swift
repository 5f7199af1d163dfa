import Router

/// Query parameters: decoded, known by name, each at most once.
struct QueryParameters {
    /// Parameters that are not searched for card numbers, because they are checked as what they are: one in ten phone
    /// numbers would pass for one, and so would nearly half of all cursors, which are written in hexadecimal.
    private static let exempt: Set<String> = ["phone", "after", "before"]

    private var values: [String: String] = [:]

    init(_ query: String, allowed: Set<String>) throws(Problem) {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                throw Problem(.invalidParameter, "the query is not valid percent-encoded UTF-8")
            }
            guard allowed.contains(name) else {
                let known = allowed.sorted().joined(separator: ", ")
                throw Problem(.invalidParameter, "\"\(name.prefix(40))\" is not a parameter here; known: \(known)")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem(.invalidParameter, "the parameter \(name) stands twice")
            }
            guard Self.exempt.contains(name) || !CardNumbers.contains(value) else {
                throw Problem(.cardNumberRefused, "the parameter \(name) looks like a card number")
            }
        }
    }

    subscript(name: String) -> String? { values[name] }

    func value<T>(_ name: String, _ expected: String, _ read: (String) -> T?) throws(Problem) -> T? {
        guard let text = values[name] else { return nil }
        guard let value = read(text) else { throw Problem(.invalidParameter, "\(name) must be \(expected)") }
        return value
    }

    func limit() throws(Problem) -> Int {
        let limit = try value("limit", "1 to 100") { Int($0).flatMap { (1...100).contains($0) ? $0 : nil } }
        return limit ?? 20
    }

    /// Percent-decoded text, `+` being a space.
    static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        let source = Array(text.utf8)
        var index = 0
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "+"): bytes.append(0x20)
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
