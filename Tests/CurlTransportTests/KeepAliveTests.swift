import RawServer
import Router
import Testing

/// Warm connections: used where allowed, never repeated on, never shared between scopes.
@Suite("Warm connections")
struct KeepAliveTests {
    @Test func `fresh never uses a warm connection nor leaves one`() async throws {
        let server = try MisbehavingServer.answering()
        try await Line.with { line in
            _ = await line.exchange(server.url("/1"), .reuse)
            for path in ["/2", "/3"] { #expect(await line.exchange(server.url(path), .fresh).reply?.status == 200) }
            _ = await line.exchange(server.url("/4"), .reuse)
        }
        let page = await server.stop()
        #expect(page.connections == 3, "one warm for /1 and /4, one each for /2 and /3")
        #expect(page.full == ["/1": 1, "/2": 1, "/3": 1, "/4": 1])
    }

    @Test func `allowed reuse uses one connection`() async throws {
        let server = try MisbehavingServer.answering()
        try await Line.with { line in
            for number in 0..<5 {
                let mode: Mode = number.isMultiple(of: 2) ? .reuse : .ask
                #expect(await line.exchange(server.url("/\(number)"), mode).reply?.status == 200)
            }
        }
        #expect(await server.stop().connections == 1)
    }

    @Test func `scopes do not share connections`() async throws {
        let server = try MisbehavingServer.answering()
        let scopes = [
            ConnectionScope(owner: "a"), ConnectionScope(owner: "b"), ConnectionScope(owner: "a", credential: "2"),
        ]
        try await Line.with { line in
            for round in 0..<3 {
                for (number, scope) in scopes.enumerated() {
                    _ = await line.exchange(server.url("/\(round)-\(number)"), .reuse, scope: scope)
                }
            }
        }
        #expect(await server.stop().connections == scopes.count)
    }

    @Test func `least used scopes are closed beyond the cap`() async throws {
        let server = try MisbehavingServer.answering()
        try await Line.with(CurlConfigurations.twoScopes) { line in
            for name in ["a", "b", "c", "b", "a"] {
                let seen = await line.exchange(server.url("/\(name)"), .reuse, scope: ConnectionScope(owner: name))
                #expect(seen.reply?.status == 200)
            }
        }
        let page = await server.stop()
        #expect(page.connections == 4, "a, b, c, and a again; b stayed warm")
    }

    /// N09: the operator takes the second request, and answers it with nothing.
    @Test func `dead warm connection is not repeated on`() async throws {
        for _ in 0..<20 {
            let server = try MisbehavingServer { peer in
                guard peer.readRequest() != nil else { return }
                peer.write(MisbehavingServer.ok)
                _ = peer.readRequest()
            }
            let seen = try await Line.with { line in
                _ = await line.exchange(server.url("/1"), .reuse)
                return await line.exchange(server.url("/2"), .reuse)
            }
            let page = await server.stop()
            #expect(seen.kind == .connectionLost)
            #expect(seen.gateOpened)
            #expect(page.heads == ["/1": 1, "/2": 1])
        }
    }

    /// The connection is closed while it is idle, at about the moment the second request goes out.
    @Test func `close racing the second request`() async throws {
        for _ in 0..<50 {
            let server = try MisbehavingServer { peer in
                guard peer.readRequest() != nil else { return }
                peer.write(MisbehavingServer.ok)
            }
            let seen = try await Line.with { line in
                _ = await line.exchange(server.url("/1"), .reuse)
                return await line.exchange(server.url("/2"), .reuse)
            }
            let page = await server.stop()
            #expect(seen.gateOpened)
            if seen.reply != nil {
                #expect(page.full["/2"] == 1)
            } else {
                #expect(seen.kind == .connectionLost)
                #expect(page.heads["/2", default: 0] <= 1)
            }
        }
    }

    /// Bytes that follow an answer must not become the answer to the next request.
    @Test func `forged second answer is not believed`() async throws {
        let forged = "HTTP/1.1 202 Accepted\r\nContent-Length: 6\r\n\r\nforged"
        let server = try MisbehavingServer { peer in
            guard let request = peer.readRequest() else { return }
            peer.write(request.path == "/1" ? MisbehavingServer.ok + forged : MisbehavingServer.ok)
            peer.waitForEnd()
        }
        let (first, second) = try await Line.with { line in
            (await line.exchange(server.url("/1"), .reuse), await line.exchange(server.url("/2"), .reuse))
        }
        let page = await server.stop()
        #expect(first.kind == .malformedReply)
        #expect(second.reply?.status == 200)
        #expect(page.connections == 2)
        #expect(page.full == ["/1": 1, "/2": 1])
    }
}
