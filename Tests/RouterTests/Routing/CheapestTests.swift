import Router
import Testing

/// Rules that look for the provider whose operator takes least.
@Suite struct CheapestTests {
    private func fee(_ basisPoints: Int64, _ fixed: Int64 = 0) -> FeeSchedule {
        FeeSchedule(Fee(basisPoints: basisPoints, fixed: fixed))
    }

    private func decide(
        _ fees: [ProviderID: FeeTable], _ amount: Int64, channels: [PaymentChannel] = ["tmoney"],
        closed: Set<ProviderID> = []
    ) -> RouteDecision {
        let use = RouteUse(strategy: .cheapest, members: ["a", "b", "c"].map { RouteUse.Member(provider: $0) })
        var facts = RouteFacts.plain
        facts.amount = Money(amount, .xof)
        facts.channels = channels
        return RoutingTable(rules: [RouteRule(name: "r", when: [], use: use)], otherwise: nil).decide(facts) { id in
            ProviderFacts(
                id: id, environment: .sandbox, manifest: Sample.manifest(channels: ["tmoney", "flooz"]),
                isHealthy: !closed.contains(id), fees: fees[id] ?? FeeTable())
        }
    }

    @Test func `the least fee of the amount comes first`() {
        let fees: [ProviderID: FeeTable] = [
            "a": FeeTable(standard: ["XOF": fee(150)]), "b": FeeTable(standard: ["XOF": fee(0, 100)]),
            "c": FeeTable(standard: ["XOF": fee(100, 30)]),
        ]
        #expect(decide(fees, 1_000).plan.map(\.provider) == ["a", "c", "b"])
        #expect(decide(fees, 5_000).plan.map(\.provider) == ["a", "c", "b"], "75, 80, 100")
        #expect(decide(fees, 100_000).plan.map(\.provider) == ["b", "c", "a"])
        let told = decide(fees, 5_000).json["candidates"]?.arrayValue?.map { $0["fee"]?.integerValue }
        #expect(told == [75, 80, 100])
    }

    @Test func `equal fees go by the list, and unknown ones come last`() {
        let one = FeeTable(standard: ["XOF": fee(100)])
        #expect(decide(["b": one, "c": one], 1_000).plan.map(\.provider) == ["b", "c", "a"])
        #expect(decide([:], 1_000).plan.map(\.provider) == ["a", "b", "c"])
        #expect(decide(["c": FeeTable(standard: ["TND": fee(0)])], 1_000).plan.map(\.provider) == ["a", "b", "c"])
    }

    @Test func `the channel's own fee counts on it`() {
        let fees: [ProviderID: FeeTable] = [
            "a": FeeTable(standard: ["XOF": fee(100)]),
            "b": FeeTable(standard: ["XOF": fee(300)], channels: ["flooz": ["XOF": fee(0, 1)]]),
        ]
        #expect(decide(fees, 1_000).plan.first?.provider == "a")
        #expect(decide(fees, 1_000, channels: ["flooz"]).plan.first?.provider == "b")
    }

    @Test func `tiers decide by the amount`() throws {
        let tiers = try #require(
            FeeSchedule([
                .init(upTo: 5_000, fee: Fee(basisPoints: 0, fixed: 100)), .init(fee: Fee(basisPoints: 50, fixed: 0)),
            ]))
        let fees: [ProviderID: FeeTable] = [
            "a": FeeTable(standard: ["XOF": fee(100)]), "b": FeeTable(standard: ["XOF": tiers]),
        ]
        #expect(decide(fees, 5_000).plan.first?.provider == "a", "50 is less than 100")
        #expect(decide(fees, 5_001).plan.first?.provider == "b", "26 is less than 51")
    }

    @Test func `the cheapest is passed over while it cannot take anything`() {
        let fees: [ProviderID: FeeTable] = [
            "a": FeeTable(standard: ["XOF": fee(100)]), "b": FeeTable(standard: ["XOF": fee(10)]),
        ]
        let decision = decide(fees, 1_000, closed: ["b"])
        #expect(decision.plan.map(\.provider) == ["a", "c"])
        #expect(decision.verdicts.map(\.provider) == ["b", "a", "c"])
    }
}
