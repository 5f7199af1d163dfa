import Glibc
package import Router

/// What the command line prints and how it ends.
package enum Terminal {
    /// Exit codes, as `payrouter --help` lists them.
    enum Exit: Int32 {
        case done = 0
        /// The command could not do what it was asked.
        case failed = 1
        /// An argument is wrong.
        case wrongArguments = 64
        /// The configuration is wrong.
        case configuration = 78
    }

    /// A line for whoever called.
    package static func out(_ text: String) {
        put(text, STDOUT_FILENO)
    }

    /// A line about what went wrong, to the standard error.
    package static func fail(_ text: String) { put("payrouter: " + text, STDERR_FILENO) }

    private static func put(_ text: String, _ descriptor: Int32) {
        let bytes = Array(text.utf8) + [0x0A]
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// A table with aligned columns.
    package static func table(_ header: [String], _ rows: [[String]]) -> String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
                .reversed().drop { $0 == " " }.reversed().map(String.init).joined()
        }.joined(separator: "\n")
    }

    /// JSON with indentation, for people and `--json`.
    package static func pretty(_ value: JSONValue, _ depth: Int = 0) -> String {
        let pad = String(repeating: "  ", count: depth + 1)
        let end = String(repeating: "  ", count: depth)
        switch value {
        case .array(let elements) where !elements.isEmpty:
            return "[\n" + elements.map { pad + pretty($0, depth + 1) }.joined(separator: ",\n") + "\n\(end)]"
        case .object(let object) where !object.members.isEmpty:
            let lines = object.members.map { member in
                "\(pad)\(JSONValue.string(member.name).jsonText): \(pretty(member.value, depth + 1))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(end)}"
        default: return value.jsonText
        }
    }
}
