import Dispatch
import Foundation
import Glibc

/// A server on 127.0.0.1 made of plain sockets, one thread per connection, that does what its script says.
package final class MisbehavingServer: Sendable {
    /// What happens on one connection.
    ///
    /// When it returns the connection is closed in order.
    package typealias Script = @Sendable (Peer) -> Void

    package static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    package let port: UInt16
    package let books = Books()
    private let listener: Int32
    private let threads = DispatchGroup()

    /// Starts a server that runs the script once per connection.
    package init(_ script: @escaping Script) throws {
        listener = try Loopback.bind()
        port = Loopback.port(of: listener)
        guard listen(listener, 512) == 0 else { throw Loopback.Failure(code: errno) }
        let listener = listener
        let books = books
        let threads = threads
        threads.enter()
        Self.detach {
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { break }
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                guard books.noteConnection(descriptor) else {
                    close(descriptor)
                    break
                }
                threads.enter()
                Self.detach {
                    let peer = Peer(descriptor: descriptor, books: books)
                    script(peer)
                    peer.close()
                    threads.leave()
                }
            }
            threads.leave()
        }
    }

    /// A server that answers every request the same way for as long as the client likes.
    package static func answering(_ answer: String = ok) throws -> MisbehavingServer {
        try MisbehavingServer { peer in
            while peer.readRequest() != nil { peer.write(answer) }
        }
    }

    package func url(_ path: String, scheme: String = "http", host: String = "127.0.0.1") -> String {
        "\(scheme)://\(host):\(port)\(path)"
    }

    /// Ends every thread and returns the final books: nothing can be added to them afterwards.
    package func stop() async -> Books.Page {
        shutdown(listener, Int32(SHUT_RDWR))
        books.closeAll()
        await withCheckedContinuation { continuation in
            threads.notify(queue: .global()) { continuation.resume() }
        }
        close(listener)
        return books.page
    }

    private static func detach(_ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.stackSize = 256 * 1024
        thread.start()
    }
}
