import CurlTransport
import RawServer
import RouterTestKit
import Testing

@testable import Router

/// A real engine and a real libcurl in front of an operator whose wire lies; the clock stands still.
struct LyingBench {
    /// libcurl with short limits; tells when a money request is over.
    private final class HastyWire: Transport {
        let curl: CurlTransport
        let limits: WireLimits
        let ended: AsyncStream<Bool>
        private let end: AsyncStream<Bool>.Continuation

        init(isSlow: Bool) throws {
            curl = try CurlTransport()
            let patience = isSlow ? 500 : 60_000
            limits = WireLimits(
                connectMilliseconds: 60_000, totalMilliseconds: patience, maximumReplyBytes: 64 * 1_024,
                lowSpeedSeconds: 60)
            (ended, end) = AsyncStream.makeStream()
        }

        func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
            var terms = terms
            terms.limits = limits
            let report = await curl.send(request, terms: terms)
            end.yield(report.gateOpened)
            return report
        }

        func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
            // A login is answered as it should be, and must not suffer from a busy machine.
            let isLogin = request.url.hasSuffix("/login") || request.url.hasSuffix("/token/")
            var terms = terms
            terms.limits = limits
            if isLogin { terms.limits.totalMilliseconds = 60_000 }
            return await curl.ask(request, terms: terms)
        }
    }

    let engine: Engine
    let theirs: LyingOperator
    let clock = ManualClock(Sample.createdAt)
    private let wire: HastyWire
    private let server: MisbehavingServer

    private static let turnstile = Turnstile(width: 8)
    private static let requestID = RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR")

    /// Runs a body with a bench of its own, and takes it down afterwards.
    static func with(_ theirs: LyingOperator, _ body: (LyingBench) async throws -> Void) async throws {
        await turnstile.enter()
        defer { turnstile.leave() }
        let server = try MisbehavingServer { theirs.serve($0) }
        let wire = try HastyWire(isSlow: theirs.lie.isSlow)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(try await LyingBench(theirs, wire, server)))
        } catch { result = .failure(error) }
        await wire.curl.shutdown(grace: .zero)
        _ = await server.stop()
        try result.get()
    }

    private init(_ theirs: LyingOperator, _ wire: HastyWire, _ server: MisbehavingServer) async throws {
        self.theirs = theirs
        self.wire = wire
        self.server = server
        engine = try await EngineBench.engine(theirs.kind.rawValue, on: wire, clock, root: server.url("/op"))
    }

    /// Makes a payment and waits until its request is over.
    func pay() async throws -> OrderAggregate {
        let order = try Sample.order(for: theirs.kind.rawValue)
        let request = OrderRequest(amount: order.amount, channels: [order.channel], customer: order.customer)
        let result = await engine.create(
            Engine.CreateCommand(
                kind: .payment, app: AppID(known: "app_01JD3K0000AAAAAAAAAAAAAAAA"), environment: .sandbox,
                request: request, idempotencyKey: "order", fingerprint: [1], requestID: Self.requestID,
                respondsAsync: true))
        let aggregate = try #require(result.done, "not accepted: \(result)").aggregate
        for await gateOpened in wire.ended {
            #expect(gateOpened)
            break
        }
        return try await ended(aggregate.order.id)
    }

    /// Lets time pass and asks the operator.
    func ask(_ id: OrderID, after seconds: Int64 = 0) async throws -> OrderAggregate {
        if seconds > 0 { clock.advance(seconds: seconds) }
        await engine.parts.dueWork.wake(id, isForced: true)
        return try await ended(id)
    }

    private func ended(_ id: OrderID) async throws -> OrderAggregate {
        while engine.activeWork > 0 { await Task.yield() }
        return try #require(try await engine.store.orderAggregate(id))
    }
}
