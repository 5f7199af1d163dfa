import CurlTransport
import RawServer
import Router
import Testing

/// The ways an exchange can go out.
enum Mode: String, Sendable, CaseIterable {
    /// Money on a connection of its own.
    case fresh
    /// Money that may reuse a connection, but there is none yet.
    case reuse
    /// Money on a connection that has carried an exchange before: where libcurl would repeat by itself.
    case warm
    /// A question.
    case ask
}

/// What one exchange came to, seen from our side.
struct Seen: Sendable {
    var gateOpened: Bool
    var result: Result<WireReply, TransportFailure>

    var kind: TransportFailure.Kind? {
        if case .failure(let failure) = result { failure.kind } else { nil }
    }

    var reply: WireReply? { try? result.get() }
}

/// A transport with the shortest way to send through it.
struct Line: Sendable {
    static let scope = ConnectionScope(owner: "test")
    static let patient = WireLimits(
        connectMilliseconds: 60_000, totalMilliseconds: 60_000, maximumReplyBytes: 64 * 1024, lowSpeedSeconds: 60)
    /// Long enough for a busy machine to carry the request over, short enough for a test of silence.
    static let hasty = WireLimits(connectMilliseconds: 600, totalMilliseconds: 600, maximumReplyBytes: 64 * 1024)

    /// Patient, but not with servers that drip.
    static let speedy = WireLimits(
        connectMilliseconds: 60_000, totalMilliseconds: 60_000, maximumReplyBytes: 64 * 1024,
        lowSpeedBytesPerSecond: 5_000, lowSpeedSeconds: 1)

    private static let turnstile = Turnstile(width: 12)

    let transport: CurlTransport

    /// Runs a body with a transport of its own and shuts it down afterwards.
    static func with<Value: Sendable>(
        _ configuration: CurlConfiguration = CurlConfiguration(), _ body: (Line) async throws -> Value
    ) async throws -> Value {
        await turnstile.enter()
        defer { turnstile.leave() }
        let transport = try CurlTransport(configuration)
        let result: Result<Value, any Error>
        do { result = .success(try await body(Line(transport: transport))) } catch { result = .failure(error) }
        await transport.shutdown(grace: .zero)
        return try result.get()
    }

    func exchange(
        _ url: String, _ mode: Mode, limits: WireLimits = patient, scope: ConnectionScope = scope
    ) async -> Seen {
        let request = WireRequest(.post, url, headers: [.init("Content-Type", "text/plain")], body: Array("hello".utf8))
        if mode == .ask {
            let result = await transport.ask(request, terms: AskTerms(limits: limits, scope: scope))
            return Seen(gateOpened: true, result: result)
        }
        let gate = SendGate { true }
        let terms = SendTerms(limits: limits, scope: scope, mayReuseConnection: mode != .fresh, gate: gate)
        let report = await transport.send(request, terms: terms)
        #expect(report.gateOpened == gate.isOpen)
        #expect(!gate.tryOpen(), "a gate must never open after its report")
        return Seen(gateOpened: report.gateOpened, result: report.result)
    }

    func ask(_ url: String, _ addresses: AddressPolicy = .any, limits: WireLimits = patient) async -> Seen {
        let terms = AskTerms(limits: limits, scope: Self.scope, addresses: addresses)
        return Seen(gateOpened: true, result: await transport.ask(WireRequest(.get, url), terms: terms))
    }
}
