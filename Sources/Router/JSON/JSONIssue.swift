/// One thing wrong with the meaning of a JSON document: where, a stable code, and a sentence for a person.
public struct JSONIssue: Error, Sendable, Hashable, CustomStringConvertible {
    /// RFC 6901 pointer to the faulty value.
    public var pointer: String
    /// Stable snake_case code: `unknown_member`, `missing_member`, `wrong_type`, `not_an_integer`, `invalid_value`, ...
    public var code: String
    /// What is wrong and what would be right.
    ///
    /// Never holds the value of a secret.
    public var detail: String

    /// The pointer is RFC 6901, the code stable, the detail one sentence that says what is expected.
    public init(pointer: String, code: String, detail: String) {
        self.pointer = pointer
        self.code = code
        self.detail = detail
    }

    /// Place and detail as one line.
    public var description: String { pointer.isEmpty ? detail : "\(pointer): \(detail)" }
}

/// All issues found in one document; never empty.
public struct JSONIssues: Error, Sendable, Hashable {
    /// The issues in document order.
    public var issues: [JSONIssue]

    /// All faults of one document, in the order in which it was read.
    public init(_ issues: [JSONIssue]) { self.issues = issues }
}
