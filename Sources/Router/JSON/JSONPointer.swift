/// RFC 6901 pointers, as used in error reports.
public enum JSONPointer {
    /// One token of a pointer, with `~` as `~0` and `/` as `~1` (RFC 6901).
    public static func escaped(_ token: String) -> String {
        guard token.contains(where: { $0 == "~" || $0 == "/" }) else { return token }
        return token.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
    }

    /// The pointer of a coding path; the root is the empty text.
    static func text(_ path: [any CodingKey]) -> String {
        path.map { "/" + ($0.intValue.map(String.init) ?? escaped($0.stringValue)) }.joined()
    }
}
