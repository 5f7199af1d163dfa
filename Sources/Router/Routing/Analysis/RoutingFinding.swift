/// Something about rules that whoever wrote them will want to know.
package struct RoutingFinding: Sendable, Hashable {
    package enum Severity: String, Sendable, Hashable, CaseIterable {
        /// Cannot be meant: a configuration with it is not activated.
        case error
        case warning
        /// Nobody looked further, because that would have taken too long.
        case undecided
    }

    /// What it is; ``RoutingFinding/description`` says it to people.
    package enum Matter: Sendable, Hashable {
        /// No request fulfils all conditions.
        case emptyRule
        /// An earlier rule takes every request that this one could take.
        case shadowed(by: String)
        /// All requests of this rule are an earlier one's; it decides only where that one's providers do not fit.
        case secondChoice(after: String)
        /// Earlier rules together take every request.
        case shadowedTogether
        /// Some requests are both rules', and the order alone says whose.
        case overlap(with: String)
        /// No rule holds for some requests about an operation.
        case uncovered(RouteOperation)
        /// No rule leads to a provider.
        case neverReached(ProviderID)
        /// A provider takes no request of its rule.
        case cannotServe(ProviderID, why: [RouteObjection])
        /// A provider takes only some of what its rule's first one takes.
        case servesLess(ProviderID, than: ProviderID, why: [RouteObjection])
        case unknownChannel(PaymentChannel, known: [String])
        case unknownOperator(String, known: [String])
        case unknownApp(String)
        /// Limits in a currency that the provider does not take.
        case uselessLimit(ProviderID, currency: String, takes: [String])
        /// Weights that change nothing.
        case uselessWeights(RouteUse.Strategy)
        /// Prefixes prove nothing there: numbers are taken along to other operators.
        case portedNumbers(countries: [String])
        /// The strategy compares fees, and a provider has none for a currency.
        case missingFee(ProviderID, currency: String)
        /// It would have taken too long to compare the rule with those before it.
        case tooComplex
        /// There are so many rules that this one and those behind it were not compared.
        case tooManyRules
    }

    package var severity: Severity
    package var matter: Matter
    /// The rule's name; empty if it is about no rule.
    package var rule: String
    /// RFC 6901 pointer into the configuration.
    package var pointer: String
    /// A request that shows it.
    package var witness: RequestSketch?

    package init(
        _ severity: Severity, _ matter: Matter, rule: String = "", pointer: String, witness: RequestSketch? = nil
    ) {
        self.severity = severity
        self.matter = matter
        self.rule = rule
        self.pointer = pointer
        self.witness = witness
    }

    package static func == (left: RoutingFinding, right: RoutingFinding) -> Bool {
        left.severity == right.severity && left.matter == right.matter && left.rule == right.rule
            && left.pointer == right.pointer
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(matter)
        hasher.combine(pointer)
    }
}
