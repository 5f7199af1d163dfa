import CurlTransport
import RawServer
import Router
import Testing

/// TLS: verified or nothing.
///
/// Whatever fails before the handshake ends is proven unsent.
@Suite("TLS", .tags(.realTime))
struct TLSTests {
    private func trusting(_ path: String) -> CurlConfiguration { CurlConfiguration(authorities: .bundle(path: path)) }

    private func expectRefused(
        _ leaf: Certificates.Leaf, _ configuration: CurlConfiguration, behaviour: String = "plain", mode: Mode,
        host: String = "127.0.0.1"
    ) async throws {
        let server = try await TLSServer.start(leaf, behaviour)
        let seen = try await Line.with(configuration) { await $0.exchange(server.url("/pay", host: host), mode) }
        let lines = try await server.stop()
        #expect(seen.kind == .tls, "\(seen.result)")
        #expect(seen.gateOpened == (mode == .ask))
        #expect(!lines.contains { $0.hasPrefix("request") })
    }

    @Test(arguments: [Certificates.Leaf.expired, .wrongHost, .selfSigned], [Mode.fresh, .reuse, .ask])
    func `bad certificate`(_ leaf: Certificates.Leaf, _ mode: Mode) async throws {
        let authority = try await Certificates.made().authority
        try await expectRefused(leaf, trusting(authority), mode: mode)
    }

    @Test func `good certificate of an authority we do not trust`() async throws {
        let certificates = try await Certificates.made()
        try await expectRefused(.good, trusting(certificates.strangeAuthority), mode: .fresh)
        try await expectRefused(.good, CurlConfiguration(), mode: .fresh)
    }

    @Test func `missing or empty bundle trusts nobody`() async throws {
        let certificates = try await Certificates.made()
        try await expectRefused(.good, trusting("/nowhere/bundle.pem"), mode: .fresh)
        try await expectRefused(.good, trusting("/dev/null"), mode: .fresh)
        try await expectRefused(.good, trusting(certificates.key(.good)), mode: .fresh)
    }

    @Test func `old protocol is refused`() async throws {
        let authority = try await Certificates.made().authority
        try await expectRefused(.good, trusting(authority), behaviour: "tls1.1", mode: .fresh)
    }

    @Test func `failure names the objection`() async throws {
        let authority = try await Certificates.made().authority
        let server = try await TLSServer.start(.expired)
        let seen = try await Line.with(trusting(authority)) { await $0.exchange(server.url("/pay?secret=1"), .fresh) }
        _ = try await server.stop()
        #expect(seen.result.failure?.detail.contains("expired") == true)
        #expect(seen.result.failure?.detail.contains("secret") == false)
    }

    @Test(arguments: [Mode.fresh, .reuse, .ask], ["127.0.0.1", "localhost"])
    func `trusted server is answered`(_ mode: Mode, _ host: String) async throws {
        let authority = try await Certificates.made().authority
        let server = try await TLSServer.start(.good)
        let seen = try await Line.with(trusting(authority)) { await $0.exchange(server.url("/pay", host: host), mode) }
        let lines = try await server.stop()
        #expect(seen.reply?.status == 200)
        #expect(lines.filter { $0.hasPrefix("request /pay ") }.count == 1)
    }

    /// Fresh connections resume TLS sessions of their scope, and only of their scope.
    @Test func `fresh connections resume within their scope`() async throws {
        let authority = try await Certificates.made().authority
        let server = try await TLSServer.start(.good)
        try await Line.with(trusting(authority)) { line in
            for path in ["/1", "/2", "/3"] {
                #expect(await line.exchange(server.url(path), .fresh).reply?.status == 200)
            }
            let other = ConnectionScope(owner: "other")
            #expect(await line.exchange(server.url("/4"), .fresh, scope: other).reply?.status == 200)
        }
        let requests = try await server.stop().filter { $0.hasPrefix("request") }.map { $0.split(separator: " ")[2] }
        #expect(requests == ["full", "resumed", "resumed", "full"])
    }

    @Test(arguments: [Mode.fresh, .reuse])
    func `close after the request is not repeated`(_ mode: Mode) async throws {
        let authority = try await Certificates.made().authority
        let server = try await TLSServer.start(.good, "close")
        let seen = try await Line.with(trusting(authority)) { await $0.exchange(server.url("/pay"), mode) }
        let lines = try await server.stop()
        #expect(seen.kind == .connectionLost)
        #expect(seen.gateOpened)
        #expect(lines.filter { $0.hasPrefix("request") }.count == 1)
    }

    /// A body that ends with the connection is whole only if TLS says farewell.
    @Test(arguments: ["cut", "cut1.2"])
    func `cut without farewell is no reply`(_ behaviour: String) async throws {
        let authority = try await Certificates.made().authority
        let server = try await TLSServer.start(.good, behaviour)
        let seen = try await Line.with(trusting(authority)) { await $0.exchange(server.url("/pay"), .fresh) }
        _ = try await server.stop()
        #expect(seen.kind == .connectionLost)
        #expect(seen.gateOpened)
    }

    @Test(arguments: ["farewell", "farewell1.2"])
    func `body that ends with a farewell is whole`(_ behaviour: String) async throws {
        let authority = try await Certificates.made().authority
        let server = try await TLSServer.start(.good, behaviour)
        let seen = try await Line.with(trusting(authority)) { await $0.exchange(server.url("/pay"), .fresh) }
        _ = try await server.stop()
        #expect(seen.reply?.body == Array("all of it".utf8))
    }

    @Test(arguments: [Mode.fresh, .reuse, .ask])
    func `plain answer on ATLS port`(_ mode: Mode) async throws {
        let server = try MisbehavingServer { peer in
            _ = peer.pace(milliseconds: 60_000)
            peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            peer.drain()
        }
        let seen = try await Line.with { await $0.exchange(server.url("/pay", scheme: "https"), mode) }
        let page = await server.stop()
        #expect(seen.kind == .tls)
        #expect(seen.gateOpened == (mode == .ask))
        #expect(page.heads.isEmpty)
    }

    @Test(arguments: [Mode.fresh, .reuse, .ask])
    func `silence in the handshake`(_ mode: Mode) async throws {
        let server = try MisbehavingServer { $0.drain() }
        let seen = try await Line.with {
            await $0.exchange(server.url("/pay", scheme: "https"), mode, limits: Line.hasty)
        }
        _ = await server.stop()
        #expect(seen.kind == .connect)
        #expect(seen.gateOpened == (mode == .ask))
    }

    @Test(arguments: [Mode.fresh, .reuse, .ask])
    func `reset in the handshake`(_ mode: Mode) async throws {
        let server = try MisbehavingServer { peer in
            _ = peer.pace(milliseconds: 60_000)
            peer.reset()
        }
        let seen = try await Line.with { await $0.exchange(server.url("/pay", scheme: "https"), mode) }
        _ = await server.stop()
        #expect(seen.kind == .tls || seen.kind == .connect)
        #expect(seen.gateOpened == (mode == .ask))
    }
}
