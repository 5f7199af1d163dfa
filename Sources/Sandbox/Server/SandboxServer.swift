import HTTPListener
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle
import Synchronization

/// The sandbox operators behind one HTTP address, and the ``ControlService``.
///
/// A provider's base URL is the address plus the operator's name, e.g. `http://127.0.0.1:8090/tmoney`. The control service:
/// `GET /` lists what runs, `GET /_books` shows every movement really executed, `GET /_requests` how often each operation
/// was asked for, `PUT /_registrations` sets callback addresses, `PUT /_faults` makes the next requests for an operation
/// go wrong (`GET` and `DELETE` list and forget), `GET /_blocked` lists wallets blocked after three wrong PINs and `DELETE`
/// lets them go, `PUT /_callers` sets the only addresses that may call TMoney Online. `POST /_messages` takes a message for
/// somebody's phone or mailbox, `GET` lists them, `DELETE` forgets them, and `GET /_inbox` shows them to people.
///
/// Every step is on file before it is answered: a killed process loses nothing that was promised, and the next one
/// takes up payments, sessions and callbacks where they were. Independent of the router on purpose: its books judge it.
public final class SandboxServer: Service, Sendable {
    private enum Readiness: Sendable {
        case waiting([CheckedContinuation<Int, any Error>])
        case bound(Int)
        case ended
    }

    /// The server ended, or could not begin to listen.
    public struct NotRunning: Error, Sendable {}

    private let configuration: SandboxConfiguration
    private let runtime: SandboxRuntime
    private let address: PublicAddress
    private let readiness = Mutex(Readiness.waiting([]))

    /// Reads the journals.
    ///
    /// Does not listen yet.
    ///
    /// - Throws: If the data folder cannot be used, belongs to another running sandbox, or holds an unreadable line.
    public init(_ configuration: SandboxConfiguration) throws {
        self.configuration = configuration
        address = PublicAddress(
            configuration.publicURL ?? PublicAddress.url(host: configuration.host, port: configuration.port))
        runtime = try SandboxRuntime(configuration, address: address)
    }

    deinit { runtime.end() }

    /// Serves until the task is cancelled or a graceful shutdown begins.
    ///
    /// Can be called once.
    ///
    /// Requests that an operator lets hang are dropped when the end begins.
    public func run() async throws {
        defer {
            runtime.end()
            become(.ended)
        }
        let runtime = runtime
        let responder = SandboxResponder(runtime: runtime, logger: configuration.logger)
        let listener = HTTPListener(
            ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: .maximum(configuration.maximumConnections, logger: configuration.logger)),
            logger: configuration.logger,
            onListening: { [self] channel in
                let port = channel.localAddress?.port ?? configuration.port
                if configuration.publicURL == nil {
                    address.url = PublicAddress.url(host: configuration.host, port: port)
                }
                runtime.begin()
                become(.bound(port))
            },
            connection: { HeldChannel(http: HTTP1Channel(responder: $0)) },
            answer: { await responder.respond(to: $0, on: SandboxConnection($1)) })
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await listener.run()
            } onGracefulShutdown: {
                runtime.stage.stop()
            }
        } onCancel: {
            runtime.stage.stop()
        }
    }

    /// Waits until the server listens.
    ///
    /// - Returns: The bound port.
    /// - Throws: ``NotRunning`` if it ended without ever listening.
    public func waitUntilReady() async throws -> Int {
        try await withCheckedThrowingContinuation { continuation in
            readiness.withLock { readiness in
                switch readiness {
                case .waiting(let others): readiness = .waiting(others + [continuation])
                case .bound(let port): continuation.resume(returning: port)
                case .ended: continuation.resume(throwing: NotRunning())
                }
            }
        }
    }

    /// Sets a callback address, as `PUT /_registrations` does.
    ///
    /// - Throws: If it cannot be written to the journal.
    public func register(_ registration: SandboxRegistration) throws {
        try runtime.recorder.commit(JournalLine(registration: registration))
    }

    /// Every movement really executed, in the order of execution; what `GET /_books` shows.
    public var movements: [SandboxMovement] { runtime.recorder.books.movements }

    /// How often each operation was asked for; what `GET /_requests` shows.
    public var requestCounts: [SandboxRequestCount] { runtime.recorder.requests.all }

    private func become(_ next: Readiness) {
        readiness.withLock { readiness in
            if case .waiting(let continuations) = readiness {
                for continuation in continuations {
                    switch next {
                    case .bound(let port): continuation.resume(returning: port)
                    case .ended, .waiting: continuation.resume(throwing: NotRunning())
                    }
                }
            }
            readiness = next
        }
    }
}

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
