import HummingbirdCore
import Logging
import NIOCore

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
