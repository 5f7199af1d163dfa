/// How often one operation was asked for under one reference.
///
/// More than one where one was meant is a duplicate.
public struct SandboxRequestCount: Sendable, Hashable {
    /// Who was asked.
    public var `operator`: SandboxOperator
    /// The operation, such as `debit`, `status`, `generate`, `confirm`.
    public var operation: String
    /// The partner's reference as in ``SandboxMovement/reference``; empty where a call has none.
    public var reference: String
    /// Requests that arrived, refused and dropped ones included.
    public var count: Int

    /// As `GET /_requests` shows it.
    var json: JSONValue {
        [
            "operator": .text(self.operator.rawValue), "operation": .text(operation), "reference": .text(reference),
            "count": .number(Int64(count)),
        ]
    }
}
