import CurlTransport
import Glibc
import Logging
import NIOCore
package import Router
import ServiceLifecycle
import Synchronization
package import UnixSignals
import Webhooks

/// A whole router, put together and ready to run: store, wire, engine, HTTP, webhooks, control socket.
package struct RouterHost: Sendable {
    package let engine: Engine
    package let store: any InstalledStore
    package let keys: KeyRing
    package let telemetry: Telemetry
    package let dispatcher: Dispatcher
    /// What answers at the address of those who run the router.
    package let admin: Dispatcher
    package let options: HostOptions
    /// Faults of the configuration that do not keep it from working.
    package let warnings: [ConfigurationIssue]
    /// What cannot be meant of the rules that are worked with; nothing is refused for it at a start.
    package let ruleFaults: @Sendable () -> [ConfigurationIssue]
    /// Who may have how many descriptors.
    package let budget: DescriptorBudget
    /// Told each time there was no room for a connection.
    package let descriptors: DescriptorWatch
    /// What else people should mend, in a sentence each.
    package let notes: [String]
    /// The sandbox operators' address, if they run.
    package let sandboxURL: String?
    /// The ways messages go to people.
    package let messages: MessageGateways
    /// Versions of the configuration.
    let configuration: ConfigurationDesk
    let people: PeopleParts
    let transport: CurlTransport
    let sandbox: (any RunningSandbox)?
    let sender: WebhookSender
    let control: Dispatcher
    let door: Door
    let time: HostClock
    private let stopper = Stopper()

    /// Puts a router together.
    ///
    /// After this the store is recovered, and nothing has been sent.
    package static func make(_ options: HostOptions, kinds: [RegisteredKind]) async throws -> RouterHost {
        guard !options.isSandbox || options.sandboxSupport != nil else {
            throw StartFailure(
                "this program was built without sandbox operators, so it cannot run with --sandbox; start it without, or "
                    + "build it with them: Payrouter.main(kinds:sandbox:) takes .builtIn of the product SandboxHosting")
        }
        let budget = try DescriptorBudget(
            limit: await ProcessStart.prepare(), loops: System.coreCount, sandbox: options.hasSandbox)
        let linkURL = try options.linkURL()
        let folder = try DataFolder(path: options.dataPath)
        // The store has a lock of its own, which does not reach over every file system.
        guard !(try await ControlClient(path: folder.controlSocket).isAnswered) else {
            throw StartFailure(
                "a router is running on \(folder.path): its control socket \(folder.controlSocket) answers; stop that one "
                    + "first, or start this one with another --data")
        }
        var notes = folder.openToOthers(options.environment)
        if !options.isSandbox, let fault = notes.first { throw StartFailure(fault) }
        let master = try folder.masterKey(options.environment, makeIfMissing: options.isSandbox)
        if !options.isSandbox { try folder.admit(master) }
        let time = HostClock()
        let logger = Logger(label: "payrouter") { label in
            JSONLogHandler(label: label, level: options.logLevel, time: time, sink: options.logSink)
        }
        var factory = StoreFactory()
        factory.copiesBeforeUpgrade = options.copiesBeforeUpgrade
        factory.onProgress = { Terminal.fail($0) }
        let store = try await folder.openStore(master, from: factory)
        let telemetry = Telemetry(logger: logger, time: time)
        let descriptors = DescriptorWatch(telemetry, time: time)
        let transport = try CurlTransport(options.curlConfiguration(budget)) { descriptors.exhausted() }
        let sandbox = try await startSandbox(options, folder, transport, budget)
        let sandboxURL = sandbox?.url ?? options.remoteSandbox
        let loader = options.configurationLoader(kinds, sandboxURL: sandboxURL, linkURL: linkURL)
        let versions = ConfigurationVersions(store: store, time: time)
        let file = options.configurationFile
        let begun = try await ConfigurationStart(versions: versions, loader: loader).begin(file)
        let configuration = begun.configuration
        notes += begun.notes
        let publicURL = try options.reachableURL(configuration)
        var settings = EngineSettings(publicURL: publicURL)
        settings.holders = configuration.holders?.environment
        settings.acceptance = options.acceptance ?? AcceptanceLimits(places: AcceptancePlaces.count)
        if let weakness = master.weakness {
            let text =
                "the master key can be guessed: \(weakness); everything stored here is only as secret as it is, and it stays in "
                + "use until a release comes with payrouter keys rotate"
            notes.append(text)
            telemetry.record(.alarm(.weakMasterKey, order: nil, detail: text))
        }
        var parts = Engine.Parts(
            store: store, transport: transport, time: time, random: SystemRandom(), spawner: LoopSpawner(),
            observer: telemetry, providers: configuration.providers, routing: configuration.routing,
            payoutRouting: configuration.payoutRouting, settings: settings, dataKeys: store.dataKeys)
        parts.dailyLimits = configuration.dailyLimits
        parts.version = begun.version.stamp
        let former = FormerProviders(store: store, loader: loader)
        parts.former = { await former.find($0) }
        let keys = KeyRing(
            store.dataKeys, store: store, time: time, requiresWallet: configuration.console.requiresWallet)
        parts.links = keys
        let engine = try await Engine.start(parts)
        if options.isSandbox { try await allowDemo(keys, store, time) }
        try await keys.learn()
        try sandbox?.register(configuration.accounts, publicURL: publicURL)
        if let url = options.remoteSandbox {
            try await options.sandboxSupport?.announce(configuration.accounts, publicURL, url, transport)
        }
        let addresses: AddressPolicy = options.webhooksToLoopback ? .any : .publicOnly
        let sender = WebhookSender(
            store: store, bills: store, transport: transport, time: time, random: SystemRandom(), observer: telemetry,
            body: EventBody(engine.view), addresses: addresses)
        let door = Door(
            limits: .init(total: budget.listenerConnections, perAddress: (budget.listenerConnections + 1) / 2),
            politeRefusals: budget.politeRefusals, proxies: configuration.trustedProxies, observer: telemetry)
        let limits = RequestLimits(
            configuration.limits, operators: configuration.operatorAddresses, time: time, observer: telemetry)
        let messages = try MessageGateways(
            configuration.messages, over: transport, sandboxURL: sandboxURL, time: time,
            descriptorCeiling: budget.connectionCeiling)
        let fees = TransferFees(configuration.transferFees)
        let desk = ConfigurationDesk(
            versions, loader, engine: engine,
            live: LiveParts(fees: fees, limits: limits) { accounts in
                await options.register(accounts, sandbox, transport, publicURL: publicURL, telemetry)
            }, observer: telemetry, started: begun.file, file: try? file.get())
        let people = try await PeopleParts.make(
            configuration, fees: fees, engine: engine, store: store, keys: keys, messages: messages, limits: limits,
            sender: sender, watch: telemetry.watch, transport: transport)
        let dispatcher = Dispatcher(
            routes: try publicRoutes(
                engine, store, telemetry, sender, keys, callbackBodyLimit: configuration.callbackBodyLimit,
                limits: limits, door: door, transferFees: fees, people: people,
                withMetrics: options.isSandbox),
            keys: keys, publicURL: publicURL, observer: telemetry,
            clients: ClientAddresses(proxies: configuration.trustedProxies) { alarm, detail in
                telemetry.record(.alarm(alarm, order: nil, detail: detail))
            }, isFull: { engine.isAcceptanceFull }, limits: limits, people: people.people,
            console: people.console.gate(.callers(staff: options.opensConsoleToStaff)))
        let control = AdminRoutes.table(
            store: store, keys: keys, tokens: PersonTokens(store.dataKeys), time: time, view: engine.view,
            signer: { id, finding, person, people in
                await engine.sign(id, finding, person: person) { one in people.contains { $0.vouches(for: one) } }
            },
            retrier: { id, person throws(StoreFailure) in
                let tried = try await engine.compensateAgain(id)
                if case .success? = tried { telemetry.retried(id, by: person) }
                return tried
            }, engine: engine, people: people.people, endpoints: sender.register, configuration: desk,
            watch: telemetry.watch, snapshots: people.console.rebuilds, observer: telemetry,
            onRedeliver: { sender.forget($0) })
        return RouterHost(
            engine: engine, store: store, keys: keys, telemetry: telemetry, dispatcher: dispatcher,
            admin: Dispatcher(
                routes: adminRoutes(engine, telemetry, door, people), keys: keys, publicURL: publicURL,
                observer: telemetry, console: people.console.gate(.admins)),
            options: options, warnings: configuration.warnings,
            ruleFaults: { configuration.analysis().filter { $0.severity == .error } }, budget: budget,
            descriptors: descriptors,
            notes: notes, sandboxURL: sandboxURL, messages: messages, configuration: desk, people: people,
            transport: transport, sandbox: sandbox,
            sender: sender,
            control: Dispatcher(routes: control, keys: keys, publicURL: publicURL, observer: telemetry), door: door,
            time: time)
    }

    /// Every call for callers, payers and operators; `withMetrics` in the sandbox, so that nobody has to look for them.
    static func publicRoutes(
        _ engine: Engine, _ store: any Store, _ telemetry: Telemetry, _ sender: WebhookSender,
        _ keys: KeyRing, callbackBodyLimit: Int? = nil, limits: RequestLimits? = nil, door: Door? = nil,
        transferFees: TransferFees = TransferFees([:]), people: PeopleParts? = nil, withMetrics: Bool
    ) throws -> RouteTable {
        var routes = RouteTable()
        let holders = people?.holders
        PaymentsAPI(engine: engine, keys: keys).register(in: &routes)
        PayAPI(engine: engine, keys: keys, limits: limits).register(in: &routes)
        CheckoutAPI(engine: engine, keys: keys, limits: limits).register(in: &routes)
        PayoutsAPI(engine: engine).register(in: &routes)
        WalletsAPI(engine: engine).register(in: &routes)
        WalletHistoryAPI(engine: engine).register(in: &routes)
        WalletPage(engine: engine, keys: keys, holders: holders?.settings.environment, limits: limits)
            .register(in: &routes)
        ShopPage(engine: engine, keys: keys, limits: limits).register(in: &routes)
        BillsAPI(engine: engine).register(in: &routes)
        BillPage(engine: engine, keys: keys, desk: holders).register(in: &routes)
        if let holders {
            let view = HolderView(
                view: engine.view, wallets: WalletView(publicURL: engine.settings.publicURL))
            HolderAccountAPI(desk: holders, view: view).register(in: &routes)
            HolderMoneyAPI(desk: holders, view: view).register(in: &routes)
            HolderBillsAPI(desk: holders).register(in: &routes)
            HolderWalletsAPI(desk: holders, view: view).register(in: &routes)
            HolderPages(desk: holders).register(in: &routes)
        }
        if let people { ConsolePages(desk: people.console).register(in: &routes) }
        LedgerAPI(engine: engine).register(in: &routes)
        TransfersAPI(engine: engine, fees: transferFees, limits: limits).register(in: &routes)
        QuestionsAPI(engine: engine, limits: limits).register(in: &routes)
        BillersAPI(engine: engine, limits: limits).register(in: &routes)
        ChannelsAPI(engine: engine).register(in: &routes)
        EventsAPI(store: store, body: EventBody(engine.view)).register(in: &routes)
        MetadataIndexAPI(store: store, time: engine.time).register(in: &routes)
        ReviewsAPI(engine: engine).register(in: &routes)
        CallbacksAPI(engine: engine, limit: callbackBodyLimit, limits: limits).register(in: &routes)
        let operations = OperationsAPI(engine: engine, telemetry: telemetry, door: door)
        operations.register(in: &routes)
        if withMetrics { operations.registerMetrics(in: &routes) }
        WebhookEndpointsAPI(
            store: store, time: engine.time, random: SystemRandom(), addresses: sender.addresses, sender: sender
        ).register(in: &routes)
        try DocsAPI(publicURL: engine.settings.publicURL).register(in: &routes)
        return routes
    }

    /// Every call for those who run the router.
    ///
    /// A port of this machine is open to all its users, and to whatever a program on it can be talked into calling: beside
    /// metrics there is only the console, for whoever signs in. What needs no sign-in stays behind the control socket, a file
    /// of the router's user.
    static func adminRoutes(
        _ engine: Engine, _ telemetry: Telemetry, _ door: Door, _ people: PeopleParts
    ) -> RouteTable {
        var routes = RouteTable()
        ConsolePages(desk: people.console).register(in: &routes)
        let operations = OperationsAPI(engine: engine, telemetry: telemetry, door: door)
        operations.register(in: &routes)
        operations.registerMetrics(in: &routes)
        return routes
    }

    private static func startSandbox(
        _ options: HostOptions, _ folder: DataFolder, _ transport: CurlTransport, _ budget: DescriptorBudget
    ) async throws -> (any RunningSandbox)? {
        guard case .inProcess(let port) = options.sandbox else { return nil }
        return try await options.sandboxSupport?.start(
            .init(
                port: port, dataFolder: folder.sandbox, transport: transport,
                maximumConnections: budget.sandboxConnections))
    }

    /// The app behind the demo key, made once.
    private static func allowDemo(_ keys: KeyRing, _ store: any Store, _ time: HostClock) async throws {
        let app = try await demoApp(store, time)
        keys.allowDemo(app: app.id, named: app.name)
    }

    private static func demoApp(_ store: any Store, _ time: HostClock) async throws -> App {
        if let id = try await store.fact("demo_app").flatMap({ AppID($0) }) {
            return try await store.app(id) ?? App(id: id, name: "demo", isEnabled: true, createdAt: time.now)
        }
        let names = Set(try await store.apps().map(\.name))
        let name = ["demo", "demo key"].first { !names.contains($0) }
        let id = AppID(at: time.now, from: SystemRandom())
        let app = App(id: id, name: name ?? "demo \(id)", isEnabled: true, createdAt: time.now)
        try await store.insert(app)
        try await store.setFact("demo_app", app.id.text)
        return app
    }

    /// Begins to stop in order, as a signal does; ``run(stopOn:reloadOn:onListening:)`` returns when it is done.
    package func stop() async {
        let group = stopper.group.withLock { $0 }
        await group?.triggerGracefulShutdown()
    }

    /// Runs until a signal or cancellation, then stops in order: no new payments, what is under way finishes, the store
    /// closes.
    ///
    /// - Parameters:
    ///   - signals: The signals that mean stopping.
    ///   - reloads: The signals that mean reading the configuration's file and its secrets at once.
    ///   - onListening: Called with the ports really bound.
    /// - Throws: What ended the router otherwise than by stopping.
    package func run(
        stopOn signals: [UnixSignal] = [], reloadOn reloads: [UnixSignal] = [],
        onListening: @escaping @Sendable (ListeningPorts) async -> Void
    ) async throws {
        let listening = Listening(onListening)
        let place = AdminListener(
            host: LinkAddress.bare(options.adminHost), port: options.adminPort, nextTo: options.port,
            givesWay: options.isSandbox)
        let adminServer = HTTPServer(
            .tcp(host: place.host, port: place.port), dispatcher: admin, time: time, random: SystemRandom(),
            door: Door(
                limits: .init(total: budget.controlConnections, perAddress: budget.controlConnections),
                politeRefusals: 0, proxies: [], observer: telemetry),
            option: .adminPort, onListening: { await listening.admin($0) })
        let server = HTTPServer(
            .tcp(host: LinkAddress.bare(options.host), port: options.port), dispatcher: dispatcher, time: time,
            random: SystemRandom(), door: door,
            onListening: { await listening.router($0) })
        let socket = ControlSocket(folder: options.dataPath).path
        unlink(socket)
        // Held until the router ends: the server listens by this name.
        let name = ControlSocket(path: socket).address()
        defer { withExtendedLifetime(name) {} }
        let controlServer = HTTPServer(
            .unix(path: name.text), dispatcher: control, time: time, random: SystemRandom(),
            door: Door(
                limits: .init(total: budget.controlConnections, perAddress: budget.controlConnections),
                politeRefusals: 0, proxies: [], observer: telemetry),
            onListening: { _ in
                chmod(socket, 0o600)
                await listening.control()
            })
        let stopping = Stopping(seconds: options.drainSeconds)
        var services: [any Service] = [sandbox].compactMap { $0 }
        services += [
            WebhookService(sender: sender), MessageService(people: people),
            ConfigurationService(desk: configuration, time: time, signals: reloads),
            MemoryTrimming(time: time, work: { [engine] in engine.activeWork + engine.ordersBeingAccepted }),
            MetadataService(indexer: MetadataIndexer(store: store, time: time, observer: telemetry)),
            SnapshotService(folder: SnapshotFolder(store: store, time: time, observer: telemetry)),
            EngineService(engine: engine, stopping: stopping), controlServer, adminServer,
            server,
            AdmissionStop(engine: engine, door: door, stopping: stopping),
        ]
        var quiet = Logger(label: "services")
        quiet.logLevel = .error
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: signals, logger: quiet)
        // Whatever hangs does not keep the router from ending.
        configuration.maximumGracefulShutdownDuration = .seconds(options.drainSeconds + 5)
        let group = ServiceGroup(configuration: configuration)
        stopper.group.withLock { $0 = group }
        let result: Result<Void, any Error>
        do {
            try await group.run()
            result = .success(())
        } catch { result = .failure(error) }
        unlink(socket)
        await messages.shutdown(grace: .seconds(1))
        await transport.shutdown(grace: .seconds(1))
        await store.close()
        try result.get()
    }
}

/// The running services, for stopping without a signal.
private final class Stopper: Sendable {
    let group = Mutex<ServiceGroup?>(nil)
}

/// Delivers webhooks until stopping; what is under way ends first.
struct WebhookService: Service {
    let sender: WebhookSender

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await sender.run() }
            try? await gracefulShutdown()
            group.cancelAll()
        }
    }
}
