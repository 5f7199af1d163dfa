import CurlTransport
import RawServer
import Router
import Testing

/// What goes out: exactly what was asked for, and nothing that could be read as more than that.
@Suite("Requests")
struct RequestTests {
    static let badHeaders: [WireRequest.Header] = [
        .init("X-A", "1\r\nX-B: 2"), .init("X-A", "1\nX-B: 2"), .init("X-A", "1\rX"), .init("X-A", "1\u{0}2"),
        .init("X-A", "\u{1B}[2J"), .init("X-A", "\u{7F}"), .init("X-A", "1\r\n\r\nGET / HTTP/1.1"),
        .init("X-A\r\nX-B", "1"), .init("X A", "1"), .init("X-A:", "1"), .init("", "1"), .init("X-\u{E4}", "1"),
        .init("Host", "elsewhere"), .init("content-length", "3"), .init("Transfer-Encoding", "chunked"),
        .init("Connection", "upgrade"), .init("EXPECT", "100-continue"), .init("Upgrade", "h2c"), .init("TE", "gzip"),
    ]

    @Test(arguments: badHeaders, [Mode.fresh, .ask])
    func `bad header is refused unsent`(_ header: WireRequest.Header, _ mode: Mode) async throws {
        let server = try MisbehavingServer.answering()
        let request = WireRequest(.post, server.url("/pay"), headers: [header])
        try await expectRefused(request, mode)
        #expect(await server.stop().connections == 0)
    }

    static let badURLs = [
        "", "pay", "//127.0.0.1/", "127.0.0.1", "https:", "https://", "https:///x", "https:/127.0.0.1/",
        "https:127.0.0.1",
        "ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "javascript:1", "HTTPS//x", "httpss://x/",
        "https://user@127.0.0.1/", "https://user:secret@127.0.0.1/", "https://@127.0.0.1/", "https://:@127.0.0.1/",
        "https://a@b@127.0.0.1/", "https://127.0.0.1%40elsewhere.example/",
        "https://127.0.0.1\\@elsewhere.example/", "https:\\\\127.0.0.1/", "https://127.0.0.1/a b",
        "https://127.0.0.1/\r\nX-B: 1", "https://127.0.0.1/\n", "https://127.0.0.1/\t", "https://127.0.0.1/\u{0}",
        "https://127.0.0.1/\u{7F}", "https://127.0.0.1/\u{1}", " https://127.0.0.1/", "https://127.0.0.1/ ",
        "https://ex\u{E4}mple/", "https://127.0.0.1/\u{E9}", "https://[::1", "https://[::1%25lo]/",
        "https://[fe80::1%25eth0]/",
        "https://[::1%lo]/", "https://127.0.0.1:99999/", "https://127.0.0.1:-1/", "https://127.0.0.1:x/",
        "https://[zz]/",
        "http://example.com/", "http://10.0.0.1/", "http://0.0.0.0/", "http://[::]/", "http://128.0.0.1/",
        "http://localhost.example/", "http://127.0.0.1.example/", "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/",
        "http://2130706434.example/", "http://localhost./",
    ]

    @Test(arguments: badURLs, [Mode.fresh, .ask])
    func `bad URL is refused unsent`(_ url: String, _ mode: Mode) async throws {
        try await expectRefused(WireRequest(.post, url, body: [1]), mode)
    }

    @Test(arguments: ["http://127.0.0.1", "http://127.1", "http://0x7f000001", "http://2130706433", "HTTP://LOCALHOST"])
    func `plain HTTP reaches loopback`(_ origin: String) async throws {
        let server = try MisbehavingServer.answering()
        let seen = try await Line.with { await $0.exchange("\(origin):\(server.port)/pay", .fresh) }
        #expect(seen.reply?.status == 200)
        #expect(await server.stop().full["/pay"] == 1)
    }

    private func expectRefused(_ request: WireRequest, _ mode: Mode) async throws {
        let gate = SendGate { true }
        let failure = try await Line.with { line in
            if mode == .ask {
                return await line.transport.ask(request, terms: AskTerms(limits: Line.patient, scope: Line.scope))
                    .failure
            }
            let terms = SendTerms(limits: Line.patient, scope: Line.scope, mayReuseConnection: false, gate: gate)
            let report = await line.transport.send(request, terms: terms)
            #expect(!report.gateOpened)
            #expect(!gate.tryOpen())
            return report.result.failure
        }
        #expect(failure?.kind == .invalidRequest)
        for secret in ["secret", "elsewhere", "X-B"] { #expect(failure?.detail.contains(secret) == false) }
    }

    @Test(arguments: [
        (WireRequest.Method.get, ""), (.get, "body"), (.post, ""), (.post, "body"), (.put, ""), (.put, "body"),
        (.delete, ""), (.delete, "body"),
    ])
    func `request goes out as written`(_ method: WireRequest.Method, _ body: String) async throws {
        let got = Received()
        let server = try MisbehavingServer { peer in
            guard let request = peer.readRequest() else { return }
            got.put(request)
            peer.write(MisbehavingServer.ok)
            peer.waitForEnd()
        }
        let request = WireRequest(
            method, server.url("/a/../b%20c?x=1&y=%00#part"),
            headers: [.init("X-One", "1"), .init("x-empty", ""), .init("X-Blank", "  "), .init("X-One", "\u{FC}")],
            body: Array(body.utf8))
        let answer = try await Line.with { line in
            await line.transport.ask(request, terms: AskTerms(limits: Line.patient, scope: Line.scope))
        }
        _ = await server.stop()
        #expect(try answer.get().status == 200)
        let head = try #require(got.request?.head)
        var expected = [
            "\(method.rawValue) /a/../b%20c?x=1&y=%00 HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "X-One: 1",
            "x-empty:",
            "X-Blank:", "X-One: \u{FC}", "Accept-Encoding: gzip",
        ]
        if method == .post || method == .put || !body.isEmpty { expected.append("Content-Length: \(body.utf8.count)") }
        #expect(Set(head.split(separator: "\r\n").map(String.init)) == Set(expected))
        #expect(got.request?.body == Array(body.utf8))
    }

    @Test func `large bodies go out without asking first`() async throws {
        let got = Received()
        let server = try MisbehavingServer { peer in
            guard let request = peer.readRequest() else { return }
            got.put(request)
            peer.write(MisbehavingServer.ok)
        }
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let request = WireRequest(.post, server.url("/pay"), headers: [.init("Content-Type", "a/b")], body: body)
        let answer = try await Line.with { line in
            await line.transport.ask(request, terms: AskTerms(limits: Line.patient, scope: Line.scope))
        }
        _ = await server.stop()
        #expect(try answer.get().status == 200)
        #expect(got.request?.body == body)
        #expect(got.request?.head.lowercased().contains("expect") == false)
    }
}

extension Result {
    var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
