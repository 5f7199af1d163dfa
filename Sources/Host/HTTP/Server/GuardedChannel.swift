import HTTPListener
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// An HTTP/1 connection behind our ``Door`` and ``ConnectionGuard``.
struct GuardedChannel: ServerChildChannel {
    typealias Value = GuardedConnection

    let responder: HTTPServer.Responder
    let door: Door
    let deadlines: ConnectionDeadlines
    private let date = DateLine()

    init(responder: HTTPServer.Responder, door: Door, deadlines: ConnectionDeadlines) {
        self.responder = responder
        self.door = door
        self.deadlines = deadlines
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<GuardedConnection> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderListSize = 32 * 1_024
            limits.maxHeaderFieldSize = 80 * 1_024
            limits.maxHeaderFieldCount = 1_000
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
            let intake = RequestIntake()
            let visit = try greet(channel, pipeline)
            try pipeline.addHandler(intake)
            return GuardedConnection(
                served: ServedConnection(
                    intake: NIOLoopBound(intake, eventLoop: channel.eventLoop), channel: channel, visit: visit,
                    responder: responder, date: date))
        }
    }

    func handle(value: GuardedConnection, logger: Logger) async {
        let channel = value.channel
        await withTaskExecutorPreference(LoopExecutor(channel.eventLoop)) {
            await withTaskCancellationHandler {
                await value.served.serve()
            } onCancel: {
                channel.close(mode: .input, promise: nil)
            }
        }
    }

    /// Lets a connection in or turns it away.
    ///
    /// - Returns: `nil` if it was turned away.
    private func greet(_ channel: any Channel, _ pipeline: ChannelPipeline.SynchronousOperations) throws -> Visit? {
        let loop = channel.eventLoop
        let guarded = NIOLoopBoundBox<ConnectionGuard?>(nil, eventLoop: loop)
        let connection = Visit.Connection(
            close: { channel.close(promise: nil) },
            invite: { loop.execute { guarded.value?.invite() } })
        switch door.enter(from: channel.remoteAddress?.ipAddress ?? "", connection) {
        case .enters(let visit):
            channel.closeFuture.whenComplete { _ in
                visit.leave()
                guarded.value = nil
            }
            let parser = ParserFaults()
            let watch = ConnectionGuard(visit: visit, parser: parser, deadlines: deadlines)
            guarded.value = watch
            try pipeline.addHandlers([parser, HTTPServerPipelineHandler(), watch])
            return visit
        case .refused:
            channel.closeFuture.whenComplete { _ in door.refusalEnded() }
            try pipeline.addHandler(TurnedAway(farewell: deadlines.farewell), position: .first)
        case .dropped: try pipeline.addHandler(TurnedAway(farewell: nil), position: .first)
        }
        return nil
    }
}

/// A connection and what serves it.
struct GuardedConnection: ServerChildChannelValue {
    let served: ServedConnection

    var channel: any Channel { served.channel }
}
