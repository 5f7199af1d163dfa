import Router
import RouterTestKit
import Synchronization

/// An engine with ten operators on ten channels, and orders for all of them at fixed moments.
final class Street: Sendable {
    /// When something happened to one order; what it is called is the same in every run.
    struct Happening: Hashable, Sendable, CustomStringConvertible {
        var order: String
        var what: String
        var at: Moment

        var description: String { "\(what) at \(at)" }
    }

    static let names = (0..<10).map { "op-\($0)" }

    let stage: Stage
    let wire: StreetWire
    let store = TestStore()
    let engine: Engine
    private let happenings = Log<Happening>()

    init(_ stage: Stage, hanging: StreetWire.Place?, acceptanceLimit: Int = 64) async throws {
        self.stage = stage
        wire = StreetWire(stage, hanging: hanging)
        let providers = Self.names.map { name in
            ProviderRuntime(
                id: ProviderID(name), environment: .sandbox,
                provider: StreetProvider(name, channel: Self.channel(name)))
        }
        let use = RouteUse(
            strategy: .priority, members: Self.names.map { RouteUse.Member(provider: ProviderID($0)) })
        var settings = EngineSettings(publicURL: "https://pay.example")
        settings.acceptance = AcceptanceLimits(places: acceptanceLimit)
        engine = try await Engine.start(
            Engine.Parts(
                store: store, transport: wire, time: stage, random: CountingRandom(), spawner: stage,
                observer: RecordingObserver(), providers: providers, routing: RoutingTable(rules: [], otherwise: use),
                payoutRouting: RoutingTable(rules: [], otherwise: use), settings: settings,
                dataKeys: try Sample.dataKeys(1)))
    }

    static func channel(_ name: String) -> PaymentChannel { PaymentChannel("wallet-" + name) }

    func command(_ kind: OrderKind, at name: String, key: String) throws -> Engine.CreateCommand {
        var request = Sample.request(Money(5_000, .xof), channels: [Self.channel(name)])
        request.customer = Customer(phone: try Sample.phone())
        return Engine.CreateCommand(
            kind: kind, app: Sample.app, environment: .sandbox, request: request, idempotencyKey: key,
            fingerprint: [1], requestID: Sample.requestID, respondsAsync: false)
    }

    /// Creates an order and notes when its caller was answered, and with what.
    func create(_ kind: OrderKind, at name: String, key: String) async throws {
        let result = await engine.create(try command(kind, at: name, key: key))
        var answer = "refused"
        if case .done(let aggregate, let status) = result { answer = "\(status) \(aggregate.order.status)" }
        happenings.append(Happening(order: key, what: answer, at: stage.now))
    }

    /// A payment and a payout at every operator, every second, and questions for balances and numbers beside them.
    func live(rounds: Int) async throws {
        let engine = engine
        let running = Task(executorPreference: stage) { await engine.run() }
        for round in 0..<rounds {
            for name in Self.names {
                for kind in [OrderKind.payment, .payout] {
                    stage.spawn { try? await self.create(kind, at: name, key: "\(name) \(kind) \(round)") }
                }
            }
            if round % 5 == 0 { stage.spawn { await self.askAround() } }
            await stage.sleep(seconds: 1)
        }
        // Until what was lost has been asked about.
        await stage.sleep(seconds: 120)
        running.cancel()
    }

    private func askAround() async {
        _ = await engine.refreshBalances(.sandbox, app: Sample.app)
        guard let phone = try? Sample.phone() else { return }
        _ = await engine.party(phone, channel: nil, environment: .sandbox)
    }

    /// Everything that happened to the orders of all operators but one, by order.
    func happenings(but name: String) -> [String: [Happening]] {
        var all = happenings.values
        for aggregate in store.aggregates {
            for attempt in aggregate.attempts {
                for step in attempt.history {
                    let what = "attempt \(attempt.ordinal) \(step.state)"
                    all.append(Happening(order: aggregate.order.idempotencyKey, what: what, at: step.at))
                }
            }
        }
        return Dictionary(grouping: all.filter { !$0.order.hasPrefix(name + " ") }, by: \.order)
    }
}
