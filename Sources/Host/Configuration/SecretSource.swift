package import Router

/// Where a secret of `providers.json` comes from: `env:NAME`, `file:PATH`, or in the sandbox the text itself.
///
/// A variable and a file are taken whole, but for white space at their end, which editors and shells put there.
package struct SecretSource: Sendable {
    private let environment: [String: String]
    private let readFile: @Sendable (String) throws(FileFault) -> [UInt8]
    private let exposure: @Sendable (String) -> String?

    /// Reads `env:` and `file:` references with these means, so that tests need neither.
    ///
    /// - Parameters:
    ///   - environment: The variables.
    ///   - exposure: Says what is wrong with a file that others can read, and what helps; `nil` for one that is private.
    ///   - readFile: A file's bytes.
    package init(
        environment: [String: String],
        exposure: @escaping @Sendable (String) -> String? = { FilePrivacy.fault(ofFile: $0) },
        readFile: @escaping @Sendable (String) throws(FileFault) -> [UInt8] = { path throws(FileFault) in
            try Files.load(path)
        }
    ) {
        self.environment = environment
        self.exposure = exposure
        self.readFile = readFile
    }

    /// The secret, or what is wrong and what would be right.
    ///
    /// The message never holds the secret.
    package func resolve(_ reference: String, mode: PayEnvironment) -> Result<Secret, ConfigurationIssue> {
        if reference.hasPrefix("env:") {
            return variable(String(reference.dropFirst(4))).mapError { .init("", $0.text) }
        }
        if reference.hasPrefix("file:") {
            let secret = file(String(reference.dropFirst(5)))
            if case .success = secret, mode == .production, let issue = openFile(reference) { return .failure(issue) }
            return secret.mapError { .init("", $0.text) }
        }
        guard mode == .sandbox else {
            return .failure(
                ConfigurationIssue(
                    "", "a production secret must not stand in this file; write \"env:NAME\" or \"file:PATH\""))
        }
        return .success(Secret(reference))
    }

    /// The file that a reference names; `nil` if it names none.
    package static func file(_ reference: String) -> String? {
        reference.hasPrefix("file:") ? String(reference.dropFirst(5)) : nil
    }

    /// What is wrong with a file that others can read: an error in production, a warning elsewhere; `nil` if it is private,
    /// or no file.
    package func openFile(_ reference: String) -> ConfigurationIssue? {
        guard reference.hasPrefix("file:") else { return nil }
        return exposure(String(reference.dropFirst(5))).map { ConfigurationIssue("", "the secret's file " + $0) }
    }

    /// What is wrong with a file that should hold certificates as PEM; `nil` if it does.
    package func certificatesFault(_ path: String) -> ConfigurationIssue? {
        let bytes: [UInt8]
        do throws(FileFault) { bytes = try readFile(path) } catch { return ConfigurationIssue("", "\(error)") }
        guard String(decoding: bytes, as: UTF8.self).contains("CERTIFICATE-----") else {
            return ConfigurationIssue("", "\(path) holds no certificate; it must hold those of authorities as PEM")
        }
        return nil
    }

    private struct Fault: Error {
        var text: String
    }

    private func variable(_ name: String) -> Result<Secret, Fault> {
        guard let value = environment[name] else {
            return .failure(
                Fault(
                    text: name.isEmpty
                        ? "\"env:\" needs a name behind it, such as env:OPERATOR_PASSWORD"
                        : "the environment variable \(name) is not set; set it for payrouter, or write \"file:PATH\""))
        }
        return secret(value, "the environment variable \(name)")
    }

    private func file(_ path: String) -> Result<Secret, Fault> {
        let bytes: [UInt8]
        do throws(FileFault) { bytes = try readFile(path) } catch {
            return .failure(
                Fault(
                    text: path.isEmpty
                        ? "\"file:\" needs a path behind it, such as file:/run/secrets/operator" : "\(error)")
            )
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(
                Fault(
                    text:
                        "\(path) holds bytes that are no text in UTF-8; a secret is text, and a key is written as PEM "
                        + "(openssl pkey -inform DER -in \(path))"))
        }
        // Some editors begin a file with a byte order mark, which no secret begins with.
        return secret(text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text, path)
    }

    private func secret(_ text: String, _ source: String) -> Result<Secret, Fault> {
        var scalars = Substring(text).unicodeScalars
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        guard !scalars.isEmpty else {
            return .failure(Fault(text: "\(source) is empty; it must hold the secret"))
        }
        return .success(Secret(String(scalars)))
    }
}
