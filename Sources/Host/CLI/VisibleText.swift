import Router

/// Texts that came from outside, as a terminal may show them: what steers it, or turns around what stands beside it, is
/// spelled out.
enum VisibleText {
    /// The two joiners are letters' business.
    private static let joiners: Set<Unicode.Scalar> = ["\u{200C}", "\u{200D}"]

    /// Whether a terminal would do something else with a character than show it.
    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        case .format: !joiners.contains(scalar)
        default: false
        }
    }

    /// Plain ASCII without control characters needs no closer look.
    private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }

    /// The text with such characters as `\u{202E}`; `kept` stay as they are.
    static func escaped(_ text: String, keeping kept: Set<Unicode.Scalar> = []) -> String {
        replaced(text, keeping: kept) { "\\u{\(hexadecimal(UInt32($0.value), 4))}" }
    }

    /// JSON in which such characters are spelled as JSON spells them, so that it says the same.
    static func escaped(json text: String) -> String {
        replaced(text, keeping: ["\n"]) { scalar in
            Array(String(scalar).utf16).map { "\\u" + hexadecimal(UInt32($0), 4) }.joined()
        }
    }

    /// An answer for people: every text in it, names of members excepted, on one line and harmless.
    static func escaped(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool, .number: value
        case .string(let text): .string(escaped(text))
        case .array(let elements): .array(elements.map { escaped($0) })
        case .object(let object): .object(JSONObject(object.members.map { .init($0.name, escaped($0.value)) }))
        }
    }

    private static func replaced(
        _ text: String, keeping kept: Set<Unicode.Scalar>, _ spelled: (Unicode.Scalar) -> String
    ) -> String {
        if isPlain(text) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if steers(scalar), !kept.contains(scalar) {
                result.append(contentsOf: spelled(scalar).unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static func hexadecimal(_ number: UInt32, _ digits: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
