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
        for rule in rules(for: facts.routeOperation) {
            let promise = RouteCondition.all(rule.when).promise(for: facts)
            guard promise != .fails else { continue }
            let asksPhone = promise == .dependsOnPhone
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
    /// Whether it holds, as far as that is known before the payer has given a phone number.
    package enum Promise: Sendable, Hashable { case holds, fails, dependsOnPhone }

    /// Whether it holds for a payment whose payer has not given a number yet.
    package func promise(for facts: RouteFacts) -> Promise {
        switch self {
        case .all(let parts):
            let all = parts.map { $0.promise(for: facts) }
            return all.contains(.fails) ? .fails : all.contains(.dependsOnPhone) ? .dependsOnPhone : .holds
        case .any(let parts):
            let all = parts.map { $0.promise(for: facts) }
            return all.contains(.holds) ? .holds : all.contains(.dependsOnPhone) ? .dependsOnPhone : .fails
        case .not(let part):
            switch part.promise(for: facts) {
            case .holds: return .fails
            case .fails: return .holds
            case .dependsOnPhone: return .dependsOnPhone
            }
        default: return asksPhone(facts) ? .dependsOnPhone : holds(for: facts) ? .holds : .fails
        }
    }

    /// Whether a phone number, where none is known, could change its answer.
    private func asksPhone(_ facts: RouteFacts) -> Bool {
        switch self {
        case .phoneCountry, .phoneOperator, .phonePrefix, .customerAge, .customerSuccesses: true
        case .payerCountry: facts.payerCountry == nil
        case .bucket(let bucket): bucket.subject == .customer && facts.customerHash == nil
        default: false
        }
    }
}
