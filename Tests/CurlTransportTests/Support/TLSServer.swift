import Foundation
import RawServer

/// The TLS server of `Fixtures/tls_server.py` in a process of its own; it ends when its standard input does.
struct TLSServer: Sendable {
    struct Failure: Error {}

    let port: UInt16
    private let child: Child

    /// Starts the script with a behaviour that it knows; `plain` is none.
    static func start(_ leaf: Certificates.Leaf, _ behaviour: String = "plain") async throws -> TLSServer {
        let certificates = try await Certificates.made()
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let script = folder.appending(path: "Fixtures/tls_server.py").path()
        let arguments = [
            "python3", "-u", script, certificates.certificate(leaf), certificates.key(leaf), behaviour,
        ]
        return try await offPool { try TLSServer(Child(arguments)) }
    }

    private init(_ child: Child) throws {
        let words = child.readLine().split(separator: " ")
        guard words.count == 2, words[0] == "ready", let port = UInt16(words[1]) else { throw Failure() }
        self.port = port
        self.child = child
    }

    func url(_ path: String, host: String = "127.0.0.1") -> String { "https://\(host):\(port)\(path)" }

    /// Ends the process and returns every line it wrote after it was ready.
    func stop() async throws -> [String] {
        try await offPool { child.end().output.split(separator: "\n").map(String.init) }
    }
}
