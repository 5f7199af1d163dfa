import Testing

@testable import Host

/// HTTP/1.1 as it stands in RFC 9110 and RFC 9112, over real sockets.
@Suite("HTTP over sockets", .tags(.realTime), .timeLimit(.minutes(5))) struct HTTPOverSocketsTests {
    private static let last = "GET /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    private static let key = "Authorization: Bearer sk_sandbox_demo\r\n"

    private func statuses(_ answer: String) -> [Int] {
        answer.matches(of: #/HTTP/1\.[01] ([0-9]{3}) /#).compactMap { Int($0.1) }
    }

    @Test(arguments: [
        ("GET /live HTTP/1.1\r\n\r\n", 400), ("GET /live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET /live HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", 400),
        ("POST /open HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("POST /open HTTP/1.0\r\nHost: x\r\ntransfer-encoding: identity\r\nContent-Length: 0\r\n\r\n", 400),
        ("POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        ("GET /live HTTP/1.1\nHost: x\n\n", 400), ("GET /live HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400),
        ("GET /live HTTP/1.1\r\nHost: x\r\nExpect: something\r\n\r\n", 417),
        ("GET /live HTTP/1.1\r\nHost: x\r\nA: " + String(repeating: "a", count: 33_000) + "\r\n\r\n", 431),
        ("GET /live HTTP/1.1\r\nHost: a b\r\n\r\n", 400), ("GET /live HTTP/1.1\r\nHost: a,b\r\n\r\n", 400),
        ("GET /live HTTP/1.1\r\nHost: a/../b\r\n\r\n", 400), ("GET /live HTTP/1.1\r\nHost: a@b\r\n\r\n", 400),
        ("POST /open HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
        (
            "POST /open HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400
        ),
        ("nonsense\r\n\r\n", 400),
    ])
    func `what two readers may take for different things is refused, and ends the connection`(
        _ request: String, _ status: Int
    ) async throws {
        let server = try await ServedRoutes()
        let answer = try await server.exchange(request + Self.last)
        #expect(statuses(answer) == [status])
        #expect(answer.lowercased().contains("connection: close"))
        #expect(answer.contains(#""detail":""#))
        #expect(server.events.statuses == [status], "it is counted like every answer")
        await server.stop()
    }

    @Test
    func `a refusal keeps its place behind what was asked before`() async throws {
        let server = try await ServedRoutes()
        let before = "GET /live HTTP/1.1\r\nHost: x\r\n\r\n"
        let answer = try await server.exchange(before + before + "GET /live HTTP/1.1\r\n\r\n" + Self.last)
        #expect(statuses(answer) == [200, 200, 400])
        #expect(try await statuses(server.exchange(before + "???\r\n\r\n" + Self.last)) == [200, 400])
        await server.stop()
    }

    @Test
    func `HTTP/1.0 needs no Host, and its connection ends after the answer`() async throws {
        let server = try await ServedRoutes()
        #expect(try await statuses(server.exchange("GET /live HTTP/1.0\r\n\r\n")) == [200])
        await server.stop()
    }

    @Test(arguments: ["x", "127.0.0.1:8080", "[::1]:80", "a-b.example", "a_b", ""])
    func `hosts as they are written`(_ host: String) async throws {
        let server = try await ServedRoutes()
        let answer = try await server.exchange("GET /live HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
        #expect(statuses(answer) == [200])
        await server.stop()
    }

    @Test(arguments: [
        ("GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", 200),
        ("GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n", 200),
        (
            "POST /open HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\n{}",
            200
        ),
        ("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 404),
    ])
    func `who wants to go on in another protocol is answered in this one, and the connection ends`(
        _ request: String, _ status: Int
    ) async throws {
        let server = try await ServedRoutes()
        let connection = try RawConnection(port: server.port)
        await connection.send(request)
        // The parser reads nothing after it, so that whoever kept the connection would wait for ever.
        let answer = await connection.read(until: "\r\n\r\n")
        #expect(statuses(answer) == [status])
        #expect(answer.lowercased().contains("connection: close"))
        #expect(await connection.isClosed())
        await server.stop()
    }

    @Test(arguments: ["70000", "9999999999"])
    func `a length that is too much as announced is refused before the body`(_ length: String) async throws {
        let server = try await ServedRoutes()
        for expects in ["", "Expect: 100-continue\r\n"] {
            let head = "POST /open HTTP/1.1\r\nHost: x\r\n\(expects)Content-Length: \(length)\r\n\r\n"
            let answer = try await server.exchange(head)
            #expect(statuses(answer) == [413])
        }
        await server.stop()
    }

    @Test
    func `when the time to stop has come, whatever a connection waits for, it ends`() async throws {
        let server = try await ServedRoutes()
        let silent = try RawConnection(port: server.port)
        await silent.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = await silent.read(until: "live")
        let half = try RawConnection(port: server.port)
        await half.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = await half.read(until: "live")
        await half.send("POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 80\r\n\r\n{}")
        server.door.closeAll()
        #expect(await silent.isClosed())
        #expect(await half.isClosed())
        await server.stop()
    }

    @Test
    func `HEAD of a stream has no body, and the connection stays in step`() async throws {
        let server = try await ServedRoutes()
        let answer = try await server.exchange("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n" + Self.last)
        #expect(statuses(answer) == [200, 200])
        #expect(!answer.contains("data: one"))
        let streamed = try await server.exchange("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n" + Self.last)
        #expect(statuses(streamed) == [200, 200])
        #expect(streamed.contains("data: one"))
        await server.stop()
    }

    @Test
    func `who waits to be asked for the body is asked once the key is right, and not before`() async throws {
        let server = try await ServedRoutes()
        let head = "POST /v1/payments HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n"
        let connection = try RawConnection(port: server.port)
        await connection.send(head + Self.key + "\r\n")
        #expect(await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100 "))
        await connection.send("{}" + Self.last)
        let answer = await connection.read()
        #expect(statuses(answer) == [200, 200])
        #expect(answer.contains("2 bytes"))
        // Nobody knows whether the body follows, so the connection ends.
        #expect(try await statuses(server.exchange(head + "\r\n")) == [401])
        await server.stop()
    }

    @Test
    func `a body is not read of somebody without a key, nor one that is too large; the answer is read all the same`()
        async throws
    {
        let server = try await ServedRoutes()
        let body = String(repeating: "x", count: 900_000)
        let post = "POST /v1/payments HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n"
        #expect(try await statuses(server.exchange(post + "\r\n" + body + Self.last)) == [401])
        let large = try await server.exchange(post + Self.key + "\r\n" + body + Self.last)
        #expect(statuses(large) == [413])
        #expect(large.contains("connection: close") && large.contains("16384 bytes"))
        let chunked = "POST /open HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        let chunk = "4000\r\n" + String(repeating: "x", count: 0x4000) + "\r\n"
        #expect(try await statuses(server.exchange(chunked + chunk + "1\r\nx\r\n0\r\n\r\n" + Self.last)) == [413])
        #expect(try await statuses(server.exchange(chunked + chunk + "0\r\n\r\n" + Self.last)) == [200, 200])
        await server.stop()
    }

    @Test
    func `a small body that nobody wanted is read over, and the connection stays`() async throws {
        let server = try await ServedRoutes()
        let body = String(repeating: "x", count: 20_000)
        let post = "POST /v1/payments HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n"
        #expect(try await statuses(server.exchange(post + body + Self.last)) == [401, 200])
        await server.stop()
    }

    @Test(arguments: [
        "//metrics", "/metrics/", "//v1//payments", "/v1//payments", "/v1/payments/", "/./metrics", "metrics/",
        "/v1/../metrics", "//", "/metrics//",
    ])
    func `one path has one spelling`(_ path: String) async throws {
        let server = try await ServedRoutes()
        for method in ["GET", "POST"] {
            let answer = try await server.exchange(
                "\(method) \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            #expect([404, 400].contains(statuses(answer).first), "\(method) \(path)")
        }
        let whole = "GET http://elsewhere.example/metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        #expect(try await statuses(server.exchange(whole)) == [200])
        await server.stop()
    }

    @Test(arguments: [
        ("application/json; charset=iso-8859-1", 415), ("application/json;charset=\"UTF-16\"", 415),
        ("application/json; a=b; Charset = latin1", 415), ("application/json; charset=utf-8", 200),
        ("application/json; charset=\"UTF-8\"", 200), ("application/json;charset=us-ascii", 200),
        ("application/json; a=b", 200),
    ])
    func `a body in another character set is refused`(_ type: String, _ status: Int) async throws {
        let server = try await ServedRoutes()
        let answer = try await server.exchange(
            "POST /json HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: \(type)\r\nContent-Length: 2\r\n\r\n{}"
        )
        #expect(statuses(answer) == [status])
        await server.stop()
    }
}
