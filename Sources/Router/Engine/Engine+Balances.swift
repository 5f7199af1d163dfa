/// Our money at operators.
extension Engine {
    /// How long a balance is taken for the present one, in seconds.
    private static let balanceSeconds: Int64 = 10
    /// How long one order waits for balances in all, in milliseconds: what is not known by then is not known.
    private static let orderPatience: Int64 = 200
    /// How long a person who asks an operator's own questions waits, in milliseconds.
    private static let personPatience: Int64 = 5_000

    /// Asks every provider that an app may use and that tells balances, all at once, unless it was asked a moment ago.
    ///
    /// - Returns: Why some could not be asked, or have not answered yet, by provider.
    package func refreshBalances(_ environment: Environment, app: AppID) async -> [ProviderID: String] {
        let tellers = providers.values.filter { runtime in
            runtime.environment == environment && runtime.provider is any Balancing
                && (runtime.apps.isEmpty || runtime.apps.contains(app))
        }
        let until = time.now.adding(milliseconds: Self.personPatience)
        await awaitBalances(tellers.filter { isBalanceOld($0) }.map(\.id), until: until)
        return tellers.reduce(into: [:]) { failures, runtime in
            if balanceQuestions.askedAt(runtime.id) != nil {
                failures[runtime.id] = "it has not answered yet"
            } else if let failure = balanceQuestions.failure(of: runtime.id) {
                failures[runtime.id] = failure
            }
        }
    }

    /// Learns what can be learnt of our money where a payout may go, without keeping it waiting.
    ///
    /// Only the providers it would go to are asked, all at once. An answer is waited for only where what is known does not
    /// cover the payout, no longer than a fifth of a second after the question began, and not where the last question was
    /// not answered: an operator that hangs costs the first payouts that concern it a fifth of a second, and others nothing.
    func learnBalances(for command: CreateCommand) async {
        // Weights may draw another order of the same providers for the payout itself.
        let id = OrderID(command.kind, at: time.now, from: random)
        let until = time.now.adding(milliseconds: Self.orderPatience)
        while true {
            let now = time.now
            let decision = explain(command.request, id: id, app: command.app, environment: command.environment, at: now)
            var worthWaiting: Set<ProviderID> = []
            for verdict in decision.verdicts where verdict.needsBalance {
                guard let runtime = providers[verdict.provider], runtime.provider is any Balancing else { continue }
                if isBalanceOld(runtime) { askForBalance(runtime) }
                let facts = runtime.facts(at: now, for: .payout)
                guard facts.coverage(of: command.request.amount, on: verdict.channel) != .enough,
                    balanceQuestions.failure(of: runtime.id) == nil,
                    let asked = balanceQuestions.askedAt(runtime.id),
                    now < asked.adding(milliseconds: Self.orderPatience)
                else { continue }
                worthWaiting.insert(runtime.id)
            }
            guard !worthWaiting.isEmpty, now < until else { return }
            await awaitBalances(Array(worthWaiting), until: until)
        }
    }

    /// Why our money at a provider may not be known; `nil` if its operator never tells.
    private func balanceDoubt(_ runtime: ProviderRuntime) -> String? {
        guard runtime.provider is any Balancing else { return nil }
        if let failure = balanceQuestions.failure(of: runtime.id) { return failure }
        return balanceQuestions.askedAt(runtime.id) == nil ? "it has not been asked" : "it has not answered yet"
    }

    /// That nobody knows whether our money at a provider covers a payout; `nil` if that is known, or not asked.
    func balanceNote(of amount: Money, _ facts: ProviderFacts, _ runtime: ProviderRuntime) -> String? {
        guard facts.coverage(of: amount, on: nil) == .unknown, let doubt = balanceDoubt(runtime) else { return nil }
        return "its balance is not known (\(doubt)); that alone keeps no payout away"
    }

    private func isBalanceOld(_ runtime: ProviderRuntime) -> Bool {
        let now = time.now
        return !runtime.balances.contains { now < $0.at.adding(seconds: Self.balanceSeconds) }
    }

    /// Asks for balances and waits for the answers until a moment; later ones are learnt all the same.
    private func awaitBalances(_ ids: [ProviderID], until: Moment) async {
        for runtime in ids.sorted().compactMap({ providers[$0] }) { askForBalance(runtime) }
        _ = await Gathering.gather(
            ids.sorted().map { id in (id, { await self.balanceQuestions.wait(for: id) }) }, until: until, time, spawner)
    }

    /// Asks a provider for its balances, in a task of its own, unless it is being asked or did not answer lately.
    private func askForBalance(_ runtime: ProviderRuntime) {
        let asked = time.now
        guard let provider = runtime.provider as? any Balancing, balanceQuestions.begin(runtime.id, at: asked) else {
            return
        }
        spawner.spawn {
            let finding = await provider.balances(asking: self.wire(runtime, nil, "balance"))
            self.learn(finding, of: runtime, askedAt: asked)
            var failure: String?
            if case .couldNotAnswer(let why) = finding { failure = why }
            self.balanceQuestions.end(runtime.id, failure: failure, at: self.time.now)
        }
    }

    /// Asks the providers that serve a channel whether a number is their customer, all at once.
    ///
    /// - Returns: Each provider's answer; empty if none can be asked.
    package func party(
        _ phone: MSISDN, channel: Channel?, environment: Environment
    ) async -> [(provider: ProviderID, channel: Channel, finding: PartyFinding)] {
        typealias Asked = (provider: ProviderID, channel: Channel, ask: @Sendable () async -> PartyFinding)
        var asked: [Asked] = []
        for runtime in providers.values.sorted(by: { $0.id < $1.id }) where runtime.environment == environment {
            guard let provider = runtime.provider as? any LookingUpParties else { continue }
            let served = runtime.manifest.channels
            guard let wanted = channel.map({ served.contains($0) ? $0 : nil }) ?? served.first else { continue }
            let countries = runtime.manifest.phoneCountries
            guard countries.isEmpty || countries.contains(phone.countryCode) else { continue }
            asked.append(
                (
                    runtime.id, wanted,
                    {
                        guard runtime.beginLookUp() else {
                            return .couldNotAnswer("too many look-ups wait for this operator; try again in a moment")
                        }
                        defer { runtime.endLookUp() }
                        return await provider.party(phone, on: wanted, asking: self.wire(runtime, nil, "party"))
                    }
                ))
        }
        let findings = await Gathering.gather(
            asked.map { ($0.provider, $0.ask) }, until: time.now.adding(milliseconds: Self.personPatience), time,
            spawner)
        return asked.map { asked in
            (asked.provider, asked.channel, findings[asked.provider] ?? .couldNotAnswer("it has not answered in time"))
        }
    }
}
