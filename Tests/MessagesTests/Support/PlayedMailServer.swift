import CurlTransport
import Foundation
import RawServer
import Router
import WebText

/// The mail server of `Fixtures/mail_server.py` in a process of its own; it ends when its standard input does.
struct PlayedMailServer: Sendable {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// What it offers.
    enum Mode: String, Sendable, CaseIterable { case starttls, tls, plain, deaf }

    static let login = MailServer.Login(user: "shop", password: Secret("se:cr\"et é"))

    let port: Int
    let mode: Mode
    private let child: Child

    static func start(_ mode: Mode, _ leaf: Certificates.Leaf = .good) async throws -> PlayedMailServer {
        let certificates = try await Certificates.made()
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let root = folder.deletingLastPathComponent().deletingLastPathComponent()
        let python = root.appending(path: ".venv-mail/bin/python").path()
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Failure(description: "\(python) is not there; scripts/mail-venv makes it")
        }
        let script = folder.appending(path: "Fixtures/mail_server.py").path()
        let arguments = [
            python, "-u", script, mode.rawValue, certificates.certificate(leaf), certificates.key(leaf),
        ]
        return try await offPool { try PlayedMailServer(mode, Child(arguments)) }
    }

    private init(_ mode: Mode, _ child: Child) throws {
        let line = child.readLine()
        let words = line.split(separator: " ")
        guard words.count == 2, words[0] == "ready", let port = Int(words[1]) else {
            throw Failure(description: "the mail server did not start: \(line)")
        }
        self.port = port
        self.mode = mode
        self.child = child
    }

    /// How to reach it, trusting the tests' own authority.
    func address(
        _ security: MailServer.Security? = nil, login: MailServer.Login? = login, host: String = "127.0.0.1",
        trusting authority: String? = nil
    ) async throws -> MailServer {
        let suitable: MailServer.Security =
            switch mode {
            case .starttls: .starttls
            case .tls: .tls
            case .plain, .deaf: .none
            }
        let own = try await Certificates.made().authority
        return MailServer(
            host: host, port: port, security: security ?? suitable, login: login,
            authorities: .bundle(path: authority ?? own))
    }

    /// Ends the process and returns everything that happened after it was ready.
    func stop() async throws -> [Happening] {
        let output = try await offPool { child.end().output }
        return try output.split(separator: "\n").map { Happening(json: try StrictJSON.parse(Array($0.utf8))) }
    }

    /// One thing that happened.
    struct Happening: Sendable {
        let json: JSONValue

        var event: String { json["event"]?.stringValue ?? "" }
        /// The mail as it came, of a `message`.
        var content: String {
            String(decoding: Base64.decode(json["content"]?.stringValue ?? "") ?? [], as: UTF8.self)
        }
    }
}
