package import Router

/// Where a secret of `providers.json` comes from: `env:NAME`, `file:PATH`, or in the sandbox the text itself.
package struct SecretSource: Sendable {
    private let environment: [String: String]
    private let readFile: @Sendable (String) -> [UInt8]?

    package init(environment: [String: String], readFile: @escaping @Sendable (String) -> [UInt8]?) {
        self.environment = environment
        self.readFile = readFile
    }

    /// The secret, or what is wrong and what would be right.
    ///
    /// The message never holds the secret.
    package func resolve(_ reference: String, mode: Mode) -> Result<Secret, ConfigurationIssue> {
        if reference.hasPrefix("env:") {
            let name = String(reference.dropFirst(4))
            guard let value = environment[name], !value.isEmpty else {
                return .failure(ConfigurationIssue("", "the environment variable \(name) is not set"))
            }
            return .success(Secret(value))
        }
        if reference.hasPrefix("file:") {
            let path = String(reference.dropFirst(5))
            guard let bytes = readFile(path) else {
                return .failure(ConfigurationIssue("", "the file \(path) cannot be read"))
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let trimmed = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            guard !trimmed.isEmpty else {
                return .failure(ConfigurationIssue("", "the file \(path) is empty; it must hold the secret"))
            }
            return .success(Secret(trimmed))
        }
        guard mode == .sandbox else {
            return .failure(
                ConfigurationIssue(
                    "", "a production secret must not stand in this file; write \"env:NAME\" or \"file:PATH\""))
        }
        return .success(Secret(reference))
    }
}
