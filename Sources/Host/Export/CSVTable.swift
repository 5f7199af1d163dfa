/// A cell of a table.
enum CSVCell: Sendable, Hashable {
    /// Whatever people wrote: it is never taken for a formula.
    case text(String)
    /// Digits, a dot and a sign, as this program wrote them; anything else is text all the same.
    case number(String)

    /// A text, or nothing.
    static func optional(_ text: String?) -> CSVCell { .text(text ?? "") }
}

/// A table as comma-separated values (RFC 4180) that programs for tables open without computing anything in it.
///
/// Every table that the router hands out is written here.
struct CSVTable {
    /// The type of what it is sent as.
    static let contentType = "text/csv; charset=utf-8; header=present"

    private(set) var text: String

    init(_ columns: [String]) { text = Self.line(columns.map(CSVCell.text)) }

    mutating func add(_ cells: [CSVCell]) { text += Self.line(cells) }

    /// One line with its end, for tables that are written piece by piece.
    static func line(_ cells: [CSVCell]) -> String { cells.map(written).joined(separator: ",") + "\r\n" }

    private static func written(_ cell: CSVCell) -> String {
        switch cell {
        case .number(let text): isNumber(text) ? text : quoted(harmless(text))
        case .text(let text): quoted(harmless(text))
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        return digits.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E } && (digits.isEmpty == text.isEmpty)
    }

    /// What programs for tables begin a formula with, whatever they do not see before it.
    private static let beginnings: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    /// What some of them take for the beginning of another cell.
    private static let breaks: Set<Unicode.Scalar> = ["\t", "\r", "\n"]

    private static func harmless(_ text: String) -> String {
        let first = text.unicodeScalars.first { !isPassedOver($0) }
        let isFormula = first.map { beginnings.contains($0) } ?? false
        let isBroken = text.unicodeScalars.first.map { breaks.contains($0) } ?? false
        return isFormula || isBroken ? "'" + text : text
    }

    /// White space, and what shows nothing.
    private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return properties.isWhitespace || [.format, .control].contains(properties.generalCategory)
    }

    /// What ends a cell, in whatever way a table is read.
    private static let special: Set<Unicode.Scalar> = [",", "\"", ";", "\r", "\n", "\t"]

    private static func quoted(_ text: String) -> String {
        let isPlain = !text.unicodeScalars.contains { special.contains($0) }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension APIResponse {
    /// A table that a browser saves under a name, and that nobody keeps in between.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - text: The table; left out where it follows as a stream.
    /// - Returns: The answer.
    static func table(named name: String, _ text: String = "") -> APIResponse {
        .bytes(Array(text.utf8), type: CSVTable.contentType)
            .with("cache-control", "no-store")
            .with("content-disposition", "attachment; filename=\"\(name)\"")
            .with("x-content-type-options", "nosniff")
    }
}
