import Foundation
import Glibc

/// One connection to 127.0.0.1 as bytes, spoken to from a thread of its own so that no task is blocked.
final class RawConnection: Sendable {
    struct Failure: Error { let code: Int32 }

    private let descriptor: Int32

    /// Connects; the system answers at once, whether or not the server has looked at it.
    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        // Far above what anything here takes; it only keeps a fault from hanging the whole run.
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        // The bytes of a `sockaddr_in`, whose members belong to whichever module of C the compiler meets first.
        let family = withUnsafeBytes(of: sa_family_t(AF_INET)) { Array($0) }
        let address =
            family + withUnsafeBytes(of: in_port_t(port).bigEndian) { Array($0) } + [127, 0, 0, 1]
            + [UInt8](repeating: 0, count: 8)
        let code = address.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { connect(descriptor, $0.baseAddress, socklen_t(bytes.count)) }
        }
        guard code == 0 else { throw Failure(code: errno) }
    }

    deinit { close(descriptor) }

    /// Sends as much as the other side takes.
    func send(_ text: String) async {
        let descriptor = descriptor
        await Self.apart {
            var bytes = Array(text.utf8)[...]
            while !bytes.isEmpty {
                let count = bytes.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                bytes = bytes.dropFirst(count)
            }
        }
    }

    /// Everything that comes until the other side closes, or until a text has come.
    func read(until end: String? = nil) async -> String {
        let descriptor = descriptor
        return await Self.apart {
            var all: [UInt8] = []
            var room = [UInt8](repeating: 0, count: 65_536)
            while true {
                if let end, String(decoding: all, as: UTF8.self).contains(end) { break }
                let count = recv(descriptor, &room, room.count, 0)
                guard count > 0 else { break }
                all += room[..<count]
            }
            return String(decoding: all, as: UTF8.self)
        }
    }

    /// Whether the other side closes, once all that came before is thrown away; `false` after twenty seconds of silence.
    func isClosed() async -> Bool {
        let descriptor = descriptor
        return await Self.apart {
            var room = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = recv(descriptor, &room, room.count, 0)
                guard count <= 0 else { continue }
                return count == 0 || errno == ECONNRESET
            }
        }
    }

    private static func apart<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: body()) }
            thread.stackSize = 512 * 1_024
            thread.start()
        }
    }
}

extension ServedRoutes {
    /// What is answered to some bytes until the server closes.
    func exchange(_ bytes: String) async throws -> String {
        let connection = try RawConnection(port: port)
        await connection.send(bytes)
        return await connection.read()
    }
}
