/// A cell of a table.
enum CSVCell {
    /// Whatever people wrote: it is never taken for a formula.
    case text(String)
    /// Digits, a dot and a sign, as this program wrote them.
    case number(String)
}

/// A table as comma-separated values (RFC 4180) that programs for tables open without computing anything in it.
struct CSVTable {
    private(set) var text: String

    init(_ columns: [String]) { text = columns.joined(separator: ",") + "\r\n" }

    mutating func add(_ cells: [CSVCell]) {
        text += cells.map(Self.written).joined(separator: ",") + "\r\n"
    }

    private static func written(_ cell: CSVCell) -> String {
        switch cell {
        case .number(let text): text
        case .text(let text): quoted(harmless(text))
        }
    }

    /// What programs for tables begin a formula with, whatever white space stands before it.
    private static let beginnings: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    private static func harmless(_ text: String) -> String {
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
        return first.map { beginnings.contains($0) } ?? false ? "'" + text : text
    }

    /// What ends a cell, in whatever way a table is read.
    private static let special: Set<Unicode.Scalar> = [",", "\"", ";", "\r", "\n", "\t"]

    private static func quoted(_ text: String) -> String {
        let isPlain = !text.unicodeScalars.contains { special.contains($0) }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
