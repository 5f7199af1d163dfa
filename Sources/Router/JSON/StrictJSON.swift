/// Reads JSON strictly: RFC 8259 grammar, valid UTF-8, unique member names, bounded depth, nothing after the value.
///
/// One byte order mark in front is skipped, as RFC 8259, section 8.1, allows.
///
/// One reader serves callers' requests, `providers.json` and operators' replies, so that all three are bounded alike
/// and a number keeps its spelling until a typed reader decides (docs/decisions.md, 1 says why this is not
/// Foundation's).
public enum StrictJSON {
    /// Parses a whole document.
    ///
    /// - Parameters:
    ///   - bytes: The document.
    ///   - maximumDepth: Deepest allowed nesting of arrays and objects.
    /// - Returns: The document's value.
    /// - Throws: ``JSONSyntaxError`` with the place of the first fault.
    public static func parse(_ bytes: [UInt8], maximumDepth: Int = 32) throws(JSONSyntaxError) -> JSONValue {
        let result: Result<JSONValue, JSONSyntaxError> = bytes.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(buffer, maximumDepth: maximumDepth)
            do throws(JSONSyntaxError) {
                return .success(try parser.document())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The line of the value a JSON pointer names, for error messages about a document that parsed.
    ///
    /// - Returns: The one-based line, or `nil` if the pointer names nothing.
    public static func line(of pointer: String, in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            var parser = JSONParser(buffer, maximumDepth: 64)
            parser.wanted = pointer
            _ = try? parser.document()
            return parser.found.map { offset in 1 + buffer.prefix(offset).count { $0 == 0x0A } }
        }
    }
}
