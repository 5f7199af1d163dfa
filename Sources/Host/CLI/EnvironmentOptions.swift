import ArgumentParser
import Router

/// Which environment a command means: the one that is named, else the only one that the configuration has.
struct EnvironmentOptions: ParsableArguments {
    @Option(name: .long, help: "The configuration file.")
    var config = "providers.json"

    @Option(name: .long, help: "sandbox or production; needed only where the configuration has both.")
    var environment: String?

    /// What is named, or the only one there is.
    ///
    /// - Parameter fallback: What is meant where no configuration can be read; `nil` if that is an error.
    /// - Returns: The environment.
    /// - Throws: If the configuration has both, or none, or cannot be loaded.
    func chosen(fallback: PayEnvironment?) throws -> PayEnvironment {
        if let environment {
            guard let mode = PayEnvironment(rawValue: environment) else {
                throw CommandFailure.wrongArgument("--environment is sandbox or production, not \"\(environment)\"")
            }
            return mode
        }
        if let fallback, Files.read(config) == nil { return fallback }
        return try Self.only(
            in: try Configuration.load(try readConfiguration(config), path: config, in: .offline), path: config)
    }

    static func only(in configuration: Configuration, path: String) throws -> PayEnvironment {
        let modes = Set(configuration.providers.map(\.environment))
        guard let mode = modes.first, modes.count == 1 else {
            throw CommandFailure(
                description: modes.isEmpty
                    ? "\(path) has no providers; say --environment sandbox or --environment production"
                    : "\(path) has providers of both environments; say --environment sandbox or "
                        + "--environment production")
        }
        return mode
    }
}
