/// Providers that no rule led to: whoever asked for their channel wants to hear of them, and not only of those that a rule
/// happened to name.
extension RoutingTable {
    /// The providers that serve what was asked for, but that no rule led to, and what would have to be otherwise.
    ///
    /// - Parameters:
    ///   - facts: What was decided on.
    ///   - decision: What came of it.
    ///   - providers: All that are configured.
    /// - Returns: Nothing as soon as a rule decided. If no channel is asked for, only those that take the amount.
    package func missed(
        _ facts: RouteFacts, _ decision: RouteDecision, among providers: [ProviderFacts]
    ) -> [RouteDecision.CandidateVerdict] {
        guard !decision.rules.contains(where: \.decided) else { return [] }
        let named = Set(decision.verdicts.map(\.provider))
        return providers.sorted { $0.id < $1.id }.compactMap { provider in
            guard !named.contains(provider.id), provider.environment == facts.environment, provider.canDo,
                !provider.isRetired, provider.apps.isEmpty || provider.apps.contains(facts.app),
                let channel = provider.channel(for: facts),
                !facts.channels.isEmpty || provider.takes(facts.amount, for: facts.operation)
            else { return nil }
            let own = provider.objections(to: facts, channel: channel)
            let (rule, why) = obstacles(to: provider.id, facts, decision)
            return .init(
                provider: provider.id, channel: channel, rule: rule, objections: own.isEmpty ? [why] : own,
                isHealthy: provider.isHealthy, pause: provider.pause)
        }
    }

    /// The first rule that names a provider, and why neither it nor another one leads there.
    private func obstacles(
        to id: ProviderID, _ facts: RouteFacts, _ decision: RouteDecision
    ) -> (rule: String, why: RouteObjection) {
        let naming = rules(for: facts.routeOperation).filter { $0.use.members.contains { $0.provider == id } }
        guard let first = naming.first else { return ("", .namedByNoRule) }
        let obstacles = naming.map { rule in
            let told = decision.rules.first { $0.name == rule.name }?.objections
            return RouteObjection.RuleObstacle(
                rule: rule.name, objections: told ?? rule.when.flatMap { $0.objections(to: facts) })
        }
        return (first.name, .reachedByNoRule(obstacles))
    }
}

extension RouteDecision {
    /// What serves the channels that were asked for, else all that was looked at.
    private var serving: [CandidateVerdict] {
        let serving = (verdicts + missed).filter { $0.channel != nil }
        return serving.isEmpty ? verdicts : serving
    }

    /// Why nobody takes it, provider by provider; those that serve other channels than asked for are left out if there are
    /// any that serve them.
    package var summary: String {
        guard !serving.isEmpty else { return "no routing rule covers this" }
        return serving.map { "\($0.provider) \($0.objections.text())" }.joined(separator: "; ")
    }

    /// The members of the request without which nobody takes it, and with which somebody would: for instance
    /// `customer.phone`.
    package var missingMembers: [RouteNeed] {
        let willing = serving.map(\.objections).filter { objections in
            !objections.isEmpty && objections.allSatisfy { if case .needs = $0 { true } else { false } }
        }
        return RouteNeed.allCases.filter { need in
            !willing.isEmpty && willing.allSatisfy { $0.contains(.needs(need)) }
        }
    }
}

extension ProviderFacts {
    /// Whether an amount is within its limits.
    fileprivate func takes(_ amount: Money, for operation: MoneyOperation) -> Bool {
        limits(of: amount.currency, for: operation).map { $0.breach(by: amount) == nil } ?? false
    }
}
