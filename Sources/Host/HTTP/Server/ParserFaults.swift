import NIOCore
import NIOHTTP1

/// Turns what the parser cannot read into a request of our own, so that its refusal keeps its place behind the answers to
/// what came before.
///
/// Such a request has an empty target, which no parsed one has. What cannot be read within a body goes on as an error.
final class ParserFaults: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    /// What was found; nothing is parsed after it.
    private(set) var fault: HeadFault?
    private var isWithinRequest = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isWithinRequest = true
        case .body: break
        case .end: isWithinRequest = false
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let found = error as? HTTPParserError, !isWithinRequest, fault == nil else {
            return context.fireErrorCaught(error)
        }
        fault = HeadFault(found)
        context.fireChannelRead(
            wrapInboundOut(.head(HTTPRequestHead(version: .http1_1, method: .GET, uri: ""))))
        context.fireChannelRead(wrapInboundOut(.end(nil)))
        context.fireChannelReadComplete()
    }
}
