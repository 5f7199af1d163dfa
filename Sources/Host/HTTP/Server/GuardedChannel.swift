import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Hummingbird's HTTP/1 connection behind our ``Door`` and ``ConnectionGuard``.
struct GuardedChannel: ServerChildChannel {
    typealias Value = GuardedConnection

    let http: HTTP1Channel
    let door: Door
    let deadlines: ConnectionDeadlines

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<GuardedConnection> {
        http.setup(channel: channel, logger: logger).flatMapThrowing { connection in
            // A server that stops drops who has just come, and NIO ends the process if a connection's writer is dropped
            // before the connection is over.
            channel.closeFuture.whenComplete { _ in withExtendedLifetime(connection) {} }
            let pipeline = channel.pipeline.syncOperations
            let visit = try greet(channel, pipeline)
            return GuardedConnection(http: connection, visit: visit)
        }
    }

    func handle(value: GuardedConnection, logger: Logger) async {
        await Visit.$current.withValue(value.visit) {
            await http.handle(value: value.http, logger: logger)
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
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandlers(
                [parser, HTTPServerPipelineHandler(), watch], position: .before(codec))
            return visit
        case .refused:
            channel.closeFuture.whenComplete { _ in door.refusalEnded() }
            try pipeline.addHandler(TurnedAway(farewell: deadlines.farewell), position: .first)
        case .dropped: try pipeline.addHandler(TurnedAway(farewell: nil), position: .first)
        }
        return nil
    }
}

/// A connection and who came with it.
struct GuardedConnection: ServerChildChannelValue {
    let http: HTTP1Channel.Value
    /// `nil` if it was turned away.
    let visit: Visit?

    var channel: any Channel { http.channel }
}
