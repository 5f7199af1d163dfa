import Router
import RouterTestKit
import Synchronization

/// One seeded life of a router: payments, faults, crashes, then quiet.
///
/// The engine is the real one.
final class Simulation: Sendable {
    let world: World
    let operators: [SimulatedOperator]
    let auditor: Auditor
    private let seed: UInt64
    private let process = Mutex<Process?>(nil)
    private let durable: Mutex<MemoryStore.Snapshot>
    let clients: Mutex<[Client]>
    let refunders: Mutex<[Refunder]>
    private let crashes = Mutex(0)
    /// Calls of operators, and those that were answered or given up.
    let calls = Mutex(0)
    let answers = Mutex<Set<Int>>([])
    /// Notifications that nobody has acknowledged yet.
    let unheard = Mutex(0)
    /// Whether its machine is often without room, for longer than its payments may take.
    private var lacksRoom: Bool { seed % 4 == 1 }
    let app: AppID
    let wallets: [WalletID]
    let senders: Mutex<[Sender]>
    let holders: [Holder]
    let agreements: Mutex<[Agreement]>
    let link: Mutex<Link>
    let menuPayers: [MenuPayer]
    let people: People
    private let mistake: Mistake?
    /// The most money that may be in doubt at each operator, where there is a limit.
    private let exposureLimits: [Int64?]

    /// One incarnation of the router.
    private struct Process: Sendable {
        var executor: JobQueue
        var store: MemoryStore
        var engine: Engine?
        /// Whether a provider is missing from its configuration.
        var lacksProvider = false
        /// Whether a provider's id means another account, which knows nothing of the first one's orders.
        var hasOther = false
    }

    static let payments = 6
    static let payouts = 2
    /// Faults happen in this time.
    static let stormMilliseconds: Int64 = 90_000
    /// After that everything must end within this time.
    static let quietMilliseconds: Int64 = 3_600_000

    /// - Parameters:
    ///   - seed: Chooses everything.
    ///   - ignoredLocks: A planted mistake: orders of these kinds are let in whoever holds their lock.
    ///   - mistake: Another planted mistake.
    ///   - ledgerIsWatchful: Whether the store looks at funds although a mistake says that it does not.
    init(
        seed: UInt64, ignoringLocksOf ignoredLocks: Set<OrderKind> = [], mistake: Mistake? = nil,
        ledgerIsWatchful: Bool = false
    ) {
        self.seed = seed
        self.mistake = mistake
        let world = World(seed: seed)
        self.world = world
        let app = AppID(at: world.now, from: WorldRandom(world: world))
        let purses = Self.purses(of: app, world)
        wallets = purses.map(\.id)
        let holders = Self.holders(of: app, world)
        let bills = Self.bills(for: holders[1], app, world)
        self.holders = holders
        let linked = Self.linkedApp(app, holders[1], world)
        link = Mutex(Link(wallet: linked.wallet))
        durable = Mutex(
            MemoryStore(
                wallets: purses + holders.map(\.purse),
                ignoresFunds: mistake?.ignoresFunds == true && !ledgerIsWatchful,
                holdSeconds: mistake == .holdEndsByTime ? 20 : nil, ignoringLocksOf: ignoredLocks,
                holders: holders.map { ($0.account, $0.wallet) }, bills: bills, apps: [linked],
                keepsCodes: mistake == .codesWorkTwice,
                ignoresBills: mistake == .billsArePaidTwice
            ).snapshot())
        let contracts = world.roll { dice in (Self.contract(&dice), Self.contract(&dice), Self.contract(&dice)) }
        operators = [
            SimulatedOperator(id: "first", contract: contracts.0, world: world),
            SimulatedOperator(id: "second", contract: contracts.1, world: world),
            SimulatedOperator(id: "third", contract: contracts.2, world: world),
            SimulatedOperator(id: "other", contract: contracts.1, world: world),
        ]
        auditor = Auditor()
        exposureLimits = world.roll { dice in (0..<2).map { _ in dice.chance(0.3) ? Int64(1_500) : nil } }
        auditor.limit(Dictionary(uniqueKeysWithValues: zip(["first", "second"], exposureLimits)))
        people = People(
            world: world, operators: operators, auditor: auditor, takesOneForTwo: mistake == .onePersonIsTwo)
        self.app = app
        let wallets = wallets
        clients = Mutex(
            world.roll { dice in
                let first = (0..<Self.payments + Self.payouts).map {
                    let amount = Int64(100 + dice.below(900))
                    return Client(
                        key: "client-key-number-\($0)", kind: $0 < Self.payments ? .payment : .payout, amount: amount,
                        reference: "order-\($0)", shop: $0 < Self.payments ? Self.shop(amount, &dice) : nil)
                }
                return first + Self.repeaters(of: first, &dice) + Self.owners(of: wallets, &dice)
                    + Self.payers(of: bills, holders, &dice)
            })
        senders = Mutex(world.roll { dice in Self.senders(wallets, &dice) })
        agreements = Mutex(world.roll { dice in Self.agreements(holders, bills, &dice) })
        menuPayers = world.roll { dice in Self.menuPayers(of: bills, &dice) }
        let asking = clients.withLock { $0 }
        refunders = Mutex(
            world.roll { dice in
                (0..<Self.payments).flatMap { client in
                    (0..<dice.below(4)).map { number in
                        Refunder(
                            key: "refund-key-number-\(client)-\(number)", client: client,
                            amount: dice.chance(0.3) ? nil : Int64(30 + dice.below(500)))
                    }
                } + Self.refunders(of: asking, &dice)
            })
    }

    /// A contract drawn by the seed, short enough that a storm shows everything.
    private static func contract(_ dice: inout Dice) -> ProviderContract {
        let hasKey = dice.chance(0.5)
        return ProviderContract(
            key: hasKey ? .replays : .none, keyWindowSeconds: hasKey ? 86_400 : 0, check: .byOurReference,
            absenceIsAuthoritative: dice.chance(0.5), visibilityLagSeconds: 2, maximumServerLifeSeconds: 30,
            absenceSpanSeconds: 10, promptLifetimeSeconds: 30, failureQuarantineSeconds: 0,
            authenticationPrecedesExecution: false, throttlingPrecedesExecution: true,
            resendPromptsPayerAgain: dice.chance(0.3), callback: dice.chance(0.5) ? .signed : .none,
            checksPerSecond: 10,
            checkLadder: CheckLadder(
                stepsMilliseconds: [1_000, 2_000, 4_000, 8_000, 15_000, 30_000], thenEveryMilliseconds: 60_000),
            reviewAfterSeconds: 300)
    }

    /// Lives through the storm and the quiet after it, and audits.
    func run() -> Outcome {
        let start = world.now
        for index in clients.withLock(\.indices) {
            let wait = world.roll { $0.milliseconds(0...30_000) }
            world.after(wait) { [self] in ask(index) }
        }
        for index in refunders.withLock(\.indices) {
            let wait = world.roll { $0.milliseconds(1_000...60_000) }
            world.after(wait) { [self] in askBack(index) }
        }
        for index in senders.withLock(\.indices) {
            let wait = world.roll { $0.milliseconds(2_000...50_000) }
            world.after(wait) { [self] in send(index) }
        }
        for index in agreements.withLock(\.indices) {
            let wait = world.roll { $0.milliseconds(10_000...60_000) }
            world.after(wait) { [self] in agree(index) }
        }
        deleteBills()
        unlink()
        dialMenus()
        for each in operators { each.onCallback { [self] in callBack(each.id, $0) } }
        boot()
        visitPeople()
        visitPages()
        let plannedCrashes = world.roll { $0.below(3) }
        for _ in 0..<plannedCrashes {
            world.after(world.roll { $0.milliseconds(500...60_000) }) { [self] in crash("by chance") }
        }
        live(until: start.adding(milliseconds: Self.stormMilliseconds))
        world.endFaults()
        // Whoever took a provider out, or gave its id to another account, names it again: its orders go on.
        if process.withLock({ $0?.lacksProvider == true || $0?.hasOther == true }) {
            crash("a provider is named again")
        }
        live(until: start.adding(milliseconds: Self.stormMilliseconds + Self.quietMilliseconds), stopWhenQuiet: true)
        return finish()
    }

    /// Runs jobs in an order the seed decides; when none is left, time moves on.
    private func live(until horizon: Moment, stopWhenQuiet: Bool = false) {
        var steps = 0
        while true {
            if let executor = process.withLock({ $0?.executor }),
                executor.runOne(pick: { count in world.roll { $0.below(count) } })
            {
                continue
            }
            steps += 1
            if stopWhenQuiet, steps.isMultiple(of: 50), isQuiet { return }
            guard world.advance(horizon: horizon) else { return }
        }
    }

    private var isQuiet: Bool {
        guard clients.withLock({ $0.allSatisfy(\.isAnswered) }), refunders.withLock({ $0.allSatisfy(\.isAnswered) }),
            senders.withLock({ $0.allSatisfy(\.isAnswered) }),
            agreements.withLock({ $0.allSatisfy(\.isAnswered) }),
            let store = process.withLock({ $0?.store })
        else {
            return false
        }
        let snapshot = store.snapshot()
        return auditor.waiting(snapshot).isEmpty && unheard.withLock { $0 == 0 }
            && snapshot.aggregates.allSatisfy { $0.order.outcome.isFinal && $0.order.review == nil }
    }

    // MARK: The process

    private func boot() {
        let executor = JobQueue()
        let store = MemoryStore(from: durable.withLock { $0 }) { [self] step in await fate(of: step, executor) }
        let lacksProvider = world.fault(0.15)
        let hasOther = !lacksProvider && world.fault(0.15)
        if lacksProvider { auditor.reach("a provider is missing") }
        if hasOther { auditor.reach("an id means another account") }
        process.withLock {
            $0 = Process(
                executor: executor, store: store, engine: nil, lacksProvider: lacksProvider, hasOther: hasOther)
        }
        let parts = parts(store, executor, lacksProvider: lacksProvider, hasOther: hasOther)
        Task(executorPreference: executor) { [self] in
            do {
                let engine = try await Engine.start(parts)
                process.withLock { if $0?.executor === executor { $0?.engine = engine } }
                await engine.run()
            } catch {
                crash("could not start: \(error)")
            }
        }
    }

    private func parts(
        _ store: MemoryStore, _ executor: JobQueue, lacksProvider: Bool, hasOther: Bool
    ) -> Engine.Parts {
        let wire = SimulatedWire(
            world: world, operators: operators, hidesExhaustion: mistake == .exhaustedIsFinal,
            lackOfRoom: lacksRoom ? 0.3 : 0.02,
            onSend: { [self] reference in auditor.sent(reference, durable: store.snapshot()) },
            onRoom: { [self] reference, hasFound in auditor.foundRoom(reference, hasFound) })
        let limits = exposureLimits + [nil]
        let present = zip(operators, limits).filter { !lacksProvider || $0.0.id != "second" }
        let runtimes = present.map { each, limit in
            var contract = each.contract
            if mistake == .trusts401 { contract.authenticationPrecedesExecution = true }
            let isOther = hasOther && each.id == "second"
            return ProviderRuntime(
                id: each.id, environment: .sandbox,
                provider: SimulatedProvider(
                    id: each.id, contract: contract, greets: !seed.isMultiple(of: 3), host: isOther ? "other" : nil,
                    account: isOther ? "other" : nil, hasPages: seed.isMultiple(of: 2),
                    takesWishForEnd: mistake == .takesWishForEnd),
                exposureLimits: mistake == .noExposureLimit ? [:] : limit.map { ["XOF": $0] } ?? [:],
                isRetired: isOther)
        }
        let key = MasterKey(bytes: Array(repeating: 7, count: 32)) ?? MasterKey.random().key
        let routing = RoutingTable(
            rules: [],
            otherwise: RouteUse(
                strategy: .priority,
                members: ["first", "second", "third", "purse"].map { RouteUse.Member(provider: $0) }))
        let purse = ProviderRuntime(id: "purse", environment: .sandbox, provider: LedgerExecutingProvider())
        var parts = Engine.Parts(
            store: store, transport: wire, time: WorldTime(world: world), random: WorldRandom(world: world),
            spawner: executor, observer: auditor, providers: runtimes + [purse], routing: routing,
            payoutRouting: routing, settings: EngineSettings(publicURL: "http://127.0.0.1"),
            dataKeys: .derived(from: key))
        if let rules = mistake?.transferRules { parts.transferRules = rules }
        if mistake == .linkOutlives { parts.links = link.withLock { LastingLink(wallet: $0.wallet) } }
        return parts
    }

    /// Every access to the store may be slow, fail, or be the last thing its process did.
    private func fate(of step: MemoryStore.Step, _ executor: JobQueue) async -> MemoryStore.StepFate {
        let wait = world.roll { $0.milliseconds(0...5) }
        await withUnsafeContinuation { continuation in world.after(wait) { continuation.resume() } }
        guard world.faultsOn else { return .proceed }
        let roll = world.roll { $0.below(1_000) }
        switch roll {
        case 0...3 where step.isWrite:
            world.after(0) { [self] in crash("before \(step)", of: executor) }
            return .hangBefore
        case 4...7 where step.isWrite:
            world.after(0) { [self] in crash("after \(step)", of: executor) }
            return .hangAfter
        case 8...12: return .fail(StoreFailure(.diskFull))
        default: return .proceed
        }
    }

    private func crash(_ cause: String, of executor: JobQueue? = nil) {
        let crashed = process.withLock { process -> Process? in
            guard let present = process, executor == nil || present.executor === executor else { return nil }
            process = nil
            return present
        }
        guard let crashed else { return }
        crashed.executor.stop()
        durable.withLock { $0 = crashed.store.snapshot() }
        auditor.inspect(crashed.store.snapshot())
        crashed.store.empty()
        crashes.withLock { $0 += 1 }
        world.log("crash \(cause)")
        world.after(world.roll { $0.milliseconds(10...20_000) }) { [self] in boot() }
    }

    // MARK: Those outside

    /// The engine of this moment, if one is up.
    var running: (JobQueue, Engine)? {
        process.withLock { process in process.flatMap { process in process.engine.map { (process.executor, $0) } } }
    }

    /// What is durable at this moment.
    var durableNow: MemoryStore.Snapshot {
        process.withLock { $0?.store.snapshot() } ?? durable.withLock { $0 }
    }

    /// A client asks, and asks again with the same key until it has an answer.
    func ask(_ index: Int) {
        guard !clients.withLock({ $0[index].isAnswered }) else { return }
        world.after(12_000) { [self] in ask(index) }
        guard let (executor, engine) = running else { return }
        let client = clients.withLock { $0[index] }
        var request = OrderRequest(
            amount: Money(client.amount, .xof), channels: [client.wallet == nil ? "phone" : "wallet"],
            reference: client.reference)
        (request.wallet, request.account) = (client.wallet, client.account.map { .wallet($0) })
        request.repeatOf = client.names
        request.bill = client.bill
        // Some payments end while their page is open.
        if client.kind == .payment {
            request.expiresInSeconds = lacksRoom || client.amount.isMultiple(of: 3) ? 40 : 300
        }
        if client.shop != nil { (request.needsAcceptance, request.expiresInSeconds) = (true, 120) }
        let command = Engine.CreateCommand(
            kind: client.kind, app: app, environment: .sandbox, request: request,
            idempotencyKey: client.key, fingerprint: [UInt8(index)],
            requestID: RequestID(at: world.now, from: WorldRandom(world: world)), respondsAsync: false)
        Task(executorPreference: executor) { [self] in
            switch await engine.create(command) {
            case .done(let aggregate, _), .replayed(let aggregate, _):
                clients.withLock { clients in
                    clients[index].answers.insert(aggregate.order.id)
                    clients[index].isAnswered = true
                }
                world.after(client.shop?.takes ?? 0) { self.accept(index) }
            case .possibleDuplicate(let holder, let isRepeatable):
                keptOut(index, by: holder, isRepeatable: isRepeatable)
            case .wrongRepeat, .tooManyAlike: clients.withLock { $0[index].isAnswered = true }
            case .ledgerRefused:
                auditor.reach("more than a wallet has")
                clients.withLock { $0[index].isAnswered = true }
            case .billRefused:
                auditor.reach("a bill is another one's")
                clients.withLock { $0[index].isAnswered = true }
            default: break
            }
        }
    }

    private func finish() -> Outcome {
        let last = process.withLock { $0?.store.snapshot() } ?? durable.withLock { $0 }
        process.withLock { $0 }?.executor.stop()
        auditor.inspect(last)
        for finding in last.verification.findings { auditor.violation("books: \(finding)") }
        auditor.judgeSnapshots(last)
        auditor.judge(last, operators: operators, clients: clients.withLock { $0 })
        auditor.judge(last, refunders: refunders.withLock { $0 })
        auditor.judge(last, senders: senders.withLock { $0 }, operators: operators)
        auditor.judge(last, menuPayers: menuPayers, operators: operators)
        let link = link.withLock { $0 }
        auditor.judge(last, link)
        auditor.judge(
            last, holders: holders, agreements: agreements.withLock { $0 }, operators: operators, link: link)
        let outcome = Outcome(
            violations: auditor.violations, trace: world.trace, crashes: crashes.withLock { $0 },
            reached: auditor.reached)
        // What waits in this world holds it, and it holds what waits: two thousand of them would not fit.
        world.timeline.end()
        process.withLock { $0 }?.store.empty()
        durable.withLock { $0 = MemoryStore().snapshot() }
        return outcome
    }
}
