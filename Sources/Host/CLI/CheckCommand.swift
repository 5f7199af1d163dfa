import ArgumentParser
import Glibc
import Router

/// `payrouter check`: reads the configuration, and with `--store` the store, without changing either.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check providers.json, and with --store the data, and report every fault.")

    @OptionGroup var places: PlaceOptions
    @OptionGroup var output: OutputOptions

    @Flag(name: .long, help: "Write SARIF 2.1.0, which code reviews and editors show beside the lines.")
    var sarif = false

    @Flag(name: .long, help: "Also check the whole store; no router may be running on it.")
    var store = false

    func run() async throws {
        try await reportingFailures {
            let bytes = try readConfiguration(places.config)
            var issues: [ConfigurationIssue] = []
            var providers: [ProviderRuntime]?
            do throws(ConfigurationFailure) {
                let configuration = try Configuration.load(bytes, path: places.config, in: .offline)
                issues = configuration.warnings + configuration.analysis()
                providers = configuration.providers
            } catch { issues = error.issues }
            var storeFaults: [String] = []
            if store {
                let found = try await checkStore(providers)
                storeFaults = found.faults
                issues += found.warnings.map { ConfigurationIssue("/providers", $0, severity: .warning) }
            }
            report(issues, storeFaults)
            if issues.contains(where: { $0.severity == .error }) {
                throw ExitCode(Terminal.Exit.configuration.rawValue)
            }
            if !storeFaults.isEmpty { throw ExitCode(Terminal.Exit.failed.rawValue) }
        }
    }

    /// The store's faults, and what to say of providers that orders are open at but the configuration does not name, or names
    /// another one by their id.
    private func checkStore(
        _ providers: [ProviderRuntime]?
    ) async throws -> (faults: [String], warnings: [String]) {
        let store = try await OfflineHost.open(places.data).store
        let faults = try await store.fullCheck()
        var warnings: [String] = []
        if let providers {
            let names = Set(providers.map(\.id))
            let missing = try await store.openOrders().filter { !names.contains($0.key) }
            warnings = missing.sorted { $0.key < $1.key }.map { ChangedProviders.missing($0, $1) }
            let older = try await OlderScopes.read(providers, from: store)
            warnings += ChangedProviders(try await store.openPlaces(), providers, older: older).warnings
        }
        await store.close()
        return (faults, warnings)
    }

    private func report(_ issues: [ConfigurationIssue], _ storeFaults: [String]) {
        if sarif { return Terminal.out(Terminal.pretty(ConfigurationSARIF.log(issues, path: places.config))) }
        if output.json {
            let list = issues.map { issue -> JSONValue in
                [
                    "severity": .string(issue.severity.rawValue), "pointer": .string(issue.pointer),
                    "line": issue.line.map { JSONValue(Int64($0)) } ?? .null, "detail": .string(issue.detail),
                    "code": JSONValue(issue.code), "example": JSONValue(issue.example),
                ]
            }
            Terminal.out(
                Terminal.pretty([
                    "configuration": .array(list), "store": .array(storeFaults.map(JSONValue.string)),
                ]))
            return
        }
        for issue in issues {
            Terminal.out("\(issue.severity.rawValue): \(places.config): \(issue)")
            if let example = issue.example { Terminal.out("  for instance: \(example)") }
        }
        for fault in storeFaults { Terminal.out("error: store: \(fault)") }
        if issues.isEmpty { Terminal.out("\(places.config): no faults") }
        if store, storeFaults.isEmpty { Terminal.out("\(places.data): no faults") }
    }
}

/// The bytes of the configuration file.
func readConfiguration(_ path: String) throws -> [UInt8] {
    do throws(FileFault) { return try Files.load(path) } catch {
        throw CommandFailure(description: "\(error); name the configuration with --config")
    }
}

extension Configuration.Environment {
    /// For commands that send nothing: sandbox providers point at the usual sandbox address.
    static var offline: Configuration.Environment {
        Configuration.Environment(
            kinds: Payrouter.kinds, secrets: .process, sandbox: Payrouter.sandbox,
            sandboxURL: { [sandbox = Payrouter.sandbox] in sandbox?.url(of: $0, below: "http://127.0.0.1:8090") },
            sandboxOnly: false)
    }
}

extension SecretSource {
    /// Secrets from this process's environment and files.
    static var process: SecretSource { SecretSource(environment: ProcessEnvironment.values) }
}

enum ProcessEnvironment {
    static var values: [String: String] {
        var result: [String: String] = [:]
        var pointer = environ
        while let entry = pointer.pointee {
            let text = String(cString: entry)
            if let cut = text.firstIndex(of: "=") {
                result[String(text[..<cut])] = String(text[text.index(after: cut)...])
            }
            pointer += 1
        }
        return result
    }
}
