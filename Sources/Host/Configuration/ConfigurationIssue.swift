/// One fault of `providers.json`: where it is, what is wrong, what would be right.
package struct ConfigurationIssue: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Severity: String, Sendable, Hashable { case error, warning }

    package var severity: Severity
    /// RFC 6901 pointer into the file.
    package var pointer: String
    /// One-based line, where it is known.
    package var line: Int?
    package var detail: String
    /// The name of what is wrong, where the analysis of rules found it.
    package var code: String?
    /// A command that shows it.
    package var example: String?

    package init(_ pointer: String, _ detail: String, severity: Severity = .error, line: Int? = nil) {
        self.severity = severity
        self.pointer = pointer
        self.line = line
        self.detail = detail
    }

    package var description: String {
        let place = [line.map { "line \($0)" }, pointer.isEmpty ? nil : pointer].compactMap { $0 }
        return (place.isEmpty ? "" : place.joined(separator: ", ") + ": ") + detail
    }
}

/// All faults of a file that cannot be used.
package struct ConfigurationFailure: Error, Sendable, CustomStringConvertible {
    package var path: String
    package var issues: [ConfigurationIssue]

    package var description: String {
        let errors = issues.filter { $0.severity == .error }
        let lines = errors.map { "  \(path): \($0)" }
        return "\(errors.count == 1 ? "one error" : "\(errors.count) errors") in \(path):\n"
            + lines.joined(separator: "\n")
    }
}
