/// What every part of the engine works with.
///
/// Holds no state that matters: everything needed after a crash is in the store.
final class EngineContext: Sendable {
    let store: any Store
    let transport: any Transport
    let time: any TimeSource
    let random: any RandomSource
    let spawner: any Spawner
    let observer: any EngineObserver
    let settings: EngineSettings
    let transferRules: TransferRules
    let epoch: Int64
    let pages: HostedPages
    let sealer: Sealer
    /// The version of the configuration that is worked with.
    let configuration: ConfigurationHolder
    let gatekeeper = Gatekeeper()
    let locks = OrderLocks()
    let storePause = StorePause()
    let wallets = WalletIdentities()
    let links: any AppLinks
    let hub: ChangeHub
    let signals: TimerSignals

    init(_ parts: Engine.Parts, epoch: Int64, _ providers: ProviderDirectory) {
        store = parts.store
        transport = parts.transport
        time = parts.time
        random = parts.random
        spawner = parts.spawner
        observer = parts.observer
        settings = parts.settings
        transferRules = parts.transferRules
        pages = HostedPages(parts.dataKeys)
        sealer = Sealer(parts.dataKeys)
        links = parts.links ?? StoredLinks(store: parts.store)
        self.epoch = epoch
        configuration = ConfigurationHolder(ActiveConfiguration(parts.configuration, providers, sealer))
        hub = ChangeHub(time: parts.time, spawner: parts.spawner)
        signals = TimerSignals(time: parts.time)
    }

    /// The providers of the version that is worked with now.
    var providers: ProviderDirectory { configuration.current.providers }
    /// What orders count on the daily limits of the version that is worked with now.
    var dailyCounting: DailyCounting { configuration.current.dailyCounting }

    /// A number between 0 and 1 for spreading waits.
    func jitter() -> Double { Double(random.next() >> 11) / Double(1 << 53) }
}

/// A part of the engine: the context's members are its own, beside what it is handed.
protocol EnginePart: AnyObject, Sendable {
    var context: EngineContext { get }
}

extension EnginePart {
    var store: any Store { context.store }
    var time: any TimeSource { context.time }
    var random: any RandomSource { context.random }
    var spawner: any Spawner { context.spawner }
    var settings: EngineSettings { context.settings }
    var providers: ProviderDirectory { context.providers }
    var gatekeeper: Gatekeeper { context.gatekeeper }
    var locks: OrderLocks { context.locks }
    var hub: ChangeHub { context.hub }
    var signals: TimerSignals { context.signals }

    func record(_ event: EngineEvent) { context.observer.record(event) }

    func alarm(_ alarm: Alarm, order: OrderID? = nil, _ detail: String) {
        record(.alarm(alarm, order: order, detail: detail))
    }

    /// The order as last committed; `nil` if there is none or the store cannot be read.
    func reread(_ id: OrderID) async -> OrderAggregate? { (try? await store.orderAggregate(id)) ?? nil }

    /// Until when a caller waits for what an operator says first.
    var firstAnswerEnd: Moment { time.now.adding(milliseconds: settings.firstAnswerMilliseconds) }

    /// Runs work on an order whose lock is held, outside any request, and releases the lock.
    func work(locked id: OrderID, _ body: @escaping @Sendable () async -> Void) {
        gatekeeper.begin()
        let context = context
        spawner.spawn {
            await body()
            context.locks.release(id)
            context.gatekeeper.end()
        }
    }

    /// Locks an order for what a payer or a shop does next.
    ///
    /// Whoever is answered by a payment that waits may be quicker than the work that brought it there is put away; so a
    /// lock that is held is waited for, as long as the stored order still waits and nobody has begun on it.
    ///
    /// Nobody waits for more than two seconds.
    func lock(_ id: OrderID, whileWaiting isWaiting: (OrderAggregate) -> Bool) async -> LockOutcome {
        let end = time.now.adding(milliseconds: 2_000)
        while !locks.lock(id) {
            guard let aggregate = await reread(id) else { return .busy }
            guard aggregate.liveAttempt == nil, isWaiting(aggregate) else { return .overtaken(aggregate) }
            guard time.now < end, !Task.isCancelled else { return .busy }
            await time.sleep(until: time.now.adding(milliseconds: 5))
        }
        return .locked
    }

    /// The harmless side of the wire.
    ///
    /// What is asked before a send `waits` while this machine has no room for it, as the send would.
    func wire(
        _ runtime: ProviderRuntime, _ order: OrderID?, _ operation: String, waits: Bool = false
    ) -> AskingWire {
        AskingWire(
            runtime: runtime, transport: context.transport, time: time, random: random, observer: context.observer,
            order: order, operation: operation, sendNotAfterMilliseconds: settings.sendNotAfterMilliseconds,
            waitMilliseconds: waits ? settings.sendNotAfterMilliseconds : 0)
    }
}
