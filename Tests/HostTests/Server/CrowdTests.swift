import Testing

@testable import Host

/// A full house, over real sockets.
@Suite("A crowd at the door", .tags(.realTime), .timeLimit(.minutes(5))) struct CrowdTests {
    private static let ask =
        "GET /live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_sandbox_demo\r\nConnection: close\r\n\r\n"
    private static let drip = "POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\n"

    @Test
    func `strangers who wait, with half a request or none, make room`() async throws {
        let server = try await ServedRoutes(limits: .init(total: 4, perAddress: 4))
        var crowd: [RawConnection] = []
        for number in 0..<12 {
            let stranger = try RawConnection(port: server.port)
            await stranger.send(number % 2 == 0 ? Self.drip : "GET /li")
            crowd.append(stranger)
        }
        let answer = try await server.exchange(Self.ask)
        #expect(answer.hasPrefix("HTTP/1.1 200"))
        #expect(await crowd[0].read().isEmpty, "the first to come was the first to go")
        #expect(server.events.door.filter { $0 == .putOut }.count >= 8)
        #expect(server.door.occupancy.all <= 4)
        await server.stop()
    }

    @Test
    func `a server that stops while strangers come lives to its end`() async throws {
        for _ in 0..<40 {
            let server = try await ServedRoutes()
            var crowd: [RawConnection] = []
            for _ in 0..<30 { crowd.append(try RawConnection(port: server.port)) }
            await server.stop()
            #expect(crowd.count == 30)
        }
    }

    @Test
    func `a connection that showed its key stays while strangers come`() async throws {
        let server = try await ServedRoutes(limits: .init(total: 3, perAddress: 3))
        let shop = try RawConnection(port: server.port)
        let pay =
            "POST /v1/payments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk_sandbox_demo\r\n"
            + "Content-Length: 2\r\n\r\n{}"
        await shop.send(pay)
        #expect(await shop.read(until: "2 bytes").contains("HTTP/1.1 200"))
        var crowd: [RawConnection] = []
        for _ in 0..<9 {
            let stranger = try RawConnection(port: server.port)
            await stranger.send(Self.drip)
            crowd.append(stranger)
        }
        _ = try await server.exchange(Self.ask)
        await shop.send(pay)
        #expect(await shop.read(until: "2 bytes").contains("HTTP/1.1 200"))
        await server.stop()
    }
}
