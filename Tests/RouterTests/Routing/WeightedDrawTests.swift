import Router
import RouterTestKit
import Testing

@Suite struct WeightedDrawTests {
    @Test func `a payment draws as the members of its rule do`() {
        var random = Seeded(47)
        for _ in 0..<200 {
            let members = (0..<5).map { place in
                RouteUse.Member(
                    provider: ProviderID("p\(place)"), weight: Int.random(in: 1...9, using: &random))
            }
            let order = OrderID(at: .start, from: SeededRandom(random.next()))
            let inputs = members.enumerated().map { place, member in
                RankingInput(provider: member.provider, channel: "tmoney", position: place, weight: member.weight)
            }
            let ranked = Ranking(.weighted(.payment)).rank(
                inputs, for: RankingSubject(amount: 1, payment: order.text))
            #expect(
                ranked.map(\.input.provider)
                    == RouteUse(strategy: .weighted, members: members).ordered(for: order).map(\.provider))
        }
    }

    /// A payment keeps its place over restarts and releases: what weights of 1, 3 and 6 draw never changes.
    @Test(
        arguments: [
            ("pay_01", ["p1", "p0", "p2"]), ("pay_02", ["p2", "p0", "p1"]), ("pay_03", ["p2", "p1", "p0"]),
            ("pay_04", ["p2", "p1", "p0"]), ("pay_05", ["p2", "p0", "p1"]), ("pay_06", ["p1", "p2", "p0"]),
        ] as [(String, [ProviderID])])
    func `draws stay as they are`(_ text: String, _ drawn: [ProviderID]) {
        let inputs = [1, 3, 6].enumerated().map { place, weight in
            RankingInput(provider: ProviderID("p\(place)"), channel: "tmoney", position: place, weight: weight)
        }
        let ranked = Ranking(.weighted(.payment)).rank(inputs, for: RankingSubject(amount: 1, payment: text))
        #expect(ranked.map(\.input.provider) == drawn)
    }
}
