import Router
import RouterTestKit
import Testing

/// An engine with everything around it: virtual time, a store in memory, operators that follow a script.
final class Rig: Sendable {
    let stage: Stage
    let store: TestStore
    let operators: TestOperators
    let observer = RecordingObserver()
    let engine: Engine
    private let parts: Engine.Parts
    private let running = Log<Task<Void, Never>>()

    struct Setup: Sendable {
        var providers: [any PaymentProvider & Sendable] = []
        var names: [ProviderID] = []
        var apps: Set<AppID> = []
        var masterByte: UInt8 = 1
        var settings = EngineSettings(publicURL: "https://pay.example")
        var breaker = CircuitBreaker.Settings()
        var maximumInFlight = 256
        var checks = true
        var exposures: [ProviderID: [String: Int64]] = [:]
        var dailyLimits = DailyLimits()
        /// The number of the configuration's version.
        var version: Int64?
        /// What tells whether providers are configured as before.
        var definitions: [ProviderID: ProviderDefinition] = [:]
        var retired: Set<ProviderID> = []
        /// What an earlier version named.
        var former: [ProviderRuntime] = []

        var use: RouteUse { RouteUse(strategy: .priority, members: names.map { RouteUse.Member(provider: $0) }) }

        var runtimes: [ProviderRuntime] {
            zip(names, providers).map { name, provider in
                ProviderRuntime(
                    id: name, environment: .sandbox, provider: provider, apps: apps,
                    maximumInFlight: maximumInFlight, exposureLimits: exposures[name] ?? [:],
                    isRetired: retired.contains(name), breaker: breaker, definition: definitions[name])
            }
        }

        mutating func add(
            _ name: String, _ contract: ProviderContract = Sample.contract(), style: TestProvider.Style = .request,
            exposure: [String: Int64] = [:], wrap: (TestProvider) -> any PaymentProvider = { $0 }
        ) {
            names.append(ProviderID(name))
            exposures[ProviderID(name)] = exposure
            providers.append(
                wrap(TestProvider(name: name, manifest: Sample.manifest(contract: contract), style: style)))
        }

        /// A provider with every operation, as far as the manifest still says so after `change`.
        mutating func addWhole(
            _ name: String, _ contract: ProviderContract = Sample.contract(),
            _ change: (inout ProviderManifest) -> Void = { _ in }
        ) {
            add(name, contract) { base in
                var manifest = base.manifest
                manifest.payout = PayoutFacts(
                    channels: manifest.channels, currencies: manifest.currencies, requires: [.phone],
                    contract: contract)
                manifest.refund = RefundFacts(allowsPartial: true, allowsSeveral: true, contract: contract)
                manifest.authorization = AuthorizationFacts(
                    lifetimeSeconds: 3_600, allowsPartialCapture: true, contract: contract)
                change(&manifest)
                return WholeProvider(base: base, manifest: manifest)
            }
        }
    }

    init(_ setup: Setup, stage: Stage, store: TestStore, operators: TestOperators) async throws {
        (self.stage, self.store, self.operators) = (stage, store, operators)
        let use = setup.use
        var parts = Engine.Parts(
            store: store, transport: operators, time: stage, random: SeededRandom(UInt64(stage.now.milliseconds)),
            spawner: stage, observer: observer, providers: setup.runtimes,
            routing: RoutingTable(rules: [], otherwise: use),
            payoutRouting: RoutingTable(rules: [], otherwise: use),
            settings: setup.settings, dataKeys: try Sample.dataKeys(setup.masterByte))
        parts.dailyLimits = setup.dailyLimits
        parts.version = setup.version.map { ConfigurationStamp(number: $0, hash: []) }
        let former = setup.former
        parts.former = { wanted in former.filter { wanted.contains($0.id) } }
        self.parts = parts
        engine = try await Engine.start(parts)
    }

    /// Runs a test on a stage of its own and looks for broken invariants afterwards, unless it makes up how an order ended.
    static func run(
        seed: UInt64? = nil, isMadeUp: Bool = false, _ setup: (inout Setup) -> Void = { $0.add("alpha") },
        _ body: @escaping @Sendable (Rig) async throws -> Void
    ) throws {
        var made = Setup()
        setup(&made)
        let final = made
        let stage = Stage(seed: seed)
        let store = TestStore()
        let operators = TestOperators(stage)
        try stage.run {
            let rig = try await Rig(final, stage: stage, store: store, operators: operators)
            rig.start()
            try await body(rig)
            rig.stop()
        }
        guard !isMadeUp else { return }
        #expect(store.violations.isEmpty)
        #expect(store.memory.snapshot().verification.findings == [], "the books are not what orders say")
    }

    /// Another engine on the same store, as after a crash: this one is forgotten.
    func restart(_ setup: (inout Setup) -> Void = { $0.add("alpha") }) async throws -> Rig {
        stop()
        var made = Setup()
        setup(&made)
        let next = try await Rig(made, stage: stage, store: store, operators: operators)
        next.start()
        return next
    }

    /// Runs timers and the inbox.
    func start() {
        let engine = engine
        running.append(Task(executorPreference: stage) { await engine.run() })
    }

    func stop() {
        for task in running.values { task.cancel() }
    }

    // MARK: Commands

    func command(
        key: String = "order-1", amount: Money = Money(5_000, .xof), async: Bool = false, expires: Int64 = 900,
        channels: [PaymentChannel] = [], fingerprint: [UInt8] = [1], app: AppID = Sample.app
    ) -> Engine.CreateCommand {
        Engine.CreateCommand(
            app: app, environment: .sandbox, request: Sample.request(amount, channels: channels, expires: expires),
            idempotencyKey: key, fingerprint: fingerprint, requestID: Sample.requestID, respondsAsync: async)
    }

    /// Creates a payment that must be accepted.
    @discardableResult
    func create(key: String = "order-1", async: Bool = false, expires: Int64 = 900) async throws -> OrderAggregate {
        let result = await engine.create(command(key: key, async: async, expires: expires))
        let aggregate = try #require(result.done, "not accepted: \(result)").aggregate
        return aggregate
    }

    func callback(
        _ json: String, signature: String? = "good", for provider: ProviderID = "alpha"
    ) async -> Engine.CallbackReply {
        let headers = signature.map { [WireRequest.Header("x-signature", $0)] } ?? []
        return await engine.receive(
            InboundCallback(method: "POST", headers: headers, body: Array(json.utf8), peer: "203.0.113.9"),
            for: provider)
    }

    /// How many messages wait, by who can have sent them.
    func open() async throws -> [InboxMessage.Trust: Int64] { try await store.totals().inboxByTrust }

    func confirm(_ code: String, key: String, operatorPaymentID: String? = nil) async throws -> Engine.CommandResult {
        let aggregate = try #require(store.aggregate())
        return await engine.confirm(
            Engine.ConfirmCommand(
                aggregate: aggregate,
                confirmation: Confirmation(code: Secret(code), operatorPaymentID: operatorPaymentID),
                idempotencyKey: key, fingerprint: Array(code.utf8), requestID: Sample.requestID))
    }

    // MARK: Looking

    var order: Order? { store.aggregate()?.order }
    var attempts: [Attempt] { store.aggregate()?.attempts ?? [] }
    var states: [AttemptState] { attempts.map(\.state) }
    var history: [AttemptState] { attempts.first?.history.map(\.state) ?? [] }

    /// Lets virtual time pass until something holds.
    func wait(upTo seconds: Int64 = 3_600, until holds: () -> Bool) async {
        let end = stage.now + seconds
        while !holds(), stage.now < end { await stage.sleep(milliseconds: 100) }
        #expect(holds(), "not within \(seconds) s: \(order?.status.rawValue ?? "none") \(states)")
    }
}

/// Remembers what the engine told.
final class RecordingObserver: EngineObserver {
    private let events = Log<EngineEvent>()

    func record(_ event: EngineEvent) { events.append(event) }

    var alarms: [String] {
        events.values.compactMap { event in
            guard case .alarm(let alarm, _, _) = event else { return nil }
            return alarm.rawValue
        }
    }

    /// What became of notifications: who can have sent them, and the verdict.
    var callbacks: [String] {
        events.values.compactMap { event in
            switch event {
            case .callback(_, let trust, let verdict): "\(trust.rawValue) \(verdict)"
            case .callbackDropped(_, let trust): "\(trust.rawValue) dropped"
            case .callbackFromUnlisted(_, let network, let isFirst): "from \(network)\(isFirst ? " first" : "")"
            default: nil
            }
        }
    }

    var storeFailures: Int {
        events.values.count { event in
            if case .storeFailed = event { return true }
            return false
        }
    }

    var discrepancies: [Discrepancy] {
        events.values.compactMap { event in
            guard case .discrepancy(let discrepancy) = event else { return nil }
            return discrepancy
        }
    }

    var exchanges: [String] {
        events.values.compactMap { event in
            guard case .exchanged(_, let operation, _, _, let outcome) = event else { return nil }
            return "\(operation) \(outcome)"
        }
    }
}
