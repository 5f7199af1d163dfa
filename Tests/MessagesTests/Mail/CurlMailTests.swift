import CurlTransport
import RawServer
import Router
import Testing

/// The mail client by itself: who is never spoken to, how many mails are under way, and how it ends.
@Suite("Mail client") struct CurlMailTests {
    private func server(
        _ port: UInt16, _ security: MailServer.Security = .none, host: String = "127.0.0.1"
    ) -> MailServer {
        MailServer(host: host, port: Int(port), security: security)
    }

    @Test(arguments: [("554 no service\r\n", 554), ("421 too busy\r\n", 421), ("554-no\r\n554 service\r\n", 554)])
    func `a greeting that is none is told`(_ greeting: String, _ code: Int) async throws {
        let played = try MisbehavingServer { peer in
            peer.write(greeting)
            peer.drain()
        }
        let outcome = try await Samples.with(server(played.port)) { await $0.submit(try Samples.mail()) }
        _ = await played.stop()
        #expect(outcome == .refused(.greeting, code: code))
    }

    @Test func `garbage instead of a greeting is no answer`() async throws {
        let played = try MisbehavingServer { peer in peer.write("HTTP/1.1 400 Bad Request\r\n\r\n") }
        let outcome = try await Samples.with(server(played.port)) { await $0.submit(try Samples.mail()) }
        _ = await played.stop()
        #expect(outcome.failure != nil, "\(outcome)")
    }

    @Test func `a server that is not there gives no answer`() async throws {
        let descriptor = try Loopback.bind()
        defer { Loopback.close(descriptor) }
        let outcome = try await Samples.with(server(Loopback.port(of: descriptor))) {
            await $0.submit(try Samples.mail())
        }
        #expect(outcome.failure?.kind == .connect, "\(outcome)")
    }

    @Test(arguments: ["192.0.2.1", "[2001:db8::1]"])
    func `without TLS only this machine is spoken to`(_ host: String) async throws {
        let outcome = try await Samples.with(server(25, host: host)) { await $0.submit(try Samples.mail()) }
        #expect(outcome.failure?.kind == .addressForbidden, "\(outcome)")
    }

    @Test(arguments: [
        "", "mail.example/x", "user@mail.example", "mail example", "mail.example:25", "mail.example\r\nX", "a%62",
    ])
    func `a host that is none is not spoken to`(_ host: String) async throws {
        #expect(!MailServer.isHost(host))
        let outcome = try await Samples.with(server(25, .tls, host: host)) { await $0.submit(try Samples.mail()) }
        #expect(outcome.failure?.kind == .invalidRequest, "\(outcome)")
    }

    @Test(arguments: [
        "", "no line break", "half\nline\r\n", "half\rline\r\n", "\r\n.\n\r\n", "nul\u{0}\r\n", "é\r\n", "cr\r\r\n",
        String(repeating: "a", count: 999) + "\r\n", "\n",
        String(repeating: String(repeating: "a", count: 900) + "\r\n", count: 1_200),
    ])
    func `a message that two servers could read differently is not sent`(_ text: String) async throws {
        let played = try MisbehavingServer { $0.drain() }
        let outcome = try await Samples.with(server(played.port)) { await $0.submit(try Samples.mail(text)) }
        let page = await played.stop()
        #expect(outcome.failure?.kind == .invalidRequest, "\(outcome)")
        #expect(page.connections == 0)
    }

    @Test func `two mails are under way at once, others wait, and all are told the end`() async throws {
        let (greeted, greet) = AsyncStream.makeStream(of: Void.self)
        let played = try MisbehavingServer { peer in
            peer.write("220 hello\r\n")
            peer.waitForBytes()
            greet.yield()
            peer.drain()
        }
        let client = try CurlMail(server(played.port))
        let mail = try Samples.mail()
        let outcomes = await withTaskGroup(of: MailOutcome.self) { group in
            for _ in 0..<CurlMail.mostAtOnce { group.addTask { await client.submit(mail) } }
            var arrivals = greeted.makeAsyncIterator()
            for _ in 0..<CurlMail.mostAtOnce { _ = await arrivals.next() }
            for _ in 0..<5 { group.addTask { await client.submit(mail) } }
            // One that is taken back leaves its place to others.
            let withdrawn = Task { await client.submit(mail) }
            withdrawn.cancel()
            #expect(await withdrawn.value.failure?.kind == .cancelled)
            await client.shutdown(grace: .zero)
            return await group.reduce(into: []) { $0.append($1) }
        }
        let page = await played.stop()
        #expect(outcomes.count == 7)
        #expect(outcomes.allSatisfy { $0.failure?.kind == .cancelled }, "\(outcomes)")
        #expect(page.connections == CurlMail.mostAtOnce)
        #expect(await client.submit(mail).failure?.kind == .cancelled)
    }

    @Test func `beyond those that wait there is no room`() async throws {
        let (greeted, greet) = AsyncStream.makeStream(of: Void.self)
        let played = try MisbehavingServer { peer in
            greet.yield()
            peer.drain()
        }
        let client = try CurlMail(server(played.port))
        let mail = try Samples.mail()
        let early = await withTaskGroup(of: MailOutcome.self) { group in
            for _ in 0..<CurlMail.mostAtOnce { group.addTask { await client.submit(mail) } }
            var arrivals = greeted.makeAsyncIterator()
            for _ in 0..<CurlMail.mostAtOnce { _ = await arrivals.next() }
            for _ in 0..<(CurlMail.mostWaiting + 3) { group.addTask { await client.submit(mail) } }
            var early: [MailOutcome] = []
            while early.count < 3, let outcome = await group.next() { early.append(outcome) }
            await client.shutdown(grace: .zero)
            return early
        }
        _ = await played.stop()
        #expect(early.allSatisfy { $0.failure?.kind == .exhausted }, "\(early)")
    }
}
