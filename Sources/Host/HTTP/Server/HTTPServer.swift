import HTTPListener
import HummingbirdCore
import Logging
import NIOCore
import Router
import ServiceLifecycle

/// The listening server: Hummingbird behind a ``Door``, in front of a ``Dispatcher``.
struct HTTPServer: Service {
    private let listener: HTTPListener
    private let address: Address
    /// The option of the command line that names the port.
    private let option: ListenOption

    /// Where a server listens.
    enum Address: Sendable {
        /// Port 0 takes any free one.
        case tcp(host: String, port: Int)
        /// A socket in the file system.
        case unix(path: String)
    }

    /// Does not listen before it runs.
    ///
    /// - Parameters:
    ///   - address: Where to listen.
    ///   - dispatcher: What answers.
    ///   - time: For request ids.
    ///   - random: For request ids.
    ///   - door: Who may connect.
    ///   - deadlines: How long connections may take.
    ///   - option: The option of the command line that names the port, for failures.
    ///   - onListening: Called once with the port really bound.
    init(
        _ address: Address, dispatcher: Dispatcher, time: any TimeSource, random: any RandomSource, door: Door,
        deadlines: ConnectionDeadlines = ConnectionDeadlines(), option: ListenOption = .port,
        onListening: @escaping @Sendable (Int) async -> Void
    ) {
        self.address = address
        self.option = option
        let responder = Responder(dispatcher: dispatcher, time: time, random: random)
        // Requests are logged by the dispatcher's observer.
        let logger = Logger(label: "http") { _ in SwiftLogNoOpLogHandler() }
        listener = HTTPListener(
            ServerConfiguration(address: Self.bind(address), backlog: 1_024), logger: logger,
            onListening: { channel in await onListening(channel.localAddress?.port ?? 0) },
            channel: GuardedChannel(responder: responder, door: door, deadlines: deadlines))
    }

    private static func bind(_ address: Address) -> BindAddress {
        switch address {
        case .tcp(let host, let port): .hostname(host, port: port)
        case .unix(let path): .unixDomainSocket(path: path)
        }
    }

    /// Serves until it is stopped.
    ///
    /// - Throws: ``StartFailure`` if it cannot listen.
    func run() async throws {
        do {
            try await listener.run()
        } catch {
            switch address {
            case .tcp(let host, let port):
                let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
                throw ListenFailure.explained(error, at: place, option: option)
            case .unix(let path): throw ListenFailure.explained(error, atSocket: path)
            }
        }
    }
}
