/// Values as Python writes them, which is how Ksher's signatures spell what is no text: `True`, and nested ones as
/// `{'a': 1}`.
enum PythonText {
    /// `str(value)`: a text as it is, everything else as ``repr(_:)``.
    static func str(_ value: JSONValue) -> String {
        guard case .text(let text) = value else { return repr(value) }
        return text
    }

    /// `repr(value)`.
    static func repr(_ value: JSONValue) -> String {
        switch value {
        case .null: "None"
        case .bool(let flag): flag ? "True" : "False"
        case .number(let number): String(number)
        case .text(let text): quoted(text)
        case .list(let items): "[" + items.map(repr).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(quoted($0.name)): \(repr($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    /// Single quotes, unless only they stand in the text; what cannot be printed is escaped.
    private static func quoted(_ text: String) -> String {
        let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        var result = String(Character(quote))
        for scalar in text.unicodeScalars {
            switch scalar {
            case quote, "\\": result += "\\" + String(Character(scalar))
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case let other where isPrintable(other): result.unicodeScalars.append(other)
            default: result += escaped(scalar.value)
            }
        }
        return result + String(Character(quote))
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    private static func escaped(_ value: UInt32) -> String {
        let (mark, length) = value < 0x100 ? ("x", 2) : value < 0x1_0000 ? ("u", 4) : ("U", 8)
        let digits = String(value, radix: 16)
        return "\\" + mark + String(repeating: "0", count: length - digits.count) + digits
    }
}
