import HTTPTypes
package import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Hummingbird's server with what every answer needs: a date, and an end also where answering failed.
///
/// Routing, middleware and files of the package `Hummingbird` are not needed by anybody here, and cost a first build dearly.
package struct HTTPListener: Service {
    /// Answers one request.
    package typealias Answer = @Sendable (Request, any Channel) async throws -> Response

    private let server: any Service

    /// Makes a listener; nothing listens before ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: Where to listen, and how many may come. Its server name is not used.
    ///   - logger: Hears of connections and of answers that failed.
    ///   - onListening: Called once with the channel that listens.
    ///   - connection: What a connection is, given what answers its requests.
    ///   - answer: Answers; what it throws is answered with 500 and no body.
    package init(
        _ configuration: ServerConfiguration, logger: Logger,
        onListening: @escaping @Sendable (any Channel) async -> Void,
        connection: (@escaping HTTPChannelHandler.Responder) -> some ServerChildChannel, answer: @escaping Answer
    ) {
        let date = DateLine()
        let respond: HTTPChannelHandler.Responder = { request, writer, channel in
            var response: Response
            do {
                response = try await answer(request, channel)
            } catch let fault as HTTPParserError {
                throw fault
            } catch {
                logger.debug("A request could not be answered", metadata: ["error": "\(error)"])
                response = Response(status: .internalServerError)
            }
            response.headers[.date] = date.now
            do {
                try await writer.write(response: response.head, body: response.body)
            } catch is HTTPParserError {
                // Passed on as it is, it would be answered once more, behind what is already written.
                throw Unfinished()
            }
        }
        server = connection(respond).server(
            configuration: configuration, onServerRunning: onListening,
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    }

    /// Makes a listener whose connections answer by themselves; nothing listens before ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: Where to listen, and how many may come. Its server name is not used.
    ///   - logger: Hears of connections.
    ///   - onListening: Called once with the channel that listens.
    ///   - channel: What a connection is, and what serves it.
    package init(
        _ configuration: ServerConfiguration, logger: Logger,
        onListening: @escaping @Sendable (any Channel) async -> Void, channel: some ServerChildChannel
    ) {
        server = channel.server(
            configuration: configuration, onServerRunning: onListening,
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    }

    /// Serves until the task is cancelled or a graceful shutdown begins.
    ///
    /// - Throws: If it cannot listen.
    package func run() async throws { try await server.run() }

    /// An answer whose request turned out to be unreadable while it was written.
    private struct Unfinished: Error {}
}
