import CurlTransport
import Logging
import Providers
import Router
import RouterTestKit
import Sandbox
import Synchronization
import Testing

/// A clock that lets everything that is planned happen when it is told to.
final class DrainedClock: SandboxClock {
    private struct State: Sendable {
        var now: Int64 = 1_795_253_405_000
        var entries: [(due: Int64, action: @Sendable () async -> Void)] = []
    }

    private let state = Mutex(State())

    var now: Int64 { state.withLock { $0.now } }

    func schedule(at milliseconds: Int64, _ action: @escaping @Sendable () async -> Void) {
        state.withLock { $0.entries.append((milliseconds, action)) }
    }

    /// Runs what is planned, in its order, and what follows from it.
    func drain() async {
        while let action = next() { await action() }
    }

    private func next() -> (@Sendable () async -> Void)? {
        state.withLock { state in
            guard let first = state.entries.indices.min(by: { state.entries[$0].due < state.entries[$1].due }) else {
                return nil
            }
            let entry = state.entries.remove(at: first)
            state.now = max(state.now, entry.due)
            return entry.action
        }
    }
}

/// The sandbox operators with a wire to them: what a kind writes goes over a socket to the operator of its name.
final class SandboxBench: Sendable {
    let server: SandboxServer
    let clock: DrainedClock
    let url: String
    private let transport: CurlTransport
    private let heard: Mutex<[SandboxCallback]>
    private let count = Mutex<Int64>(0)

    private init(server: SandboxServer, clock: DrainedClock, url: String, transport: CurlTransport, heard: Heard) {
        self.server = server
        self.clock = clock
        self.url = url
        self.transport = transport
        self.heard = Mutex([])
        heard.pass { [weak self] callback in self?.heard.withLock { $0.append(callback) } }
    }

    /// Where callbacks go before the bench is built.
    private final class Heard: Sendable {
        private let next = Mutex<(@Sendable (SandboxCallback) -> Void)?>(nil)
        func pass(_ body: @escaping @Sendable (SandboxCallback) -> Void) { next.withLock { $0 = body } }
        func receive(_ callback: SandboxCallback) { next.withLock { $0 }?(callback) }
    }

    static func run(_ body: (SandboxBench) async throws -> Void) async throws {
        let clock = DrainedClock()
        let heard = Heard()
        var logger = Logger(label: "sandbox")
        logger.logLevel = .critical
        let server = try SandboxServer(
            SandboxConfiguration(
                port: 0, clock: clock, logger: logger,
                sendCallback: { callback in
                    heard.receive(callback)
                    return SandboxCallbackReply(status: 200, body: Array(#"{"result":"SUCCESS","msg":"OK"}"#.utf8))
                }))
        let running = Task { try await server.run() }
        let url = "http://127.0.0.1:\(try await server.waitUntilReady())"
        let bench = SandboxBench(
            server: server, clock: clock, url: url, transport: try CurlTransport(), heard: heard)
        let result: Result<Void, any Error>
        do { result = .success(try await body(bench)) } catch { result = .failure(error) }
        running.cancel()
        _ = await running.result
        try result.get()
    }

    /// Every callback so far, as the provider's own address would get it.
    var callbacks: [InboundCallback] {
        heard.withLock { $0 }.map { callback in
            let parts = callback.url.split(separator: "?", maxSplits: 1)
            return InboundCallback(
                method: callback.method, query: parts.count == 2 ? String(parts[1]) : "",
                headers: callback.headers.map { .init($0.name.lowercased(), $0.value) }, body: callback.body,
                peer: "127.0.0.1")
        }
    }

    /// A provider of that kind, pointed at its sandbox operator.
    func provider<P>(
        _ kind: String, _ settings: JSONValue, _ secrets: [String: String], as type: P.Type = P.self
    ) throws -> P {
        let registered = try #require(BuiltInKinds.all.first { $0.name == kind })
        let made = try registered.make(
            settings: settings,
            setup: ProviderSetup(
                id: "under-test", environment: .sandbox, baseURL: "\(url)/\(kind)",
                secrets: secrets.mapValues { Secret($0) }))
        return try #require(made as? P)
    }

    func wire(_ provider: any PaymentProvider) -> Wire { Wire(bench: self, provider: provider) }

    /// Sends one request with the provider's credentials.
    func exchange(_ request: WireRequest, _ provider: any PaymentProvider) async throws(AskFailure) -> WireReply {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let context = SigningContext(
            now: Moment(milliseconds: clock.now), sequence: clock.now + number, random: UInt64(number))
        let terms = AskTerms(scope: ConnectionScope(owner: "sandbox"))
        switch await transport.ask(provider.sign(request, context), terms: terms) {
        case .success(let reply): return reply
        case .failure(let failure): throw .wire(failure)
        }
    }

    /// Asks for a provider.
    struct Wire: Asking {
        let bench: SandboxBench
        let provider: any PaymentProvider

        func ask(_ request: WireRequest) async throws(AskFailure) -> WireReply {
            try await bench.exchange(request, provider)
        }
    }

    /// Opens what a session shows its payer: the page, or the link in the code.
    ///
    /// A code that comes as a picture only is looked up by the order's number.
    func open(_ session: Session, _ reference: String) async throws {
        for action in session.actions {
            let link: String
            switch action {
            case .redirect(let url): link = url
            case .showQR(let content): link = content.hasPrefix("data:") ? "\(url)/ksher/pay/\(reference)" : content
            default: continue
            }
            let terms = AskTerms(scope: ConnectionScope(owner: "browser"))
            #expect(try await transport.ask(WireRequest(.get, link), terms: terms).get().status == 200)
        }
    }

    /// Posts a form as a payer's browser does.
    func browse(_ url: String, _ fields: [WireRequest.Header]) async throws -> WireReply {
        let body = fields.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&")
        let request = WireRequest(
            .post, url, headers: [.init("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8))
        let reply = await transport.ask(request, terms: AskTerms(scope: ConnectionScope(owner: "browser")))
        return try reply.get()
    }

    private func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            let hex = String(byte, radix: 16)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }

    /// An order with a reference of its own.
    func order(
        _ amount: Money, _ channel: PaymentChannel, reference: String, token: String? = nil, held: Bool = false
    ) -> CollectInstruction {
        CollectInstruction(
            attempt: AttemptID(at: Moment(milliseconds: clock.now), from: SystemRandom()), reference: reference,
            channel: channel, amount: amount, sourceToken: token.map { Secret($0) }, text: "Panier 15",
            returnURLs: ReturnURLs(success: "https://shop.example/ok", failure: "https://shop.example/no"),
            callbackURL: "https://pay.example/callbacks/under-test", createdAt: Moment(milliseconds: clock.now),
            capturesLater: held)
    }

    /// A refund, capture or release of an order.
    func followUp(
        _ order: CollectInstruction, _ amount: Int64, reference: String, operatorReference: String?,
        refunded: Int64 = 0,
        of original: Int64? = nil
    ) -> FollowUpInstruction {
        FollowUpInstruction(
            attempt: order.attempt, reference: reference, amount: Money(amount, order.amount.currency),
            original: OriginalCollection(
                reference: order.reference, operatorReference: operatorReference, channel: order.channel,
                amount: Money(original ?? order.amount.minorUnits, order.amount.currency),
                refundedMinorUnits: refunded, createdAt: order.createdAt),
            callbackURL: order.callbackURL, createdAt: order.createdAt)
    }

    /// What the books hold: kind, amount and reference.
    var books: [String] { server.movements.map { "\($0.kind.rawValue) \($0.amount) \($0.currency) \($0.reference)" } }
}

extension ProviderOutcome {
    /// What it says moved, in minor units; `nil` if nothing.
    var succeededUnits: Int64? {
        guard case .succeeded(let statement) = self, !statement.amountIsUnreadable else { return nil }
        return statement.minorUnits
    }
    var operatorReference: String? {
        switch self {
        case .succeeded(let statement): statement.operatorReference
        case .pending(let progress): progress.operatorReference
        default: nil
        }
    }
}
