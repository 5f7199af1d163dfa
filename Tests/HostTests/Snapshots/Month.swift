import Logging
import Router
import RouterTestKit
import Synchronization

@testable import Host

/// A month of a router's life in virtual time: three apps, three currencies, everything that can become of an order.
final class Month: Sendable {
    static let days: Int64 = 30
    static let first = SnapshotDay(text: "2026-11-01") ?? SnapshotDay(number: 0)
    static let channels: [(channel: PaymentChannel, currency: Currency)] = [
        ("tmoney", .xof), ("flouci", .tnd), ("card", .usd),
    ]

    let stage: Stage
    let store = MemoryStore()
    let telemetry: Telemetry
    let apps: [AppID]
    private let engine: Engine
    private let wire: MonthWire
    private let random: SeededRandom
    private let folding: SnapshotFolding
    private let number = Mutex(0)

    init(seed: UInt64, on stage: Stage) async throws {
        self.stage = stage
        telemetry = Telemetry(logger: Logger(label: "month", factory: { _ in SwiftLogNoOpLogHandler() }), time: stage)
        random = SeededRandom(seed)
        wire = MonthWire(stage, seed: seed &+ 1)
        apps = (0..<3).map { [random] _ in AppID(at: stage.now, from: random) }
        folding = SnapshotFolding(store: store, observer: telemetry)
        let runtimes = Self.channels.map { channel, currency in
            ProviderRuntime(
                id: ProviderID("\(channel)-month"), environment: .sandbox,
                provider: MonthProvider(name: "\(channel)-month", channel: channel, currency: currency),
                breaker: CircuitBreaker.Settings())
        }
        let use = RouteUse(
            strategy: .priority, members: runtimes.map { RouteUse.Member(provider: $0.id) })
        engine = try await Engine.start(
            Engine.Parts(
                store: store, transport: wire, time: stage, random: random, spawner: stage, observer: telemetry,
                providers: runtimes, routing: RoutingTable(rules: [], otherwise: use),
                payoutRouting: RoutingTable(rules: [], otherwise: use),
                settings: EngineSettings(publicURL: "https://pay.example"),
                dataKeys: .derived(from: MasterKey.random().key)))
    }

    /// Lives through the month and some days after it, until every order has ended.
    ///
    /// The router is up at noon and around midnight, and down in between: its loops would look at nothing two million times.
    func live() async throws {
        for day in 0..<Self.days {
            let (noon, midnight) = (
                Self.first.advanced(by: day).start.adding(seconds: 43_200), Self.first.advanced(by: day).end
            )
            await stage.sleep(until: noon)
            try await up {
                await decide()
                for _ in 0..<16 {
                    await begin()
                    await stage.sleep(seconds: Int64(below(90)))
                    if below(4) == 0 { _ = try await folding.step() }
                }
                await tellLate()
            }
            await stage.sleep(until: midnight.adding(seconds: -5))
            try await up {
                // Some work is under way when the day ends.
                for _ in 0..<10 where stage.now < midnight {
                    await begin()
                    await stage.sleep(milliseconds: Int64(below(900)))
                }
                await stage.sleep(until: midnight.adding(seconds: 60))
            }
        }
        for day in 1...5 as ClosedRange<Int64> {
            await stage.sleep(until: Self.first.advanced(by: Self.days + day).start)
            try await up {
                await decide()
                await stage.sleep(seconds: 600)
            }
        }
        while try await folding.step() != .idle {}
    }

    /// Has the router's loops run while something is done.
    private func up(_ body: () async throws -> Void) async throws {
        let running = Task(executorPreference: stage) { [engine] in await engine.run() }
        try await body()
        running.cancel()
        await running.value
    }

    func below(_ limit: UInt64) -> UInt64 { random.next() % limit }

    private func fresh(_ what: String) -> String {
        number.withLock { number in
            number += 1
            return "\(what)-number-\(number)"
        }
    }

    /// A payment, a payout, or something that follows a payment.
    private func begin() async {
        let app = apps[Int(below(3))]
        let (channel, currency) = Self.channels[Int(below(3))]
        switch below(10) {
        case 0:
            await create(
                .payout, app, OrderRequest(amount: Money(Int64(1 + below(500)), currency), channels: [channel]))
        case 1...3: await follow()
        default:
            let (quantity, unit) = (Int64(1 + below(4)), Int64(10 + below(90)))
            var request = OrderRequest(amount: Money(quantity * unit, currency), channels: [channel])
            request.capturesLater = below(6) == 0
            if below(2) == 0 { request.customerID = "customer-\(below(12))" }
            if below(2) == 0 {
                request.lineItems = [
                    LineItem(item: "item-\(below(9))", name: "An item", quantity: quantity, unitAmount: unit)
                ]
            }
            await create(.payment, app, request)
        }
    }

    private func create(_ kind: OrderKind, _ app: AppID, _ request: OrderRequest) async {
        _ = await engine.create(
            .init(
                kind: kind, app: app, environment: .sandbox, request: request, idempotencyKey: fresh("order"),
                fingerprint: [1], requestID: RequestID(at: stage.now, from: random), respondsAsync: below(3) == 0))
    }

    private func follow() async {
        let payments = store.snapshot().aggregates.filter { $0.order.kind == .payment }
        let held = payments.filter(\.order.isAuthorized)
        let paid = payments.filter { $0.order.refundable.minorUnits > 0 }
        let isDecision = !held.isEmpty && below(2) == 0
        let candidates = isDecision ? held : paid
        guard !candidates.isEmpty else { return }
        let payment = candidates[Int(below(UInt64(candidates.count)))].order
        let kind: OrderKind = isDecision ? (below(3) == 0 ? .void : .capture) : .refund
        let most = isDecision ? payment.amount : payment.refundable
        let part = Money(1 + Int64(below(UInt64(max(1, most.minorUnits)))), most.currency)
        _ = await engine.follow(
            .init(
                kind, of: payment.id, amount: kind == .void || below(2) == 0 ? nil : part,
                idempotencyKey: fresh("follow"), fingerprint: [2], requestID: RequestID(at: stage.now, from: random)))
    }

    /// Operators say of some payments that they refused that they executed them all the same.
    private func tellLate() async {
        for (host, body) in wire.takeRefused() where below(3) == 0 {
            _ = await engine.receive(
                InboundCallback(method: "POST", headers: [], body: body.serialized(), peer: "203.0.113.9"),
                for: ProviderID(host))
        }
        await stage.sleep(seconds: 5)
    }

    /// Two people end what is under review.
    private func decide() async {
        for aggregate in store.snapshot().aggregates where aggregate.order.review != nil {
            let verdict: Review.Finding.Verdict =
                switch below(3) {
                case 0: .executed
                case 1: .notExecuted
                default: .split(Money(3, aggregate.order.amount.currency))
                }
            for person in ["anna", "bako"] {
                _ = await engine.sign(
                    aggregate.order.id,
                    Review.Finding(
                        verdict: verdict, reason: "statement", document: "letter",
                        operatorReference: fresh("proof")), person: person
                ) { _ in true }
            }
        }
    }
}
