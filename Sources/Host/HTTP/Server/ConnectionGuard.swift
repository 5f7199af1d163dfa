import NIOCore
import NIOHTTP1

/// Watches over one connection: refuses heads that are ambiguous, keeps deadlines, and closes when an answer says so.
///
/// It stands behind NIO's pipeline handler, so it sees one request at a time.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How much of a body is read and thrown away after its answer, on a connection that stays.
    private static let drained = 64 * 1_024
    /// How much is read and thrown away on a connection that ends.
    private static let heardOut = 1_024 * 1_024

    /// What is expected from the client.
    private enum Expectation {
        /// A head. No request is under way.
        case head
        /// The rest of a body; how much of it is to come, if that is known.
        case body(left: Int?)
        /// Nothing: the request is there and being answered.
        case nothing
        /// Whatever comes is thrown away; the connection is about to end.
        case farewell(heard: Int)
    }

    private let visit: Visit
    private let parser: ParserFaults
    private let deadlines: ConnectionDeadlines
    private var expectation = Expectation.head
    /// Whether the answer to the request under way has ended.
    private var isAnswered = true
    /// Whether the connection ends with the answer under way.
    private var endsWithAnswer = false
    private var mayInvite = false
    private var context: ChannelHandlerContext?
    private var deadline = NIODeadline.distantFuture
    private var alarm: Scheduled<Void>?
    private var alarmAt = NIODeadline.distantFuture

    init(visit: Visit, parser: ParserFaults, deadlines: ConnectionDeadlines) {
        self.visit = visit
        self.parser = parser
        self.deadlines = deadlines
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        expire(in: deadlines.firstHead)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.cancel()
        context.fireChannelInactive()
    }

    // MARK: What comes

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .farewell(let heard) = expectation { return throwAway(unwrapInboundIn(data), heard, context) }
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let bytes):
            if case .body(let left) = expectation {
                expectation = .body(left: left.map { $0 - bytes.readableBytes })
            }
            mayInvite = false
            context.fireChannelRead(data)
        case .end: end(data, context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        // Nobody else asks for more once the answer is out.
        if case .farewell = expectation { context.read() }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        isAnswered = false
        if let fault = head.uri.isEmpty ? parser.fault : HeadFault.find(in: head) { return refuse(fault, context) }
        endsWithAnswer = !head.isKeepAlive || head.leavesHTTP
        mayInvite = head.awaitsInvitation
        expectation = .body(left: head.announcedLength)
        expire(in: deadlines.body)
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private func end(_ data: NIOAny, _ context: ChannelHandlerContext) {
        if isAnswered {
            awaitNext()
        } else {
            expectation = .nothing
            deadline = .distantFuture
            visit.serve()
        }
        context.fireChannelRead(data)
    }

    /// Lets a request of our own through instead, whose answer says what was wrong; nothing else comes after it.
    private func refuse(_ fault: HeadFault, _ context: ChannelHandlerContext) {
        visit.fault = fault
        endsWithAnswer = true
        expectation = .farewell(heard: 0)
        expire(in: deadlines.body)
        let head = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: "/", headers: ["host": "refused.invalid", "connection": "close"])
        context.fireChannelRead(wrapInboundOut(.head(head)))
        context.fireChannelRead(wrapInboundOut(.end(nil)))
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard case .farewell(let heard) = expectation else { return context.fireErrorCaught(error) }
        // Each piece that the parser no longer reads is one such error.
        hear(64 * 1_024, after: heard, context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The client has gone as well, so nobody reads any more.
        if case .farewell = expectation, isAnswered, let event = event as? ChannelEvent, event == .inputClosed {
            return context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: What goes

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            if head.headers[canonicalForm: "connection"].contains("close") || leavesTooMuch { endsWithAnswer = true }
            if endsWithAnswer { head.headers.replaceOrAdd(name: "connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            isAnswered = true
            let ends = endsWithAnswer
            // What was held back comes while the end is written, so the state changes first.
            if ends {
                expectation = .farewell(heard: 0)
            } else if case .nothing = expectation {
                awaitNext()
            }
            context.write(data, promise: promise)
            if ends { sayFarewell(context) }
        default: context.write(data, promise: promise)
        }
    }

    /// Whether so much of the body is still to come that reading it costs more than a new connection.
    ///
    /// A client that waits to be invited may send the body or not, so nobody knows what comes next.
    private var leavesTooMuch: Bool {
        guard case .body(let left) = expectation else { return false }
        return mayInvite || (left ?? .max) > Self.drained
    }

    private func awaitNext() {
        expectation = .head
        expire(in: deadlines.idle)
        visit.wait()
    }

    /// Closing at once, with bytes of the client unread, would make its system throw the answer away (RFC 9112, 9.6).
    private func sayFarewell(_ context: ChannelHandlerContext) {
        expire(in: deadlines.farewell)
        visit.wait()
        context.flush()
        context.close(mode: .output, promise: nil)
        context.read()
    }

    private func throwAway(_ part: HTTPServerRequestPart, _ heard: Int, _ context: ChannelHandlerContext) {
        guard case .body(let bytes) = part else { return }
        hear(bytes.readableBytes, after: heard, context)
    }

    private func hear(_ count: Int, after heard: Int, _ context: ChannelHandlerContext) {
        expectation = .farewell(heard: heard + count)
        if heard + count > Self.heardOut { context.close(promise: nil) }
    }

    /// Sends `100 Continue` to a client that waits for it and has sent nothing of its body yet.
    func invite() {
        guard mayInvite, let context else { return }
        mayInvite = false
        let head = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }

    // MARK: Time

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if case .nothing = expectation {
            if context.channel.isWritable { deadline = .distantFuture } else { expire(in: deadlines.answer) }
        }
        context.fireChannelWritabilityChanged()
    }

    /// Sets the deadline; the timer that runs already is kept, because most deadlines never come.
    private func expire(in amount: TimeAmount) {
        guard let context else { return }
        deadline = context.eventLoop.now + amount
        if alarm == nil || alarmAt > deadline { setAlarm(context) }
    }

    private func setAlarm(_ context: ChannelHandlerContext) {
        alarm?.cancel()
        alarmAt = deadline
        alarm = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.ring() }
    }

    private func ring() {
        alarm = nil
        guard let context, deadline != .distantFuture else { return }
        guard deadline <= context.eventLoop.now else { return setAlarm(context) }
        deadline = .distantFuture
        switch expectation {
        case .head:
            visit.tooSlow(.head)
            context.close(promise: nil)
        case .body where !isAnswered:
            visit.tooSlow(.body)
            endsWithAnswer = true
            context.fireErrorCaught(BodyTooSlow())
        case .body, .farewell: context.close(promise: nil)
        case .nothing:
            visit.tooSlow(.answer)
            context.close(promise: nil)
        }
    }
}
