/// Our money at operators.
final class BalanceInquiry: EnginePart {
    let context: EngineContext
    private let planner: RoutePlanner
    private let questions: BalanceQuestions

    /// How long a balance is taken for the present one, in seconds.
    private static let balanceSeconds: Int64 = 10
    /// How long one order waits for balances in all, in milliseconds: what is not known by then is not known.
    private static let orderPatience: Int64 = 200

    init(_ context: EngineContext, _ planner: RoutePlanner, _ questions: BalanceQuestions) {
        self.context = context
        self.planner = planner
        self.questions = questions
    }

    /// Asks every provider that an app may use and that tells balances, all at once, unless it was asked a moment ago.
    ///
    /// - Returns: Why some could not be asked, or have not answered yet, by provider.
    func refresh(_ environment: PayEnvironment, app: AppID) async -> [ProviderID: String] {
        let tellers = providers.all.values.filter { runtime in
            runtime.environment == environment && runtime.provider is any BalanceReporting
                && (runtime.apps.isEmpty || runtime.apps.contains(app))
        }
        let until = time.now.adding(milliseconds: AccountLookup.personPatience)
        await awaitBalances(tellers.filter { isOld($0) }.map(\.id), until: until)
        return tellers.reduce(into: [:]) { failures, runtime in
            if questions.askedAt(runtime.id) != nil {
                failures[runtime.id] = "it has not answered yet"
            } else if let failure = questions.failure(of: runtime.id) {
                failures[runtime.id] = failure
            }
        }
    }

    /// Learns what can be learnt of our money where a payout may go, without keeping it waiting.
    ///
    /// Only the providers it would go to are asked, all at once. An answer is waited for only where what is known does not
    /// cover the payout, no longer than a fifth of a second after the question began, and not where the last question was
    /// not answered: an operator that hangs costs the first payouts that concern it a fifth of a second, and others nothing.
    func learn(for command: Engine.CreateCommand) async {
        guard command.kind == .payout, !context.transport.isExhausted else { return }
        // Weights may draw another order of the same providers for the payout itself.
        let id = OrderID(command.kind, at: time.now, from: random)
        let until = time.now.adding(milliseconds: Self.orderPatience)
        while true {
            let now = time.now
            let decision = planner.explain(
                command.request, id: id, app: command.app, environment: command.environment, at: now)
            var worthWaiting: Set<ProviderID> = []
            for verdict in decision.verdicts where verdict.needsBalance {
                guard let runtime = providers[verdict.provider], runtime.provider is any BalanceReporting else {
                    continue
                }
                if isOld(runtime) { ask(runtime) }
                let facts = runtime.facts(at: now, for: .payout)
                guard facts.coverage(of: command.request.amount, on: verdict.channel) != .enough,
                    questions.failure(of: runtime.id) == nil, let asked = questions.askedAt(runtime.id),
                    now < asked.adding(milliseconds: Self.orderPatience)
                else { continue }
                worthWaiting.insert(runtime.id)
            }
            guard !worthWaiting.isEmpty, now < until else { return }
            await awaitBalances(Array(worthWaiting), until: until)
        }
    }

    private func isOld(_ runtime: ProviderRuntime) -> Bool {
        let now = time.now
        return !runtime.balances.contains { now < $0.at.adding(seconds: Self.balanceSeconds) }
    }

    /// Asks for balances and waits for the answers until a moment; later ones are learnt all the same.
    private func awaitBalances(_ ids: [ProviderID], until: Moment) async {
        for runtime in ids.sorted().compactMap({ providers[$0] }) { ask(runtime) }
        _ = await Gathering.gather(
            ids.sorted().map { id in (id, { await self.questions.wait(for: id) }) }, until: until, time, spawner)
    }

    /// Asks a provider for its balances, in a task of its own, unless it is being asked or did not answer lately.
    private func ask(_ runtime: ProviderRuntime) {
        let asked = time.now
        guard let provider = runtime.provider as? any BalanceReporting, questions.begin(runtime.id, at: asked) else {
            return
        }
        spawner.spawn {
            let finding = await provider.balances(asking: self.wire(runtime, nil, "balance"))
            runtime.learn(finding, askedAt: asked, at: self.time.now)
            var failure: String?
            if case .couldNotAnswer(let why) = finding { failure = why }
            self.questions.end(runtime.id, failure: failure, at: self.time.now)
        }
    }
}

extension BalanceQuestions {
    /// That nobody knows whether our money at a provider covers a payout; `nil` if that is known, or not asked.
    func note(of amount: Money, _ facts: ProviderFacts, _ runtime: ProviderRuntime) -> RouteNote? {
        guard facts.coverage(of: amount, on: nil) == .unknown, let doubt = doubt(runtime) else { return nil }
        return .balanceUnknown(doubt)
    }

    /// Why our money at a provider may not be known; `nil` if its operator never tells.
    private func doubt(_ runtime: ProviderRuntime) -> BalanceDoubt? {
        guard runtime.provider is any BalanceReporting else { return nil }
        if let failure = failure(of: runtime.id) { return .failed(failure) }
        return askedAt(runtime.id) == nil ? .notAsked : .notAnsweredYet
    }
}
