import HTTPTypes
import Hummingbird
import Logging
import NIOCore
package import Router
import ServiceLifecycle

/// The listening server: Hummingbird in front of a ``Dispatcher``.
package struct HTTPServer: Service {
    /// How much of a body that is too large is still read, and thrown away, so that its sender gets to read the answer.
    static let overrun = 512 * 1_024

    private let application: any ApplicationProtocol
    private let address: Address

    /// Where a server listens.
    package enum Address: Sendable {
        /// Port 0 takes any free one.
        case tcp(host: String, port: Int)
        /// A socket in the file system.
        case unix(path: String)
    }

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - address: Where to listen.
    ///   - dispatcher: What answers.
    ///   - time: For request ids.
    ///   - random: For request ids.
    ///   - onListening: Called once with the port really bound.
    package init(
        _ address: Address, dispatcher: Dispatcher, time: any TimeSource, random: any RandomSource,
        onListening: @escaping @Sendable (Int) async -> Void
    ) {
        self.address = address
        let responder = Responder(dispatcher: dispatcher, time: time, random: random)
        // Requests are logged by the dispatcher's observer.
        let logger = Logger(label: "http") { _ in SwiftLogNoOpLogHandler() }
        application = Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60), httpDecoderConfiguration: .init(maxHeaderListSize: 32 * 1024))),
            configuration: .init(address: Self.bind(address), serverName: nil, backlog: 1_024),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger)
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
    package func run() async throws {
        do {
            try await application.run()
        } catch {
            switch address {
            case .tcp(let host, let port):
                let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
                throw ListenFailure.explained(error, at: place, option: "--port")
            case .unix(let path): throw ListenFailure.explained(error, atSocket: path)
            }
        }
    }

    struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let peer: String

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            peer = source.channel.remoteAddress?.ipAddress ?? ""
        }
    }

    struct Responder: HTTPResponder {
        let dispatcher: Dispatcher
        let time: any TimeSource
        let random: any RandomSource

        func respond(to request: Request, context: Context) async throws -> Response {
            let id = RequestID(at: time.now, from: random)
            var api = APIRequest(
                method: request.method.rawValue, path: request.uri.path, query: request.uri.query ?? "",
                headers: request.headers.map { ($0.name.canonicalName, $0.value) }, peer: context.peer, id: id)
            let limit = dispatcher.bodyLimit(method: api.method, path: api.path)
            guard let body = try await Self.read(request.body, limit: limit) else {
                let problem = Problem(.bodyTooLarge, "the body has more than \(limit) bytes")
                let answer = problem.response(request: id, publicURL: dispatcher.problemRoot)
                return Self.response(answer.with("request-id", id.text).with("connection", "close"))
            }
            api.body = body
            return Self.response(await dispatcher.respond(to: api))
        }

        /// The whole body; `nil` if it has more bytes than the limit, of which no more than the limit is ever held.
        private static func read(_ body: RequestBody, limit: Int) async throws -> [UInt8]? {
            var bytes: [UInt8] = []
            var count = 0
            for try await part in body {
                count += part.readableBytes
                if count <= limit {
                    bytes += part.readableBytesView
                } else if count > limit + HTTPServer.overrun {
                    break
                } else {
                    bytes = []
                }
            }
            return count <= limit ? bytes : nil
        }

        private static func response(_ answer: APIResponse) -> Response {
            var fields = HTTPFields()
            for (name, value) in answer.headers {
                if let field = HTTPField.Name(name) { fields.append(HTTPField(name: field, value: value)) }
            }
            if let stream = answer.stream {
                let pieces = stream().map { ByteBuffer(string: $0) }
                return Response(
                    status: .init(code: answer.status), headers: fields, body: ResponseBody(asyncSequence: pieces))
            }
            return Response(
                status: .init(code: answer.status), headers: fields,
                body: answer.body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: answer.body)))
        }
    }
}
