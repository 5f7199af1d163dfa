import CurlTransport
import RawServer
import Router
import Testing

/// The end of a transport: new work is refused unsent, running work ends or is failed with the truth about its gate.
@Suite("Shutdown")
struct ShutdownTests {
    private let gate = SendGate { true }

    private func terms(_ gate: SendGate, _ limits: WireLimits = Line.patient) -> SendTerms {
        SendTerms(limits: limits, scope: Line.scope, mayReuseConnection: false, gate: gate)
    }

    @Test func `refuses new work unsent`() async throws {
        let server = try MisbehavingServer.answering()
        let transport = try CurlTransport()
        await transport.shutdown(grace: .seconds(1))
        let report = await transport.send(WireRequest(.post, server.url("/pay")), terms: terms(gate))
        let answer = await transport.ask(
            WireRequest(.get, server.url("/ask")), terms: AskTerms(limits: Line.patient, scope: Line.scope))
        let page = await server.stop()
        #expect(!report.gateOpened)
        #expect(report.failureKind == .cancelled)
        #expect(!gate.tryOpen())
        #expect(throws: TransportFailure.self) { try answer.get() }
        #expect(page.begun == 0)
    }

    @Test func `lets running work end within the grace`() async throws {
        let release = AsyncSignal()
        let server = try MisbehavingServer { peer in
            guard peer.readRequest() != nil else { return }
            release.blockUntilRaised()
            peer.write(MisbehavingServer.ok)
        }
        let transport = try CurlTransport()
        async let report = transport.send(WireRequest(.post, server.url("/pay")), terms: terms(gate))
        await server.books.sawHead("/pay")
        async let ended: Void = transport.shutdown(grace: .seconds(60))
        // The transport is closing as soon as it refuses.
        var late: TransmissionReport
        repeat {
            late = await transport.send(
                WireRequest(.post, server.url("/late")), terms: terms(SendGate { false }))
        } while late.failureKind == .gateRefused
        release.raise()
        let (first, _) = await (report, ended)
        let page = await server.stop()
        #expect(late.failureKind == .cancelled)
        #expect(first.status == 200)
        #expect(first.gateOpened)
        #expect(page.full == ["/pay": 1])
    }

    @Test func `fails what is left with the truth`() async throws {
        let server = try MisbehavingServer { peer in
            _ = peer.readRequest()
            peer.waitForEnd()
        }
        let greeted = AsyncSignal()
        let mute = try MisbehavingServer { peer in
            _ = peer.pace(milliseconds: 60_000)
            greeted.raise()
            peer.drain()
        }
        let transport = try CurlTransport()
        let before = SendGate { true }
        async let sent = transport.send(WireRequest(.post, server.url("/pay")), terms: terms(gate))
        async let unsent = transport.send(WireRequest(.post, mute.url("/pay", scheme: "https")), terms: terms(before))
        async let asked = transport.ask(
            WireRequest(.get, server.url("/ask")), terms: AskTerms(limits: Line.patient, scope: Line.scope))
        await server.books.sawHead("/pay")
        await server.books.sawHead("/ask")
        await greeted.wait()
        await transport.shutdown(grace: .milliseconds(20))
        let (first, second, third) = await (sent, unsent, asked)
        let page = await server.stop()
        _ = await mute.stop()
        #expect(first.gateOpened)
        #expect(first.failureKind == .cancelled)
        #expect(!second.gateOpened)
        #expect(second.failureKind == .cancelled)
        #expect(throws: TransportFailure.self) { try third.get() }
        #expect(page.full == ["/pay": 1, "/ask": 1])
    }

    @Test func `may be called many times at once`() async throws {
        let transport = try CurlTransport()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { await transport.shutdown(grace: .seconds(5)) } }
        }
        await transport.shutdown(grace: .zero)
    }

    @Test func `dropped transports end by themselves`() async throws {
        let server = try MisbehavingServer.answering()
        for number in 0..<10 {
            let transport = try CurlTransport()
            let answer = await transport.ask(
                WireRequest(.get, server.url("/\(number)")), terms: AskTerms(limits: Line.patient, scope: Line.scope))
            #expect(try answer.get().status == 200)
        }
        #expect(await server.stop().full.count == 10)
    }
}
