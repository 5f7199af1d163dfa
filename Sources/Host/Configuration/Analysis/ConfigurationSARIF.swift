import Router

/// Faults of a configuration as a log in SARIF 2.1.0 (OASIS), which code reviews and editors show beside the lines.
enum ConfigurationSARIF {
    /// The log of one run over one file.
    ///
    /// - Parameters:
    ///   - issues: What was found.
    ///   - path: The file as it was named on the command line.
    /// - Returns: A whole log file.
    static func log(_ issues: [ConfigurationIssue], path: String) -> JSONValue {
        let codes = Set(issues.map(\.ruleID)).sorted()
        let driver: JSONValue = [
            "name": "payrouter check",
            "rules": .array(codes.map { ["id": .string($0)] }),
        ]
        return [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
            "runs": [["tool": ["driver": driver], "results": .array(issues.map { result($0, path) })]],
        ]
    }

    private static func result(_ issue: ConfigurationIssue, _ path: String) -> JSONValue {
        let place: JSONValue = [
            "artifactLocation": ["uri": .string(path)], "region": ["startLine": JSONValue(Int64(issue.line ?? 1))],
        ]
        let pointer: JSONValue = ["fullyQualifiedName": .string(issue.pointer)]
        let text = issue.detail + (issue.example.map { "; for instance: " + $0 } ?? "")
        return [
            "ruleId": .string(issue.ruleID), "level": .string(issue.severity.rawValue),
            "message": ["text": .string(text)],
            "locations": [["physicalLocation": place, "logicalLocations": [pointer]]],
        ]
    }
}

extension ConfigurationIssue {
    /// The name of what is wrong; faults of form have one for all.
    fileprivate var ruleID: String { code ?? "configuration" }
}
