extension RoutingAnalysis {
    /// Names that nobody has, weights that change nothing, and prefixes that prove nothing.
    func named() -> [RoutingFinding] {
        let channels = Set(providers.flatMap { $0.manifest.channels + ($0.manifest.payout?.channels ?? []) }).map(
            \.text
        ).sorted()
        let operators = Set(NumberingPlan.builtIn.countries.flatMap(\.carrierNames)).sorted()
        return table.rules.flatMap { rule in
            rule.when.flatMap(\.leaves).flatMap { leaf -> [RoutingFinding] in
                switch leaf {
                case .channel(let names):
                    return names.filter { !channels.contains($0.text) }.map {
                        .init(
                            .error, .unknownChannel($0, known: channels), rule: rule.name,
                            pointer: rule.pointer + "/when")
                    }
                case .phoneOperator(let names):
                    let strange = names.filter { !operators.contains($0) }
                    let ported = NumberingPlan.builtIn.countries.filter { country in
                        country.isPorted && !Set(country.carrierNames).isDisjoint(with: names)
                            && rule.concerns(country.code)
                    }
                    return strange.map {
                        .init(
                            .error, .unknownOperator($0, known: operators), rule: rule.name,
                            pointer: rule.pointer + "/when")
                    }
                        + (ported.isEmpty
                            ? []
                            : [
                                .init(
                                    .warning, .portedNumbers(countries: ported.map(\.code)), rule: rule.name,
                                    pointer: rule.pointer + "/when")
                            ])
                case .app(let ids, _):
                    guard let apps else { return [] }
                    return ids.filter { !apps.contains($0) }.map {
                        .init(.error, .unknownApp($0.text), rule: rule.name, pointer: rule.pointer + "/when")
                    }
                default: return []
                }
            } + weights(rule)
        }
    }

    private func weights(_ rule: RouteRule) -> [RoutingFinding] {
        let hasWeights = rule.use.members.contains { $0.weight != 1 }
        let isUseless = rule.use.strategy == .weighted ? rule.use.members.count == 1 && hasWeights : hasWeights
        guard isUseless else { return [] }
        return [.init(.warning, .uselessWeights(rule.use.strategy), rule: rule.name, pointer: rule.usePointer)]
    }

    /// Limits in currencies that their provider does not take.
    func limited() -> [RoutingFinding] {
        providers.flatMap { provider -> [RoutingFinding] in
            let taken = Set(
                provider.manifest.currencies.map(\.currency.code)
                    + (provider.manifest.payout?.currencies ?? []).map(\.currency.code))
            return provider.facts.limits.keys.filter { !taken.contains($0) }.sorted().map { code in
                .init(
                    .error, .uselessLimit(provider.id, currency: code, takes: taken.sorted()),
                    pointer: provider.pointer + "/limits/" + code)
            }
        }
    }
}

extension RouteRule {
    /// Whether it can be about phones of a country, as far as it says at the top.
    fileprivate func concerns(_ country: String) -> Bool {
        when.allSatisfy { condition in
            if case .phoneCountry(let codes) = condition { codes.contains(country) } else { true }
        }
    }
}
