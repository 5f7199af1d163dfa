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
}
