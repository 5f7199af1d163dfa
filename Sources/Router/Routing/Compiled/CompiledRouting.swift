/// A routing table in the form that decides.
///
/// What it decides is what ``RoutingTable/decide(_:providers:)`` decides; only the rules that do not hold are not told one by one
/// where there are many.
package struct CompiledRouting: Sendable {
    /// As it was written.
    package let table: RoutingTable
    private let rules: [CompiledRules]

    /// Up to so many rules every decision says of each why it does not hold: that is read more often than it costs.
    package static let toldRules = 16

    package init(_ table: RoutingTable) {
        self.table = table
        rules = RouteOperation.allCases.map { CompiledRules(table.rules(for: $0)) }
    }

    /// The rules about an operation.
    package func rules(for operation: RouteOperation) -> CompiledRules {
        rules[RouteOperation.allCases.firstIndex(of: operation) ?? 0]
    }

    /// Decides where an order may go; where there are many rules, only those that hold are told.
    package func decide(_ facts: RouteFacts, providers: (ProviderID) -> ProviderFacts?) -> RouteDecision {
        let compiled = rules(for: facts.routeOperation)
        guard compiled.rules.count > Self.toldRules else { return explain(facts, providers: providers) }
        return RuleWalk.holding(compiled).decide(facts, providers: providers)
    }

    /// The same with every rule told.
    package func explain(_ facts: RouteFacts, providers: (ProviderID) -> ProviderFacts?) -> RouteDecision {
        RuleWalk.each(rules(for: facts.routeOperation).rules).decide(facts, providers: providers)
    }
}
