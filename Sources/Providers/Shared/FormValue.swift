import WebText

/// A value in an `application/x-www-form-urlencoded` body.
///
/// Lists and maps in brackets, `a[0]=x&b[c]=y`, as several operators nest them.
enum FormValue {
    case text(String)
    case integer(Int64)
    case flag(Bool)
    case list([FormValue])
    case map([(String, FormValue)])

    /// Fields as one body: brackets stay raw, space is `+`, all else is percent-encoded UTF-8.
    static func encode(_ fields: [(String, FormValue)]) -> [UInt8] {
        Array(fields.flatMap { name, value in value.pairs(plus(name)) }.joined(separator: "&").utf8)
    }

    private func pairs(_ name: String) -> [String] {
        switch self {
        case .text(let text): ["\(name)=\(Self.plus(text))"]
        case .integer(let number): ["\(name)=\(number)"]
        case .flag(let flag): ["\(name)=\(flag)"]
        case .list(let values): values.enumerated().flatMap { index, value in value.pairs("\(name)[\(index)]") }
        case .map(let members): members.flatMap { key, value in value.pairs("\(name)[\(Self.plus(key))]") }
        }
    }

    private static func plus(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false)
            .map { PercentText.encoded(String($0)) }.joined(separator: "+")
    }
}
