import People
import Router
import ServiceLifecycle
import Webhooks

/// What accounts of people need, put together: holders of wallets, developers, staff.
struct PeopleParts: Sendable {
    let people: People
    let outbox: Outbox
    /// `nil` where nobody has a wallet of their own.
    let holders: HolderDesk?
    let console: ConsoleDesk

    static func make(
        _ configuration: Configuration, fees: TransferFees, engine: Engine, store: any InstalledStore, keys: KeyRing,
        messages: MessageGateways, limits: RequestLimits?, sender: WebhookSender?, watch: ExchangeWatch,
        transport: any Transport
    ) async throws -> PeopleParts {
        let outbox = Outbox(
            store: engine.store, gateways: messages, time: engine.time, observer: engine.observer)
        let people = await People(
            store: engine.store, keys: store.dataKeys, reach: messages.reach, time: engine.time, random: SystemRandom())
        var holders: HolderDesk?
        if let settings = configuration.holders {
            holders = HolderDesk(
                engine: engine, people: people, settings: settings, app: try await app(settings, engine),
                fees: fees, limits: limits, outbox: outbox)
        }
        let console = ConsoleDesk(
            engine: engine, people: people, keys: keys, settings: configuration.console, outbox: outbox,
            limits: limits, sender: sender, watch: watch,
            rebuilds: SnapshotRun(engine.store, engine.observer), probes: ProviderProbes(transport))
        return PeopleParts(people: people, outbox: outbox, holders: holders, console: console)
    }

    var composer: MessageComposer {
        MessageComposer(
            engine: console.engine, people: people, holders: holders, consoleName: console.settings.name)
    }

    /// The app that holders' wallets belong to, made once; it has no keys.
    private static func app(_ settings: HolderSettings, _ engine: Engine) async throws -> AppID {
        let (store, fact) = (engine.store, "holders_app")
        if let id = try await store.fact(fact).flatMap({ AppID($0) }), var app = try await store.app(id) {
            if app.name != settings.app, !(try await store.apps().contains { $0.name == settings.app }) {
                app.name = settings.app
                try await store.update(app)
            }
            return id
        }
        let names = Set(try await store.apps().map(\.name))
        let id = AppID(at: engine.time.now, from: SystemRandom())
        let name = names.contains(settings.app) ? "\(settings.app) \(id)" : settings.app
        try await store.insert(App(id: id, name: name, isEnabled: true, createdAt: engine.time.now))
        try await store.setFact(fact, id.text)
        return id
    }
}

extension MessageGateways {
    /// The kinds of contacts that messages reach.
    var reach: Set<Challenge.ContactKind> {
        Set([phone == nil ? nil : .phone, mail == nil ? nil : .email].compactMap(\.self))
    }
}

/// Sends messages until stopping.
struct MessageService: Service {
    let people: PeopleParts

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await people.outbox.run(people.composer) }
            try? await gracefulShutdown()
            group.cancelAll()
        }
    }
}
