import Router
import Testing

/// What a hosted page may offer before the payer has typed anything.
@Suite struct RouteTakersTests {
    private func takers(
        _ rules: [RouteRule], phone: String? = nil, amount: Int64 = 5_000, channel: PaymentChannel = "tmoney"
    ) throws -> [RoutingTable.Taker] {
        let facts = RouteFacts(
            order: Sample.paymentID, app: Sample.app, environment: .sandbox, amount: Money(amount, .xof),
            channels: [channel], phone: try phone.map { try Sample.phone($0) }, now: .start)
        var manifest = Sample.manifest(channels: ["tmoney"])
        manifest.requires = [.phone]
        manifest.phoneCountries = ["TG"]
        manifest.currencies = [.init(.xof, minimum: 100, maximum: 10_000)]
        return RoutingTable(rules: rules, otherwise: nil).takers(of: facts) { id in
            ProviderFacts(id: id, environment: .sandbox, manifest: manifest)
        }
    }

    private func rule(_ when: [RouteCondition], _ provider: ProviderID) -> RouteRule {
        RouteRule(name: "a", when: when, use: RouteUse(strategy: .priority, members: [.init(provider: provider)]))
    }

    @Test func `a rule that refuses offers nothing`() throws {
        #expect(try takers([rule([.amount(minimum: 6_000, maximum: nil)], "one")]).isEmpty)
        #expect(try takers([rule([.app([Sample.otherApp])], "one")]).isEmpty)
        #expect(try takers([rule([.metadata(name: "via", values: ["x"])], "one")]).isEmpty)
        #expect(try takers([rule([], "one")], channel: "flooz").isEmpty)
        #expect(try takers([rule([], "one")], amount: 20_000).isEmpty)
    }

    @Test func `a rule about phones may hold until the number is known`() throws {
        let rules = [rule([.phoneCountry(["TG"])], "one"), rule([], "two"), rule([], "three")]
        #expect(
            try takers(rules) == [.init(provider: "one", asksPhone: true), .init(provider: "two", asksPhone: false)],
            "the first rule that holds for every number decides")
        #expect(try takers(rules, phone: "+22890112233").map(\.provider) == ["one"])
        #expect(try takers([rule([.phoneCountry(["BJ"])], "one")], phone: "+22890112233").isEmpty)
    }
}
