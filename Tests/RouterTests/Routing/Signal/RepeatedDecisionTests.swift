import Router
import RouterTestKit
import Testing

@Suite struct RepeatedDecisionTests {
    private let providers: [ProviderID] = ["alpha", "beta", "gamma", "delta"]

    private func ranked(_ ranking: Ranking, _ snapshot: SignalSnapshot, _ payment: Int) -> [RankedCandidate] {
        let inputs = providers.enumerated().map { place, provider in
            RankingInput(
                provider: provider, channel: "tmoney", position: place, fee: Int64(place * 31 % 7),
                rate: snapshot[SignalKey(provider, "tmoney", .collect)]?.rate)
        }
        return ranking.rank(inputs, for: RankingSubject(amount: 5_000, payment: "pay_\(payment)"))
    }

    @Test func `a decision is made again from its stored snapshot`() throws {
        var (random, book) = (Seeded(53), SignalBook())
        let ranking = Ranking(
            .value, filters: [.within(Share(percent: 4))], ties: .fee, exploration: Share(percent: 10))
        var orders: Set<[ProviderID]> = []
        for step in 0..<400 as Range<Int64> {
            for (place, provider) in providers.enumerated() {
                let isGood = Int.random(in: 0..<100, using: &random) < 80 + place * 4
                book.record(
                    RouteSignal(
                        SignalKey(provider, "tmoney", .collect),
                        .attempt(SignalChange(isGood ? .success : .failure(.operator)))), at: .start + step * 20)
            }
            let live = book.snapshot(at: .start + step * 20 + 7)
            let stored = try SignalSnapshot(encoded: live.encoded)
            let first = ranked(ranking, live, Int(step))
            #expect(ranked(ranking, stored, Int(step)) == first)
            orders.insert(first.map(\.input.provider))
        }
        // It is not always the same decision.
        #expect(orders.count > 3)
    }
}
