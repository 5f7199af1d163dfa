import NIOCore

/// Tells a connection that there is no place for it, and closes it; nothing it sends reaches anybody.
final class TurnedAway: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How long the client is listened to, so that it gets to read the answer; `nil` closes without one.
    private let farewell: TimeAmount?

    init(farewell: TimeAmount?) { self.farewell = farewell }

    private static let body = """
        {"title":"The router cannot do this now","status":503,"code":"unavailable","retryable":true,\
        "outcome":"not_executed","detail":"too many connections are open; come back later, or keep fewer"}

        """

    private static let answer = """
        HTTP/1.1 503 Service Unavailable\r
        content-type: application/problem+json\r
        content-length: \(body.utf8.count)\r
        retry-after: 2\r
        connection: close\r
        \r
        \(body)
        """

    func channelActive(context: ChannelHandlerContext) {
        guard let farewell else { return context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: Self.answer)), promise: nil)
        context.close(mode: .output, promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: farewell) { context.close(promise: nil) }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func channelReadComplete(context: ChannelHandlerContext) { context.read() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
