import RawServer
import Synchronization

/// Carries one request from a server's thread to the test.
final class Received: Sendable {
    private let stored = Mutex<Peer.Request?>(nil)

    var request: Peer.Request? { stored.withLock { $0 } }

    func put(_ request: Peer.Request) { stored.withLock { $0 = request } }
}
