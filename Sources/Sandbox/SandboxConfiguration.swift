public import Logging

/// How to run the sandbox operators.
public struct SandboxConfiguration: Sendable {
    /// The address to listen on.
    ///
    /// Anybody who can reach it can "pay": keep it on loopback.
    public var host: String
    /// The port to listen on; 0 takes any free one, which ``SandboxServer/waitUntilReady()`` tells.
    public var port: Int
    /// Where the books and all operator state are kept, so that a killed process loses nothing; created if missing.
    ///
    /// `nil` keeps everything in memory.
    public var dataFolder: String?
    /// The address under which payers' browsers reach the sandbox, without a slash at the end.
    ///
    /// Links to payment pages are built from it. `nil` means `http://<host>:<bound port>`.
    public var publicURL: String?
    /// How long the card operator remembers an idempotency key, in milliseconds; the real one keeps it for 24 hours or
    /// longer (docs/protocols/card.md, 5.1).
    ///
    /// After that the same key executes again.
    public var idempotencyWindowMilliseconds: Int64
    /// Connections open at once; others wait until one closes.
    public var maximumConnections: Int
    /// Where the time comes from.
    public var clock: any SandboxClock
    /// Puts callbacks on the wire.
    ///
    /// May be called from several tasks at once.
    public var sendCallback: SandboxCallbackSender
    /// Where the sandbox says what went wrong.
    ///
    /// It never logs what payers or partners sent.
    public var logger: Logger

    /// The defaults suit a developer's machine: loopback, port 8090, everything in memory.
    public init(
        host: String = "127.0.0.1", port: Int = 8090, dataFolder: String? = nil, publicURL: String? = nil,
        idempotencyWindowMilliseconds: Int64 = 24 * 3600 * 1000, maximumConnections: Int = 4_096,
        clock: any SandboxClock = SystemSandboxClock(), logger: Logger = Logger(label: "sandbox"),
        sendCallback: @escaping SandboxCallbackSender
    ) {
        self.host = host
        self.port = port
        self.dataFolder = dataFolder
        self.publicURL = publicURL
        self.idempotencyWindowMilliseconds = idempotencyWindowMilliseconds
        self.maximumConnections = maximumConnections
        self.clock = clock
        self.sendCallback = sendCallback
        self.logger = logger
    }
}
