import CurlTransport
import RawServer
import Router
import Testing

/// Mails to a real mail server: TLS or nothing, a login, and every answer told apart by its step.
@Suite("A mail server", .serialized, .tags(.realTime)) struct MailServerTests {
    private func submit(
        _ mail: MailSubmission, to server: PlayedMailServer, _ address: MailServer
    ) async throws -> (MailOutcome, [PlayedMailServer.Happening]) {
        let outcome = try await Samples.with(address) { await $0.submit(mail) }
        return (outcome, try await server.stop())
    }

    @Test(arguments: [PlayedMailServer.Mode.starttls, .tls, .plain])
    func `takes a mail as it was written`(_ mode: PlayedMailServer.Mode) async throws {
        let server = try await PlayedMailServer.start(mode)
        let text = "From: a\r\nSubject: x\r\n\r\n.\r\n..two\r\nlast"
        let (outcome, seen) = try await submit(
            Samples.mail(text + "\r\n"), to: server, try await server.address())
        #expect(outcome == .accepted)
        let message = try #require(seen.first { $0.event == "message" })
        #expect(message.content == text + "\r\n")
        #expect(message.json["sender"] == "no-reply@pay.example")
        #expect(message.json["recipients"] == ["ama@shop.example"])
        #expect(message.json["user"] == "shop" && message.json["tls"] == JSONValue.bool(mode != .plain))
        #expect(seen.filter { $0.event == "message" }.count == 1)
        #expect(seen.last { $0.event == "hello" }?.json["name"] == "pay.example")
        // Nothing is said before TLS but the greeting.
        #expect(mode != .starttls || seen.first { $0.event == "login" || $0.event == "mail" }?.event == "login")
        #expect(seen.contains { $0.event == "quit" })
    }

    @Test(
        arguments: [
            ("unknown@shop.example", .recipient, 550), ("busy@shop.example", .recipient, 450),
            ("unauthorised@shop.example", .recipient, 530), ("full@shop.example", .message, 552),
            ("later@shop.example", .message, 451), ("spam@shop.example", .message, 554),
        ] as [(String, MailStep, Int)])
    func `refuses at a step, with a code`(_ recipient: String, _ step: MailStep, _ code: Int) async throws {
        let server = try await PlayedMailServer.start(.starttls)
        let (outcome, _) = try await submit(Samples.mail(to: recipient), to: server, try await server.address())
        #expect(outcome == .refused(step, code: code))
    }

    @Test(arguments: [("banned@pay.example", 553), ("greylisted@pay.example", 451)])
    func `refuses a sender`(_ sender: String, _ code: Int) async throws {
        let server = try await PlayedMailServer.start(.starttls)
        let (outcome, _) = try await submit(Samples.mail(from: sender), to: server, try await server.address())
        #expect(outcome == .refused(.sender, code: code))
    }

    @Test(arguments: [("shop", "wrong", 535), ("locked", "x", 454)])
    func `refuses a login, and hears nothing of the mail`(_ user: String, _ password: String, _ code: Int) async throws
    {
        let server = try await PlayedMailServer.start(.starttls)
        let address = try await server.address(login: .init(user: user, password: Secret(password)))
        let (outcome, seen) = try await submit(Samples.mail(), to: server, address)
        #expect(outcome == .refused(.login, code: code))
        #expect(!seen.contains { $0.event == "mail" })
    }

    @Test func `that wants a login says so`() async throws {
        let server = try await PlayedMailServer.start(.tls)
        let (outcome, _) = try await submit(Samples.mail(), to: server, try await server.address(login: nil))
        #expect(outcome == .refused(.sender, code: 530))
    }

    @Test(arguments: [
        (PlayedMailServer.Mode.starttls, Certificates.Leaf.selfSigned), (.starttls, .wrongHost), (.starttls, .expired),
        (.tls, .selfSigned), (.tls, .wrongHost), (.tls, .expired),
    ])
    func `with a bad certificate hears nothing`(
        _ mode: PlayedMailServer.Mode, _ leaf: Certificates.Leaf
    ) async throws {
        let server = try await PlayedMailServer.start(mode, leaf)
        let (outcome, seen) = try await submit(Samples.mail(), to: server, try await server.address())
        #expect(outcome.failure?.kind == .tls, "\(outcome)")
        #expect(!seen.contains { ["login", "mail", "message"].contains($0.event) })
    }

    @Test(arguments: [PlayedMailServer.Mode.starttls, .tls])
    func `of an authority that is not trusted hears nothing`(_ mode: PlayedMailServer.Mode) async throws {
        let server = try await PlayedMailServer.start(mode)
        for strange in [try await Certificates.made().strangeAuthority, "/nowhere/bundle.pem"] {
            let address = try await server.address(trusting: strange)
            let outcome = try await Samples.with(address) { await $0.submit(try Samples.mail()) }
            #expect(outcome.failure?.kind == .tls, "\(outcome)")
        }
        #expect(!(try await server.stop()).contains { ["login", "mail"].contains($0.event) })
    }

    @Test func `without STARTTLS hears no password`() async throws {
        for mode in [PlayedMailServer.Mode.plain, .deaf] {
            let server = try await PlayedMailServer.start(mode)
            let (outcome, seen) = try await submit(
                Samples.mail(), to: server, try await server.address(.starttls))
            #expect(outcome == .failed(TransportFailure(.tls, "the mail server does not offer STARTTLS")))
            #expect(!seen.contains { ["login", "mail"].contains($0.event) })
        }
    }

    @Test(arguments: ["cut@shop.example", "cutlate@shop.example"])
    func `that hangs up has given no answer`(_ recipient: String) async throws {
        let server = try await PlayedMailServer.start(.starttls)
        let (outcome, _) = try await submit(Samples.mail(to: recipient), to: server, try await server.address())
        #expect(outcome.failure?.kind == .connectionLost, "\(outcome)")
    }

    @Test(arguments: ["silent@shop.example", "silentlate@shop.example"])
    func `that falls silent is left`(_ recipient: String) async throws {
        let server = try await PlayedMailServer.start(.starttls)
        var address = try await server.address()
        address.totalMilliseconds = 3_000
        let (outcome, seen) = try await submit(Samples.mail(to: recipient), to: server, address)
        #expect(outcome.failure?.kind == .timeout, "\(outcome)")
        #expect(seen.contains { $0.event == "rcpt" })
    }

    @Test func `by its name, too`() async throws {
        let server = try await PlayedMailServer.start(.tls)
        let address = try await server.address(host: "localhost")
        let (outcome, _) = try await submit(Samples.mail(), to: server, address)
        #expect(outcome == .accepted)
    }
}

extension MailOutcome {
    /// Why there was no reply that counts.
    var failure: TransportFailure? { if case .failed(let failure) = self { failure } else { nil } }
}
