import Router

/// Makes configurations of files' bytes as the running process would use them: with its kinds, its secrets, its sandbox.
struct ConfigurationLoader: Sendable {
    /// The file that the router was started with.
    let path: String
    let environment: Configuration.Environment
    /// Whether a file that does not say it is activated by itself: in the sandbox.
    let activatesOnChange: Bool
    /// Refuses what this process cannot run, whatever the file says.
    let admit: @Sendable (Configuration) throws(StartFailure) -> Void

    init(
        path: String, in environment: Configuration.Environment, activatesOnChange: Bool,
        admit: @escaping @Sendable (Configuration) throws(StartFailure) -> Void = { _ in }
    ) {
        self.path = path
        self.environment = environment
        self.activatesOnChange = activatesOnChange
        self.admit = admit
    }

    /// Loads bytes; secrets are read anew each time.
    ///
    /// - Parameters:
    ///   - bytes: The file's.
    ///   - name: What faults call it; `nil` for the file that the router was started with.
    /// - Returns: What can be worked with, as far as the file goes.
    /// - Throws: Every fault there is.
    func load(_ bytes: [UInt8], as name: String? = nil) throws(ConfigurationFailure) -> Configuration {
        try Configuration.load(bytes, path: name ?? path, in: environment)
    }

    /// The same, refusing what this process cannot run, whatever the file says.
    func loadAdmitted(_ bytes: [UInt8], as name: String? = nil) throws(ConfigurationFailure) -> Configuration {
        let configuration = try load(bytes, as: name)
        do throws(StartFailure) { try admit(configuration) } catch {
            throw ConfigurationFailure(path: name ?? path, issues: [ConfigurationIssue("", "\(error)")])
        }
        return configuration
    }

    /// The providers of some ids alone, as far as they can be made: whatever else has become of the file.
    func providers(_ wanted: Set<ProviderID>, in bytes: [UInt8]) -> [ProviderRuntime] {
        let tree = Self.tree(bytes)
        var builder = ConfigurationBuilder(environment: environment)
        for (place, provider) in (tree["providers"]?.arrayValue ?? []).enumerated() {
            guard let id = provider["id"]?.stringValue, wanted.contains(ProviderID(id)) else { continue }
            builder.add(provider, at: "/providers/\(place)")
        }
        return builder.providers
    }

    /// The file as JSON; null where it is none.
    static func tree(_ bytes: [UInt8]) -> JSONValue { (try? StrictJSON.parse(bytes, maximumDepth: 32)) ?? .null }

    /// Whether a file lets itself be activated as soon as it is changed.
    func activatesItself(_ tree: JSONValue) -> Bool { tree["activate_on_change"]?.boolValue ?? activatesOnChange }
}
