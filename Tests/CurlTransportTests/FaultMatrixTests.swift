import RawServer
import Router
import Testing

/// Every fault in every mode: the operator's books, the gate and the result must tell the same story.
@Suite("Fault matrix", .tags(.realTime))
struct FaultMatrixTests {
    @Test(arguments: Fault.all, Mode.allCases)
    func `matrix`(_ fault: Fault, _ mode: Mode) async throws {
        let server = try MisbehavingServer { peer in
            while let head = fault.readsBody ? peer.readRequest() : peer.readHead() {
                guard head.path == "/warm-up" else { return fault.act(peer) }
                if !fault.readsBody { peer.skipBody(of: head) }
                peer.write(MisbehavingServer.ok)
            }
        }
        let seen = try await Line.with { line in
            if mode == .warm {
                let first = await line.exchange(server.url("/warm-up"), .warm)
                #expect(first.reply?.status == 200)
            }
            return await line.exchange(server.url("/pay"), mode, limits: fault.limits)
        }
        let page = await server.stop()
        #expect(fault.isMet(by: seen), "\(seen.result)")
        #expect(seen.gateOpened)
        #expect(page.heads["/pay"] == 1)
        #expect(page.heads["/elsewhere"] == nil, "no redirect is followed")
        #expect(page.begun == (mode == .warm ? 2 : 1), "nothing else was begun on any connection")
    }

    @Test(arguments: [Mode.fresh, .reuse, .ask])
    func `refused connection`(_ mode: Mode) async throws {
        let closed = try Loopback.bind()
        defer { Loopback.close(closed) }
        let url = "http://127.0.0.1:\(Loopback.port(of: closed))/pay"
        let seen = try await Line.with { await $0.exchange(url, mode) }
        #expect(seen.kind == .connect)
        #expect(seen.gateOpened == (mode == .ask))
    }

    @Test(arguments: [Mode.fresh, .reuse, .ask])
    func `closed at once`(_ mode: Mode) async throws {
        let server = try MisbehavingServer { $0.close() }
        let seen = try await Line.with { await $0.exchange(server.url("/pay"), mode) }
        let page = await server.stop()
        // Whether the end of the connection is noticed before the gate opens is the network's choice.
        #expect(seen.kind == .connectionLost || seen.kind == .connect && (!seen.gateOpened || mode == .ask))
        #expect(page.full.isEmpty)
    }

    @Test(arguments: [Mode.fresh, .reuse, .ask])
    func `reset at once`(_ mode: Mode) async throws {
        let server = try MisbehavingServer { $0.reset() }
        let seen = try await Line.with { await $0.exchange(server.url("/pay"), mode) }
        let page = await server.stop()
        #expect(seen.kind == .connectionLost || seen.kind == .connect && (!seen.gateOpened || mode == .ask))
        #expect(page.full.isEmpty)
    }

    @Test func `reply is handed over whole`() async throws {
        let server = try MisbehavingServer.answering(
            "HTTP/1.1 201 Created\r\nContent-Type: Text/Plain\r\nX-Two: a\r\nx-two:  b \t\r\nEmpty:\r\n"
                + "Content-Length: 5\r\n\r\nhe\u{0}lo")
        let seen = try await Line.with { await $0.exchange(server.url("/pay"), .fresh) }
        _ = await server.stop()
        let reply = try #require(seen.reply)
        #expect(reply.status == 201)
        #expect(
            reply.headers == [
                .init("content-type", "Text/Plain"), .init("x-two", "a"), .init("x-two", "b"), .init("empty", ""),
                .init("content-length", "5"),
            ])
        #expect(reply.body == Array("he\u{0}lo".utf8))
    }
}
