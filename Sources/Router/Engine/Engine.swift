/// Drives payments: performs the effects that the pure core decides on, in the order money-safety section 3 demands.
///
/// The engine keeps no state that matters: everything needed after a crash is in the store. Work on a payment runs in
/// tasks of its own, never in a caller's request.
package final class Engine: Sendable {
    package let store: any Store
    let transport: any Transport
    package let time: any TimeSource
    let random: any RandomSource
    package let spawner: any Spawner
    package let observer: any EngineObserver
    package let providers: [ProviderID: ProviderRuntime]
    package let routing: RoutingTable
    /// Where payouts may go; its failover reasons count as the payments' do.
    package let payoutRouting: RoutingTable
    package let settings: EngineSettings
    let references: OperatorReferences
    package let pages: HostedPages
    let epoch: Int64
    let claims = Claims()
    let hub: ChangeHub
    let signals: LaneSignals
    let gatekeeper = Gatekeeper()
    let acceptance: AcceptanceGate
    let balanceQuestions = BalanceQuestions()
    let storePause = StorePause()
    let unsent = Unsent()
    let exposure = Exposure()
    /// Providers that are not configured any more, with the number of orders that are still open there.
    package let missingProviders: [ProviderID: Int]
    /// Providers whose id means, or may mean, something else than when orders that are open were sent there.
    package let changedProviders: ChangedProviders
    /// What attempts of older releases are compared with.
    let olderScopes: OlderScopes
    let door = StrangerDoor()
    let pace = HintPace()
    let wishes = WishPace()
    /// Networks that notifications were not believed from.
    let unlisted = FirstTimes(limit: 256)
    /// Rooms that were full.
    let full = FirstTimes(limit: 256)

    /// What an engine is made of.
    ///
    /// Everything variable comes in here.
    package struct Parts: Sendable {
        package var store: any Store
        package var transport: any Transport
        package var time: any TimeSource
        package var random: any RandomSource
        package var spawner: any Spawner
        package var observer: any EngineObserver
        package var providers: [ProviderRuntime]
        package var routing: RoutingTable
        package var payoutRouting: RoutingTable
        package var settings: EngineSettings
        package var masterKey: MasterKey

        package init(
            store: any Store, transport: any Transport, time: any TimeSource, random: any RandomSource,
            spawner: any Spawner, observer: any EngineObserver, providers: [ProviderRuntime], routing: RoutingTable,
            payoutRouting: RoutingTable = RoutingTable(rules: [], otherwise: nil), settings: EngineSettings,
            masterKey: MasterKey
        ) {
            self.payoutRouting = payoutRouting
            self.store = store
            self.transport = transport
            self.time = time
            self.random = random
            self.spawner = spawner
            self.observer = observer
            self.providers = providers
            self.routing = routing
            self.settings = settings
            self.masterKey = masterKey
        }
    }

    /// Takes an epoch and settles what an earlier process left in SENDING.
    ///
    /// Only after this may traffic come in.
    ///
    /// - Throws: ``StoreFailure`` if the store cannot be used; ``MasterKeyMismatch`` if the data belong to another key.
    package static func start(_ parts: Parts) async throws -> Engine {
        let known = try await parts.store.fact(MasterKey.fact)
        if let known, known != parts.masterKey.id { throw MasterKeyMismatch(stored: known, given: parts.masterKey.id) }
        if known == nil { try await parts.store.setFact(MasterKey.fact, parts.masterKey.id) }
        let open = try await parts.store.openOrders()
        let missing = open.filter { id, _ in !parts.providers.contains { $0.id == id } }
        let older = try await OlderScopes.begin(parts.providers, in: parts.store)
        let changed = ChangedProviders(try await parts.store.openPlaces(), parts.providers, older: older)
        let engine = Engine(parts, epoch: try await parts.store.takeEpoch(), missing, changed, older)
        engine.exposure.begin(try await parts.store.exposed())
        try await engine.recover()
        try await engine.keySettlements()
        try await engine.tellReviewsToPayments()
        try await engine.reviewMissingProviders()
        return engine
    }

    private init(
        _ parts: Parts, epoch: Int64, _ missing: [ProviderID: Int], _ changed: ChangedProviders, _ older: OlderScopes
    ) {
        missingProviders = missing
        changedProviders = changed
        olderScopes = older
        store = parts.store
        transport = parts.transport
        time = parts.time
        random = parts.random
        spawner = parts.spawner
        observer = parts.observer
        providers = Dictionary(uniqueKeysWithValues: parts.providers.map { ($0.id, $0) })
        routing = parts.routing
        payoutRouting = parts.payoutRouting
        settings = parts.settings
        acceptance = AcceptanceGate(parts.settings.acceptance, time: parts.time)
        references = OperatorReferences(parts.masterKey)
        pages = HostedPages(parts.masterKey)
        self.epoch = epoch
        hub = ChangeHub(time: parts.time, spawner: parts.spawner)
        signals = LaneSignals(time: parts.time)
    }

    /// The lanes that have timers: the engine's own and one per provider, those included that are gone.
    var lanes: [Lane] { [.engine] + (providers.keys.sorted() + missingProviders.keys.sorted()).map(Lane.provider) }

    /// Orders as callers of this router see them.
    package var view: OrderView { OrderView(publicURL: settings.publicURL, pages: pages) }

    /// A number between 0 and 1 for spreading waits.
    func jitter() -> Double { Double(random.next() >> 11) / Double(1 << 53) }

    func scheduleFacts(_ operation: MoneyOperation) -> (Attempt) -> OrderFile.ScheduleFacts? {
        { attempt in
            self.runtime(of: attempt, operation).map {
                OrderFile.ScheduleFacts(
                    contract: $0.contract(for: operation), jitter: self.jitter(), canWithdraw: $0.canWithdraw)
            }
        }
    }
}

/// The data folder belongs to another master key.
package struct MasterKeyMismatch: Error, Sendable, Hashable, CustomStringConvertible {
    package var stored: String
    package var given: String

    package init(stored: String, given: String) {
        self.stored = stored
        self.given = given
    }

    package var description: String {
        "the data belong to another key: they were written under master key \(stored), and the one given is \(given); give "
            + "that key, or another data folder"
    }
}
