/// The two parts of what a request line asks for (RFC 9112, section 3.2).
struct RequestTarget: Hashable {
    /// Percent-encoded, as it came.
    var path: String
    /// Without the question mark; empty if there is none.
    var query: String

    init(_ target: String) {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else {
            (path, query) = (target, "")
            return
        }
        path = String(target[..<mark])
        query = String(target[target.utf8.index(after: mark)...])
    }
}
