/// The two parts of what a request line asks for (RFC 9112, section 3.2).
struct RequestTarget: Hashable {
    /// Percent-encoded, as it came.
    var path: String
    /// Without the question mark; empty if there is none.
    var query: String

    init(_ target: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts.first.map { String($0) } ?? ""
        query = parts.count > 1 ? String(parts[1]) : ""
    }
}
