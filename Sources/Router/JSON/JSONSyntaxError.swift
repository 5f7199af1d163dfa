/// Why bytes are not acceptable JSON, and where.
public struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What the grammar, or a bound of ours, forbids.
    public enum Reason: Sendable, Hashable {
        /// Something else was expected here.
        case unexpected(String)
        /// An object has two members of one name.
        case duplicateName(String)
        /// Nested deeper than the limit.
        case tooDeep(limit: Int)
        /// The bytes are not UTF-8, or an escape is a lone surrogate.
        case invalidText
        /// A number is not in JSON's spelling (leading zero, plus sign, bare dot).
        case invalidNumber
        /// A comment, as other formats have them.
        case comment
        /// A comma before a closing bracket.
        case trailingComma
        /// Bytes follow the value.
        case trailingBytes
        /// The document ends too early.
        case incomplete
    }

    /// The first fault; reading stops there.
    public var reason: Reason
    /// Byte offset from the start, zero-based.
    public var offset: Int
    /// The line of the fault, counted from 1.
    public var line: Int
    /// Byte column in the line, one-based.
    public var column: Int

    init(_ reason: Reason, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        self.reason = reason
        self.offset = offset
        let before = bytes.prefix(offset)
        line = 1 + before.count { $0 == 0x0A }
        // Editors do not show the mark.
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? ByteOrderMark.length(in: before)
        column = 1 + offset - lineStart
    }

    /// The place and the reason as one line.
    public var description: String {
        let text =
            switch reason {
            case .unexpected(let expected): "expected \(expected)"
            case .duplicateName(let name): "the member \"\(name)\" stands twice in one object"
            case .tooDeep(let limit): "nested more than \(limit) levels deep"
            case .invalidText: "the text is not valid UTF-8"
            case .invalidNumber: "a number is not written as JSON writes numbers"
            case .comment: "a comment stands here, and JSON has none: take it out"
            case .trailingComma: "nothing follows the comma before this bracket: take the comma out"
            case .trailingBytes: "more bytes follow after the JSON value"
            case .incomplete: "the document ends before the value is complete"
            }
        return "line \(line), column \(column): \(text)"
    }
}
