import Router
import Testing

@Suite struct WeightedRankingTests {
    private let inputs = [
        RankingTests.input("a", 0, weight: 7), RankingTests.input("b", 1, weight: 2),
        RankingTests.input("c", 2, weight: 1),
    ]

    private func first(_ ranking: Ranking, _ subject: RankingSubject) -> ProviderID? {
        ranking.rank(inputs, for: subject).first?.input.provider
    }

    @Test func `each comes first as often as its weight says`() {
        var counts: [ProviderID: Int] = [:]
        for number in 0..<20_000 {
            let subject = RankingSubject(amount: 1, payment: "pay_\(number)")
            counts[first(Ranking(.weighted(.payment)), subject) ?? "none", default: 0] += 1
        }
        #expect((13_700...14_300).contains(counts["a"] ?? 0))
        #expect((3_800...4_200).contains(counts["b"] ?? 0))
        #expect((1_850...2_150).contains(counts["c"] ?? 0))
    }

    @Test func `a customer keeps a provider`() {
        let ranking = Ranking(.weighted(.customer))
        for customer in 0..<200 {
            let draws = Set(
                (0..<10).map { number in
                    first(ranking, RankingSubject(amount: 1, payment: "pay_\(number)", customer: "c\(customer)"))
                })
            #expect(draws.count == 1)
        }
        // Without a customer the payment draws.
        let unknown = RankingSubject(amount: 1, payment: "pay_9")
        #expect(first(ranking, unknown) == first(Ranking(.weighted(.payment)), unknown))
    }

    @Test func `weights below one count as one, and large ones do not wrap`() {
        let odd = [
            RankingTests.input("a", 0, weight: .max), RankingTests.input("b", 1, weight: .max),
            RankingTests.input("c", 2, weight: -4),
        ]
        let ranked = Ranking(.weighted(.payment)).rank(odd, for: RankingTests.subject)
        #expect(Set(ranked.map(\.input.provider)) == ["a", "b", "c"])
    }
}
