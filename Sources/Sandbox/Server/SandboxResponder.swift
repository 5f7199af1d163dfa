import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import WebText

/// Carries requests from the wire to the operators, and their answers back, however they leave.
///
/// There is no route table: the first path component names the operator, which reads the rest by itself.
struct SandboxResponder: Sendable {
    /// Larger bodies are refused.
    static let maximumBodyBytes = 64 * 1024

    let runtime: SandboxRuntime
    let logger: Logger

    func respond(to request: Request, on connection: SandboxConnection) async -> Response {
        guard let buffer = try? await request.body.collect(upTo: Self.maximumBodyBytes) else {
            return Response(status: .contentTooLarge)
        }
        let path = request.uri.path
        let rest = path.dropFirst()
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        let query = request.uri.query.map { FormText.pairs($0) } ?? []
        let inner = SandboxRequest(
            method: request.method.rawValue, path: end == rest.endIndex ? "/" : String(rest[end...]),
            query: query ?? [], hasForeignQuery: query == nil,
            headers: request.headers.map { ($0.name.canonicalName, $0.value) },
            body: Array(buffer.readableBytesView), peer: connection.peer)
        return await response(for: answer(String(rest[..<end]), inner), connection)
    }

    private func answer(_ first: String, _ request: SandboxRequest) async -> Answer {
        do {
            return try await runtime.answer(first, request)
        } catch {
            // A journal that cannot be written: nothing may be promised any more.
            logger.error("The sandbox could not record a step", metadata: ["error": "\(error)"])
            return .json(["error": "The sandbox cannot write its journal."], status: 503)
        }
    }

    private func response(for answer: Answer, _ connection: SandboxConnection) async -> Response {
        var fields = HTTPFields()
        fields[.contentType] = answer.contentType
        for header in answer.headers {
            if let name = HTTPFields.Element.Name(header.name) { fields[name] = header.value }
        }
        let status = HTTPResponse.Status(code: answer.status)
        let buffer = ByteBuffer(bytes: answer.body)
        switch answer.delivery {
        case .whole:
            return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: buffer))
        case .dropped:
            await connection.close()
            return Response(status: status)
        case .truncated:
            let announced = answer.body.count + 512
            return Response(
                status: status, headers: fields,
                body: ResponseBody(contentLength: announced) { writer in
                    try await writer.write(buffer)
                    await connection.close()
                    throw CutOff()
                })
        }
    }

    /// Ends a response body before its announced end.
    private struct CutOff: Error {}
}

/// The connection under a request, which an operator can close.
struct SandboxConnection: Sendable {
    /// The caller's address; empty if it is not known.
    let peer: String
    /// Closes the connection at once, whatever was promised on it.
    let close: @Sendable () async -> Void

    init(_ channel: any Channel) {
        peer = channel.remoteAddress?.ipAddress ?? ""
        close = { try? await channel.close() }
    }
}

/// Hummingbird's HTTP/1 connection, held until it is over.
///
/// A server that stops drops who has just come, and NIO ends the process if a connection's writer is dropped before the
/// connection is over.
struct HeldChannel: ServerChildChannel {
    let http: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        http.setup(channel: channel, logger: logger).map { connection in
            channel.closeFuture.whenComplete { _ in withExtendedLifetime(connection) {} }
            return connection
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async { await http.handle(value: value, logger: logger) }
}
