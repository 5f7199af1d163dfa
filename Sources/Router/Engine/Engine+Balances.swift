/// Our money at operators.
extension Engine {
    /// How long a balance is taken for the present one, in seconds.
    private static let balanceSeconds: Int64 = 10
    /// How long one order waits for balances in all, in milliseconds: what is not known by then is not known.
    private static let orderPatience: Int64 = 200
    /// How long a person who asks an operator's own questions waits, in milliseconds.
    private static let personPatience: Int64 = 5_000

    /// Asks every provider of an environment that tells balances, all at once, unless it was asked a moment ago.
    ///
    /// - Returns: Why some could not be asked, or have not answered yet, by provider.
    package func refreshBalances(_ environment: Environment) async -> [ProviderID: String] {
        let tellers = providers.values.filter { $0.environment == environment && $0.provider is any Balancing }
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

    /// Where a payout may go, by what can be learnt of our money there without keeping it waiting.
    ///
    /// Only the providers it would go to are asked, all at once, and those that were asked a moment ago and do not answer are
    /// not waited for: an operator that hangs costs the first payout that concerns it a fifth of a second, and others nothing.
    func decidePayout(_ command: CreateCommand, id: OrderID, at now: Moment) async -> RouteDecision {
        let until = now.adding(milliseconds: Self.orderPatience)
        while true {
            let decision = explain(
                command.request, id: id, app: command.app, environment: command.environment, at: time.now)
            let concerned = Set(decision.verdicts.filter { $0.objections.isEmpty && $0.isHealthy }.map(\.provider))
                .compactMap { providers[$0] }.filter { $0.provider is any Balancing }
            for runtime in concerned where isBalanceOld(runtime) { askForBalance(runtime) }
            let unknown = concerned.filter { !$0.balances.contains { $0.isFresh(at: time.now) } }.map(\.id)
            let worthWaiting = unknown.filter { id in
                balanceQuestions.askedAt(id).map { time.now < $0.adding(milliseconds: Self.orderPatience) } ?? false
            }
            guard !worthWaiting.isEmpty, time.now < until else { return decision }
            await awaitBalances(worthWaiting, until: until)
        }
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
                    { await provider.party(phone, on: wanted, asking: self.wire(runtime, nil, "party")) }
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
