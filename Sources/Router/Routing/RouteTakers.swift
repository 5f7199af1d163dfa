extension RoutingTable {
    /// A provider that routing would choose for a payment once its payer has answered.
    package struct Taker: Sendable, Hashable {
        package var provider: ProviderID
        /// Whether it is chosen only for a payer whose phone number is known.
        package var asksPhone: Bool

        package init(provider: ProviderID, asksPhone: Bool) {
            self.provider = provider
            self.asksPhone = asksPhone
        }
    }

    /// Who would take a payment on the one channel it allows, best first; empty if the rules send it nowhere.
    ///
    /// Pure. With a phone number this is the plan of ``decide(_:providers:)``. Without one, a rule that asks about the number
    /// may hold, and a provider that misses only the number may be chosen; the first rule that holds whatever the number is
    /// ends the search, as it ends the decision.
    package func takers(of facts: RouteFacts, providers: (ProviderID) -> ProviderFacts?) -> [Taker] {
        guard facts.phone == nil else {
            return decide(facts, providers: providers).plan.map { Taker(provider: $0.provider, asksPhone: true) }
        }
        var result: [Taker] = []
        for rule in rules + [otherwise].compactMap({ $0 }).map({ RouteRule(name: "otherwise", when: [], use: $0) }) {
            guard rule.when.allSatisfy({ $0.asksPhone || $0.objection(to: facts) == nil }) else { continue }
            let asksPhone = rule.when.contains(where: \.asksPhone)
            let eligible = rule.use.ordered(for: facts.order).compactMap { providers($0.provider) }.filter { provider in
                provider.objections(to: facts, channel: provider.channel(for: facts)).allSatisfy(\.endsWithPhone)
            }
            result += eligible.filter { $0.isHealthy && $0.pause == nil }
                .map { Taker(provider: $0.id, asksPhone: asksPhone) }
            if !asksPhone, eligible.contains(where: { $0.pause?.isDraining != true }) { break }
        }
        return result
    }
}

extension RouteCondition {
    /// Whether it can hold only for a payment with a phone number.
    var asksPhone: Bool {
        switch self {
        case .phoneCountry, .phoneOperator: true
        case .amount, .currency, .channel, .app, .metadata, .timeOfDay: false
        }
    }
}
