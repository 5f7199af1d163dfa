/// A provider as it is on any day: what it declares, and where the configuration says so.
package struct AnalysedProvider: Sendable {
    package var facts: ProviderFacts
    /// The operations it has.
    package var able: Set<MoneyOperation>
    /// RFC 6901 pointer to it.
    package var pointer: String

    package init(_ facts: ProviderFacts, able: Set<MoneyOperation>, pointer: String) {
        self.facts = facts
        self.able = able
        self.pointer = pointer
    }

    var id: ProviderID { facts.id }
    var manifest: ProviderManifest { facts.manifest }

    /// What keeps a request from going there for good.
    func objections(to sketch: RequestSketch) -> [RouteObjection] {
        let facts = sketch.facts(self.facts.environment)
        var provider = self.facts
        provider.canDo = able.contains(facts.operation)
        return provider.objections(to: facts, channel: provider.channel(for: facts))
    }
}
