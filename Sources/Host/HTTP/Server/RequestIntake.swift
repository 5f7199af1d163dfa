import DequeModule
import NIOCore
import NIOHTTP1

/// What came on one connection and was not taken yet, and the way of answers back.
///
/// It stands last in the pipeline. Everything of it belongs to the connection's event loop: the pipeline calls it there, and
/// so does the task that answers (``LoopExecutor``), which is why nothing here is locked and nothing hops.
final class RequestIntake: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// With so many bytes, or so many pieces, held for somebody who does not take them, no more is read.
    private static let mostHeld = (bytes: 64 * 1_024, parts: 32)

    private var parts: Deque<HTTPServerRequestPart> = []
    private var heldBytes = 0
    private var isReadHeldBack = false
    private var isWritable = true
    /// Whether the connection is over.
    private var isGone = false
    /// Why nothing more comes; `nil` while something may.
    private var end: Result<Void, any Error>?
    private var context: ChannelHandlerContext?
    /// Whoever waits for a part, or for room to write.
    private var taker: CheckedContinuation<Void, Never>?
    private var writer: CheckedContinuation<Void, Never>?

    // MARK: Taking and answering

    /// The next part; `nil` once nothing more comes.
    ///
    /// - Throws: What went wrong on the connection; once.
    func next() async throws -> HTTPServerRequestPart? {
        while true {
            if let part = parts.popFirst() {
                if case .body(let bytes) = part { heldBytes -= bytes.readableBytes }
                readOn()
                return part
            }
            switch end {
            case .failure(let error):
                end = .success(())
                throw error
            case .success: return nil
            case nil: await withCheckedContinuation { taker = $0 }
            }
        }
    }

    /// Writes a part; what is written goes out with the next ``flush()``.
    func write(_ part: HTTPServerResponsePart) { context?.write(wrapOutboundOut(part), promise: nil) }

    func flush() { context?.flush() }

    /// Waits until the client has taken enough of what was written.
    ///
    /// - Returns: Whether there is still a connection.
    func hasRoom() async -> Bool {
        while !isGone {
            if isWritable { return true }
            await withCheckedContinuation { writer = $0 }
        }
        return false
    }

    /// Says that nothing more will be written.
    func finish() { context?.close(mode: .output, promise: nil) }

    // MARK: What the pipeline says

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        gone()
    }

    func channelInactive(context: ChannelHandlerContext) {
        gone()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if case .body(let bytes) = part { heldBytes += bytes.readableBytes }
        parts.append(part)
        wakeTaker()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { over(.failure(error)) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { over(.success(())) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        if isWritable { wakeWriter() }
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        if holdsTooMuch { isReadHeldBack = true } else { context.read() }
    }

    private var holdsTooMuch: Bool { heldBytes >= Self.mostHeld.bytes || parts.count >= Self.mostHeld.parts }

    private func readOn() {
        guard isReadHeldBack, !holdsTooMuch else { return }
        isReadHeldBack = false
        context?.read()
    }

    private func over(_ result: Result<Void, any Error>) {
        if end == nil { end = result }
        wakeTaker()
    }

    private func gone() {
        isGone = true
        over(.success(()))
        wakeWriter()
    }

    private func wakeTaker() {
        taker?.resume()
        taker = nil
    }

    private func wakeWriter() {
        writer?.resume()
        writer = nil
    }
}
