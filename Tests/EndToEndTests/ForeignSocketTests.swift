import Foundation
import Router
import Testing

@testable import Host

/// What answers at a control socket may be anything; nothing that it says is taken for a router's word.
@Suite struct ForeignSocketTests {
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nno!",
    ])
    func `an answer that no router gives is no success`(_ answer: String) async throws {
        let folder = NSTemporaryDirectory() + "payrouter-foreign-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let server = try ForeignServer(path: folder + "/control.sock", answer: answer)
        let failure = await #expect(throws: CommandFailure.self) {
            try await AdminLink(data: folder).call(.post, "/people", ["name": "Anna"])
        }
        #expect(failure?.description.contains("is no router") == true, "\(failure?.description ?? "")")
        #expect(failure?.exit == .failed)
        server.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", "no HTTP at all\r\n\r\n"])
    func `an answer that breaks off may have been a change, and is told as such`(_ answer: String) async throws {
        let folder = NSTemporaryDirectory() + "payrouter-foreign-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let server = try ForeignServer(path: folder + "/control.sock", answer: answer)
        let changing = await #expect(throws: CommandFailure.self) {
            try await AdminLink(data: folder).call(.post, "/people", ["name": "Anna"])
        }
        #expect(changing?.description.contains("look before you ask again") == true)
        let reading = await #expect(throws: CommandFailure.self) {
            try await AdminLink(data: folder).call(.get, "/people")
        }
        #expect(reading?.description.contains("ask again") == true)
        #expect(reading?.description.contains("may have done") == false)
        server.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }
}

/// Answers every connection at a socket file with the same bytes and closes it.
private final class ForeignServer: Sendable {
    struct Fault: Error {}

    private let listener: Int32

    init(path: String, answer: String) throws {
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard listener >= 0, bound == 0, listen(listener, 16) == 0 else { throw Fault() }
        self.listener = listener
        Thread {
            while true {
                let peer = accept(listener, nil, nil)
                guard peer >= 0 else { return }
                var bytes = [UInt8](repeating: 0, count: 65_536)
                _ = read(peer, &bytes, bytes.count)
                let said = Array(answer.utf8)
                _ = said.withUnsafeBytes { send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                close(peer)
            }
        }.start()
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }
}
