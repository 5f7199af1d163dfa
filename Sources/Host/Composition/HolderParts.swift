import People
import Router
import ServiceLifecycle

/// What holders of wallets need, put together.
struct HolderParts: Sendable {
    let desk: HolderDesk
    let outbox: Outbox

    /// - Returns: `nil` where nobody signs up.
    static func make(
        _ settings: HolderSettings?, engine: Engine, keys: DataKeys, messages: MessageGateways, fees: [String: Fee],
        limits: RequestLimits?
    ) async throws -> HolderParts? {
        guard let settings else { return nil }
        let outbox = Outbox(
            store: engine.store, gateways: messages, time: engine.time, observer: engine.observer)
        let people = await People(
            store: engine.store, keys: keys, reach: messages.reach, time: engine.time, random: SystemRandom())
        let desk = HolderDesk(
            engine: engine, people: people, settings: settings, app: try await app(settings, engine),
            fees: TransferFees(fees), limits: limits, outbox: outbox)
        return HolderParts(desk: desk, outbox: outbox)
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
    let holders: HolderParts?

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            if let holders {
                group.addTask { await holders.outbox.run(MessageComposer(desk: holders.desk)) }
            }
            try? await gracefulShutdown()
            group.cancelAll()
        }
    }
}
