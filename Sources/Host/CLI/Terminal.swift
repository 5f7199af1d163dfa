import Glibc
package import Router
import Synchronization

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
        let code = put(text, STDOUT_FILENO)
        if code != 0 { unwritten.withLock { $0 = $0 ?? code } }
    }

    /// How the page behind a list is asked for, if there is one.
    static func next(_ list: JSONValue) {
        guard list["has_more"] == true, let cursor = list["next_cursor"]?.stringValue else { return }
        out("Next page: the same command with --after \(cursor)")
    }

    /// A line about what went wrong, to the standard error.
    package static func fail(_ text: String) { _ = put("payrouter: " + text, STDERR_FILENO) }

    /// Why a line for whoever called could not be written; a command must not end as if it had been.
    private static let unwritten = Mutex<Int32?>(nil)

    /// What to tell of lines that nobody can have read; `nil` if all were written.
    static var loss: CommandFailure? {
        guard let code = unwritten.withLock({ $0 }) else { return nil }
        return CommandFailure(
            description:
                "what was to be shown could not be written (\(String(cString: strerror(code)))); what was asked was done: "
                + "a key or token that was shown once has to be made anew")
    }

    /// Whatever a text has come by: nothing in it steers the terminal.
    ///
    /// - Returns: 0, or the error of the system.
    private static func put(_ text: String, _ descriptor: Int32) -> Int32 {
        let bytes = Array(VisibleText.escaped(text, keeping: ["\n", "\t"]).utf8) + [0x0A]
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            sent += count
        }
        return 0
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
    package static func pretty(_ value: JSONValue) -> String { VisibleText.escaped(json: indented(value, 0)) }

    private static func indented(_ value: JSONValue, _ depth: Int) -> String {
        let pad = String(repeating: "  ", count: depth + 1)
        let end = String(repeating: "  ", count: depth)
        switch value {
        case .array(let elements) where !elements.isEmpty:
            return "[\n" + elements.map { pad + indented($0, depth + 1) }.joined(separator: ",\n") + "\n\(end)]"
        case .object(let object) where !object.members.isEmpty:
            let lines = object.members.map { member in
                "\(pad)\(JSONValue.string(member.name).jsonText): \(indented(member.value, depth + 1))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(end)}"
        default: return value.jsonText
        }
    }
}
