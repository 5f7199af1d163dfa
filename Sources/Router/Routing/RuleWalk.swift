/// How a decision goes through its rules.
enum RuleWalk {
    /// One after the other, each with why it does not hold.
    case each([RouteRule])
    /// Only those that hold, found by their compiled form.
    case holding(CompiledRules)

    /// Decides as ``RoutingTable/decide(_:providers:)`` says.
    func decide(_ facts: RouteFacts, providers: (ProviderID) -> ProviderFacts?) -> RouteDecision {
        let decision = decide(facts, byPrefix: true, providers)
        guard !decision.rules.contains(where: \.decided), facts.operation != .payout,
            let hint = facts.phoneOperator, !hint.isCertain
        else { return decision }
        let second = decide(facts, byPrefix: false, providers)
        return second.rules.contains(where: \.decided) ? second : decision
    }

    private func decide(
        _ facts: RouteFacts, byPrefix: Bool, _ providers: (ProviderID) -> ProviderFacts?
    ) -> RouteDecision {
        var decision = RouteDecision(rules: [], verdicts: [], plan: [])
        switch self {
        case .each(let rules):
            var isDecided = false
            for rule in rules {
                let objections = isDecided ? [.earlierRuleDecided] : rule.when.flatMap { $0.objections(to: facts) }
                if objections.isEmpty {
                    isDecided = ask(rule, facts, byPrefix, providers, &decision)
                } else {
                    decision.rules.append(.init(name: rule.name, objections: objections, decided: false))
                }
            }
        case .holding(let compiled):
            var place = compiled.first(for: facts)
            while let found = place, !ask(compiled.rules[found], facts, byPrefix, providers, &decision) {
                place = compiled.first(for: facts, from: found + 1)
            }
            decision.rulesLeftOut = compiled.rules.count - decision.rules.count
        }
        return decision
    }

    /// Has a rule that holds decide, if it can.
    ///
    /// - Returns: Whether it did.
    private func ask(
        _ rule: RouteRule, _ facts: RouteFacts, _ byPrefix: Bool, _ providers: (ProviderID) -> ProviderFacts?,
        _ decision: inout RouteDecision
    ) -> Bool {
        var members = rule.use.ordered(for: facts.order).map { ($0.provider, providers($0.provider)) }
        var verdicts = members.map { verdict($0, rule.name, facts, $1, byPrefix: byPrefix) }
        if rule.use.strategy == .cheapest { putCheapestFirst(&members, &verdicts, facts) }
        let isDecided = verdicts.contains { verdict in
            verdict.objections.isEmpty && verdict.heldBack == nil && verdict.pause?.isDraining != true
        }
        if isDecided {
            holdBack(&verdicts, members.map(\.1), facts)
        } else {
            for index in verdicts.indices {
                verdicts[index].objections += [verdicts[index].heldBack].compactMap(\.self)
                verdicts[index].heldBack = nil
            }
        }
        decision.verdicts += verdicts
        let why: [RouteObjection] = isDecided ? [] : [.noneEligible]
        decision.rules.append(.init(name: rule.name, objections: why, decided: isDecided))
        decision.plan = verdicts.compactMap { verdict in
            guard verdict.kept, let channel = verdict.channel else { return nil }
            return Candidate(provider: verdict.provider, channel: channel)
        }
        return isDecided
    }

    /// Orders providers by what their operators take of the amount on the channel that each would serve it on.
    private func putCheapestFirst(
        _ members: inout [(ProviderID, ProviderFacts?)], _ verdicts: inout [RouteDecision.CandidateVerdict],
        _ facts: RouteFacts
    ) {
        for (index, member) in members.enumerated() {
            verdicts[index].fee = verdicts[index].channel.flatMap { member.1?.fees.fee(of: facts.amount, on: $0) }
        }
        let inputs = verdicts.enumerated().map { index, verdict in
            RankingInput(
                provider: verdict.provider, channel: verdict.channel ?? "", position: index,
                fee: verdict.fee?.minorUnits)
        }
        let subject = RankingSubject(amount: facts.amount.minorUnits, payment: facts.order.text)
        let order = Ranking(.cheapest).rank(inputs, for: subject).map(\.input.position)
        (members, verdicts) = (order.map { members[$0] }, order.map { verdicts[$0] })
    }

    /// Leaves the wallets of one operator in a plan: of the first eligible one, healthy or not, because an operator that
    /// does not answer is no reason to ask another one's customer.
    ///
    /// Who serves several keeps to the first one's.
    private func holdBack(
        _ verdicts: inout [RouteDecision.CandidateVerdict], _ providers: [ProviderFacts?], _ facts: RouteFacts
    ) {
        var chosen: WalletChoice?
        let country = facts.phone?.countryCode
        for (index, provider) in providers.enumerated() where verdicts[index].objections.isEmpty {
            guard verdicts[index].heldBack == nil, let provider, let channel = verdicts[index].channel,
                let wallet = WalletChoice(provider, channel)
            else { continue }
            guard let first = chosen else {
                chosen = wallet
                continue
            }
            guard !wallet.isOfSameOperator(as: first, in: country) else { continue }
            if let same = first.kept(by: provider, facts) {
                verdicts[index].channel = same
                verdicts[index].choices = provider.manifest.choices(among: facts.channels, on: same)
                if facts.operation == .payout {
                    verdicts[index].shortage = provider.shortage(of: facts.amount, on: same)
                }
                continue
            }
            verdicts[index].heldBack = .reachesOtherWallets(than: first.channel, facts.operation)
        }
    }

    private func verdict(
        _ id: ProviderID, _ rule: String, _ facts: RouteFacts, _ provider: ProviderFacts?, byPrefix: Bool
    ) -> RouteDecision.CandidateVerdict {
        guard let provider else {
            return .init(
                provider: id, channel: nil, rule: rule, objections: [.notConfigured], isHealthy: true)
        }
        let channel = provider.channel(for: facts)
        var verdict = RouteDecision.CandidateVerdict(
            provider: id, channel: channel, rule: rule,
            objections: provider.objections(to: facts, channel: channel), isHealthy: provider.isHealthy,
            shortage: facts.operation == .payout ? provider.shortage(of: facts.amount, on: channel) : nil,
            pause: provider.pause, note: provider.note)
        if let channel { verdict.choices = provider.manifest.choices(among: facts.channels, on: channel) }
        if byPrefix, let channel, let why = provider.contradiction(facts, channel) {
            if facts.phoneOperator?.isCertain == true { verdict.objections.append(why) } else { verdict.heldBack = why }
        }
        return verdict
    }
}
