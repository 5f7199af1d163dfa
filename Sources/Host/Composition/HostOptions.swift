package import Logging
package import Router

/// How a router is started: what the command line or a test says.
package struct HostOptions: Sendable {
    package enum SandboxMode: Sendable, Hashable {
        /// No sandbox operators: sandbox providers need `base_url`.
        case none
        /// Sandbox operators in this process; port 0 takes any free one.
        case inProcess(port: Int)
        /// Sandbox operators elsewhere.
        case remote(url: String)
    }

    package var configurationPath: String
    package var host: String
    package var port: Int
    /// Where those who run the router reach its metrics.
    package var adminHost = "127.0.0.1"
    /// The port there; 0 takes any free one, `nil` the one next to ``port``.
    package var adminPort: Int?
    /// Whether staff may use the console at the callers' port, too, with a second factor.
    package var opensConsoleToStaff = false
    package var dataPath: String
    package var sandbox: SandboxMode
    /// The sandbox operators that this program has; `nil` if it has none.
    package var sandboxSupport: SandboxSupport?
    /// Where the router is reached from outside; `nil` means the address it listens at.
    package var publicURL: String?
    package var logLevel: Logger.Level
    /// Takes log lines.
    package var logSink: JSONLogHandler.Sink = JSONLogHandler.standardError
    /// How many orders may be on their way to being accepted; `nil` means as many as suit this machine.
    package var acceptance: AcceptanceLimits?
    /// How long stopping may take, in seconds.
    package var drainSeconds: Int64
    /// Whether webhooks may go to loopback addresses over plain http.
    ///
    /// Sandbox only.
    package var webhooksToLoopback: Bool
    /// A file of certificate authorities to trust for operators, instead of the system's.
    package var operatorAuthorities: String?
    /// Whether the database is copied before it is brought to a newer form.
    package var copiesBeforeUpgrade = true
    /// Values of the process environment: secrets and the master key.
    package var environment: [String: String]

    package init(
        configurationPath: String, host: String = "127.0.0.1", port: Int = 8080, dataPath: String = "./data",
        sandbox: SandboxMode = .none, sandboxSupport: SandboxSupport? = nil, publicURL: String? = nil,
        logLevel: Logger.Level = .notice, drainSeconds: Int64 = 25, webhooksToLoopback: Bool = false,
        operatorAuthorities: String? = nil,
        environment: [String: String]
    ) {
        self.configurationPath = configurationPath
        self.host = host
        self.port = port
        self.dataPath = dataPath
        self.sandbox = sandbox
        self.sandboxSupport = sandboxSupport
        self.publicURL = publicURL
        self.logLevel = logLevel
        self.drainSeconds = drainSeconds
        self.webhooksToLoopback = webhooksToLoopback
        self.operatorAuthorities = operatorAuthorities
        self.environment = environment
    }

    package var isSandbox: Bool { sandbox != .none }
}
