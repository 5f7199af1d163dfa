import CurlTransport
import RawServer
import Router
import Synchronization
import Testing

/// The gate is the only proof of "not sent": it is asked once, late, and believed.
@Suite("Gate")
struct GateTests {
    /// Sends one request through a gate to a server that answers, and returns both sides of the story.
    private func send(
        _ gate: SendGate, reuse: Bool, path: String = "/pay"
    ) async throws -> (TransmissionReport, Books.Page) {
        let server = try MisbehavingServer.answering()
        let report = try await Line.with { line in
            let terms = SendTerms(limits: Line.patient, scope: Line.scope, mayReuseConnection: reuse, gate: gate)
            return await line.transport.send(WireRequest(.post, server.url(path)), terms: terms)
        }
        return (report, await server.stop())
    }

    @Test(arguments: [false, true])
    func `refused gate sends nothing`(_ reuse: Bool) async throws {
        let (report, page) = try await send(SendGate { false }, reuse: reuse)
        #expect(!report.gateOpened)
        #expect(report.failureKind == .gateRefused)
        #expect(page.begun == 0)
    }

    @Test(arguments: [false, true])
    func `gate shut beforehand sends nothing`(_ reuse: Bool) async throws {
        let gate = SendGate { true }
        gate.shut()
        let (report, page) = try await send(gate, reuse: reuse)
        #expect(!report.gateOpened)
        #expect(report.failureKind == .gateRefused)
        #expect(page.begun == 0)
    }

    @Test(arguments: [false, true])
    func `gate used before sends nothing and is not called unsent`(_ reuse: Bool) async throws {
        let gate = SendGate { true }
        #expect(gate.tryOpen())
        let (report, page) = try await send(gate, reuse: reuse)
        #expect(report.gateOpened)
        #expect(report.failureKind == .gateRefused)
        #expect(page.begun == 0)
    }

    @Test func `deadline passed sends nothing`() async throws {
        let deadline = ContinuousClock.now - .milliseconds(1)
        let (report, page) = try await send(SendGate { ContinuousClock.now < deadline }, reuse: false)
        #expect(!report.gateOpened)
        #expect(report.failureKind == .gateRefused)
        #expect(page.begun == 0)
    }

    @Test func `gate is asked once and only after the connection stands`() async throws {
        let asked = Atomic(0)
        let gate = SendGate {
            asked.add(1, ordering: .relaxed)
            return true
        }
        let (report, page) = try await send(gate, reuse: true)
        #expect(report.gateOpened)
        #expect(asked.load(ordering: .relaxed) == 1)
        #expect(page.full["/pay"] == 1)
        #expect(report.durationMicroseconds > 0)
    }

    @Test func `gate is not asked when no connection can be made`() async throws {
        let closed = try Loopback.bind()
        defer { Loopback.close(closed) }
        let url = "http://127.0.0.1:\(Loopback.port(of: closed))/pay"
        let asked = Atomic(0)
        let gate = SendGate {
            asked.add(1, ordering: .relaxed)
            return true
        }
        let report = try await Line.with { line in
            let terms = SendTerms(limits: Line.patient, scope: Line.scope, mayReuseConnection: false, gate: gate)
            return await line.transport.send(WireRequest(.post, url), terms: terms)
        }
        #expect(!report.gateOpened)
        #expect(asked.load(ordering: .relaxed) == 0)
        #expect(report.curlCode == 7)
    }
}

extension TransmissionReport {
    var failureKind: TransportFailure.Kind? {
        if case .failure(let failure) = result { failure.kind } else { nil }
    }

    var status: Int? { try? result.get().status }
}
