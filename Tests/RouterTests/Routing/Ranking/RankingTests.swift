import Router
import RouterTestKit
import Testing

@Suite struct RankingTests {
    /// A candidate with its place, fee and good ones of so many.
    static func input(
        _ provider: ProviderID, _ position: Int, fee: Int64? = nil, _ good: Int64? = nil, of all: Int64 = 1_000,
        weight: Int = 1, health: ChannelState = .operational, standing: Hysteresis.Standing = .present,
        isFallback: Bool = false
    ) -> RankingInput {
        RankingInput(
            provider: provider, channel: "tmoney", position: position, weight: weight, fee: fee,
            rate: good.map { SignalRate(Proportion($0, of: all)) }, health: health, standing: standing,
            isFallback: isFallback)
    }

    static let subject = RankingSubject(amount: 10_000, payment: "pay_1")

    private func names(_ ranking: Ranking, _ inputs: [RankingInput]) -> [ProviderID] {
        ranking.rank(inputs, for: Self.subject).map(\.input.provider)
    }

    @Test func `priority keeps the rule's order`() {
        let inputs = [Self.input("a", 2), Self.input("b", 0), Self.input("c", 1)]
        #expect(names(Ranking(.priority), inputs) == ["b", "c", "a"])
    }

    @Test func `cheapest goes by fee, then position, and leaves the unknown for last`() {
        let inputs = [
            Self.input("a", 0), Self.input("b", 1, fee: 200), Self.input("c", 2, fee: 100),
            Self.input("d", 3, fee: 100),
        ]
        let ranked = Ranking(.cheapest).rank(inputs, for: Self.subject)
        #expect(ranked.map(\.input.provider) == ["c", "d", "b", "a"])
        #expect(ranked[0].score == .fee(100))
        #expect(ranked[3].notes == [.feeUnknown])
    }

    @Test func `best success goes by what can be told apart`() {
        let inputs = [
            Self.input("a", 0, fee: 1, 900), Self.input("b", 1, fee: 9, 970), Self.input("c", 2, fee: 5, 500),
        ]
        let ranked = Ranking(.bestSuccess).rank(inputs, for: Self.subject)
        #expect(ranked.map(\.input.provider) == ["b", "a", "c"])
        #expect(ranked.allSatisfy { $0.notes.isEmpty })
        #expect(ranked[0].score == .rate(Share(percent: 97)))
    }

    @Test func `a fee decides between rates that cannot be told apart, and it is said`() {
        let inputs = [Self.input("a", 0, fee: 200, 971), Self.input("b", 1, fee: 100, 968)]
        let ranked = Ranking(.bestSuccess).rank(inputs, for: Self.subject)
        #expect(ranked.map(\.input.provider) == ["b", "a"])
        #expect(ranked[0].notes == [.withinNoise(of: "a")])
        #expect(ranked[1].notes == [.withinNoise(of: "b")])
        #expect(names(Ranking(.bestSuccess, ties: .position), inputs) == ["a", "b"])
    }

    @Test func `groups are made from the best downwards, whatever the order of the candidates`() {
        // The first is like the second, the second like the third, the first unlike the third.
        let inputs = [
            Self.input("a", 0, fee: 30, 97, of: 100), Self.input("b", 1, fee: 20, 92, of: 100),
            Self.input("c", 2, fee: 10, 87, of: 100),
        ]
        var random = Seeded(3)
        for _ in 0..<20 {
            #expect(names(Ranking(.bestSuccess), inputs.shuffled(using: &random)) == ["b", "a", "c"])
        }
    }

    @Test func `a provider of which too little is known cannot be told from the best`() {
        let inputs = [Self.input("a", 0, fee: 5, 970), Self.input("b", 1, fee: 1), Self.input("c", 2, fee: 1, 700)]
        let ranked = Ranking(.bestSuccess).rank(inputs, for: Self.subject)
        #expect(ranked.map(\.input.provider) == ["b", "a", "c"])
        #expect(ranked[0].notes == [.rateUnknown])
        #expect(names(Ranking(.bestSuccess), [Self.input("x", 1), Self.input("y", 0)]) == ["y", "x"])
    }

    @Test func `value is success times what is left, exactly`() {
        // 97 % of 9 500 is 9 215; 95 % of 9 900 is 9 405.
        let inputs = [
            Self.input("a", 0, fee: 500, 9_700, of: 10_000), Self.input("b", 1, fee: 100, 9_500, of: 10_000),
            Self.input("c", 2),
        ]
        let ranked = Ranking(.value).rank(inputs, for: Self.subject)
        #expect(ranked.map(\.input.provider) == ["b", "a", "c"])
        #expect(ranked[0].score == .value(9_405_000_000))
        #expect(ranked[2].notes == [.feeUnknown])
        #expect(ranked[0].json["expected"]?.integerValue == 9_405)
    }

    @Test func `value never wraps`() {
        let subject = RankingSubject(amount: .max, payment: "pay_1")
        let inputs = [
            Self.input("a", 0, fee: .max, 1_000), Self.input("b", 1, fee: 0, 1_000), Self.input("c", 2, fee: 1, 10),
        ]
        let ranked = Ranking(.value).rank(inputs, for: subject)
        #expect(ranked.first?.input.provider == "b")
        #expect(ranked.first?.score == .value(Int128(Int64.max) * 1_000_000))
        // A fee above the amount is a loss, the larger the surer it is.
        let loss = Ranking(.value).rank([Self.input("a", 0, fee: .max, 1_000)], for: Self.subject)
        #expect(loss.first?.score == .value((10_000 - Int128(Int64.max)) * 1_000_000))
    }

    @Test func `what is surely further than so many points from the best is set back`() {
        let ranking = Ranking(.cheapest, filters: [.within(Share(percent: 3))])
        let inputs = [
            Self.input("a", 0, fee: 10, 900), Self.input("b", 1, fee: 30, 970), Self.input("c", 2, fee: 20, 950),
            Self.input("d", 3, fee: 5, 18, of: 20), Self.input("e", 4, fee: 40),
        ]
        let ranked = ranking.rank(inputs, for: Self.subject)
        // Nobody is taken out; noise sets nobody back.
        #expect(ranked.map(\.input.provider) == ["d", "c", "b", "e", "a"])
        #expect(ranked[4].setBack == [.belowBest(by: Share(percent: 7))])
    }

    @Test func `health and fees set back`() {
        let health = Ranking(.priority, filters: [.health])
        let inputs = [
            Self.input("a", 0, fee: 100, health: .delayed), Self.input("b", 1, fee: 130), Self.input("c", 2, fee: 131),
        ]
        #expect(names(health, inputs) == ["b", "c", "a"])
        #expect(names(Ranking(.priority, filters: [.feeWithin(30)]), inputs) == ["a", "b", "c"])
        // What health has set back is no measure for fees.
        #expect(names(Ranking(.priority, filters: [.health, .feeWithin(0)]), inputs) == ["b", "a", "c"])
        let all = health.rank(inputs.map { Self.input($0.provider, $0.position, health: .delayed) }, for: Self.subject)
        #expect(all.allSatisfy { $0.setBack.isEmpty })
    }

    @Test func `who is left comes behind, and whom it is the last resort comes last`() {
        let inputs = [
            Self.input("a", 0, isFallback: true), Self.input("b", 1, standing: .away), Self.input("c", 2),
            Self.input("d", 3, health: .delayed),
        ]
        #expect(names(Ranking(.priority, filters: [.health]), inputs) == ["c", "d", "b", "a"])
    }

    @Test func `a payment that tries a provider that is left goes there first`() {
        let inputs = [Self.input("a", 0, 950), Self.input("b", 1, 10, standing: .canary)]
        let ranked = Ranking(.bestSuccess).rank(inputs, for: Self.subject)
        #expect(ranked.map(\.input.provider) == ["b", "a"])
        #expect(ranked[0].notes.contains(.canary))
        // Not where its channel is closed, and not a last resort.
        let closed = [Self.input("a", 0, 950), Self.input("b", 1, 10, health: .closed, standing: .canary)]
        #expect(names(Ranking(.bestSuccess), closed) == ["a", "b"])
    }

    @Test func `exploration takes its share, from those that work`() {
        let inputs = [
            Self.input("a", 0, 990), Self.input("b", 1, 900), Self.input("c", 2, 800),
            Self.input("d", 3, 900, health: .closed), Self.input("e", 4, 900, standing: .away),
            Self.input("f", 5, isFallback: true),
        ]
        let ranking = Ranking(.bestSuccess, exploration: Share(percent: 10))
        var first: [ProviderID: Int] = [:]
        for number in 0..<20_000 {
            let ranked = ranking.rank(inputs, for: RankingSubject(amount: 1, payment: "pay_\(number)"))
            #expect(ranked.count == 6)
            first[ranked[0].input.provider, default: 0] += 1
            if ranked[0].input.provider != "a" { #expect(ranked[0].notes.contains(.explored)) }
        }
        #expect(Set(first.keys) == ["a", "b", "c"])
        #expect((17_800...18_200).contains(first["a"] ?? 0))
        #expect((900...1_100).contains(first["b"] ?? 0))
        // Orders that learn nothing from it do not try others.
        let priority = Ranking(.priority, exploration: .all)
        #expect(priority.rank(inputs, for: Self.subject)[0].input.provider == "a")
    }

    @Test func `the same inputs give the same order, whatever order they come in`() {
        var random = Seeded(19)
        let orders: [RankingOrder] = [.priority, .weighted(.payment), .cheapest, .bestSuccess, .value]
        for number in 0..<300 {
            let inputs = (0..<6).map { place in
                Self.input(
                    ProviderID("p\(place)"), place, fee: Bool.random(using: &random) ? Int64(place * 7 % 4) : nil,
                    Bool.random(using: &random) ? Int64.random(in: 0...50, using: &random) : nil, of: 50,
                    weight: Int.random(in: 1...9, using: &random),
                    health: ChannelState.allCases[Int.random(in: 0..<3, using: &random)],
                    standing: [.present, .away, .canary][Int.random(in: 0..<3, using: &random)],
                    isFallback: Int.random(in: 0..<5, using: &random) == 0)
            }
            let subject = RankingSubject(amount: 10_000, payment: "pay_\(number)")
            for order in orders {
                let ranking = Ranking(
                    order, filters: [.health, .within(Share(percent: 5))], exploration: Share(percent: 20))
                let ranked = ranking.rank(inputs, for: subject)
                #expect(ranked == ranking.rank(inputs.shuffled(using: &random), for: subject))
                #expect(Set(ranked.map(\.input)) == Set(inputs))
            }
        }
    }

    @Test func `nobody to rank is nobody`() {
        #expect(
            Ranking(.value, filters: [.health, .within(.none)], exploration: .all).rank([], for: Self.subject).isEmpty)
    }

    @Test func `the explanation has what ranked it`() {
        let json = Ranking(.bestSuccess).rank([Self.input("a", 0, fee: 7, 950)], for: Self.subject)[0].json
        #expect(json["rate"]?.integerValue == 950_000)
        #expect(json["samples"]?.integerValue == 1_000)
        #expect(json["fee"]?.integerValue == 7)
        #expect(json["set_back"] == nil)
        let noise = Ranking(.bestSuccess).rank(
            [Self.input("a", 0, fee: 7, 950), Self.input("b", 1, fee: 7, 951)], for: Self.subject)
        #expect(
            noise[1].json["notes"]
                == ["difference within noise: its success rate cannot be told from a's"])
    }
}
