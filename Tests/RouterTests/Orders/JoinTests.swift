import Router
import RouterTestKit
import Testing

/// I-18: without contradiction the end does not depend on order or repetition; with one, it is open in every order.
@Suite struct JoinTests {
    private func permutations<T>(_ items: [T]) -> [[T]] {
        guard items.count > 1 else { return [items] }
        return items.indices.flatMap { index in
            var rest = items
            let item = rest.remove(at: index)
            return permutations(rest).map { [item] + $0 }
        }
    }

    private func end(_ claims: [Claim], from state: AttemptState = .sending) -> AggregateScenario {
        var scenario = AggregateScenario(state)
        for (index, claim) in claims.enumerated() {
            scenario.observe(claim, at: .start + Int64(index))
            scenario.commit(at: .start + Int64(index))
        }
        return scenario
    }

    static let consistent: [[Claim]] = [
        [.paid, .open, .unclear(.noAnswer("timeout"))], [.paid, .absent, .open, .paid],
        [.no(), .open, .unclear(.noAnswer("x")), .no()],
        [.paid, .paid, .paid], [.open, .open, .unclear(.noAnswer("a")), .unclear(.noAnswer("b"))],
        [.otherAmount, .open, .unclear(.noAnswer("x"))],
        [.no(), .absent, .unclear(.noAnswer("x"))],
    ]

    @Test(arguments: consistent)
    func `evidence without contradiction ends in one state`(_ claims: [Claim]) {
        let ends = permutations(claims).map { end($0) }
        #expect(Set(ends.map { $0.attempt?.state }).count == 1)
        #expect(Set(ends.map { $0.order.status }).count == 1)
        #expect(Set(ends.map(\.balances)).count == 1)
        #expect(ends.allSatisfy { $0.discrepancies.isEmpty })
    }

    @Test(arguments: consistent)
    func `repeated evidence changes nothing more`(_ claims: [Claim]) {
        let once = end(claims)
        let twice = end(claims + claims + claims.reversed())
        #expect(twice.attempt?.state == once.attempt?.state)
        #expect(twice.balances == once.balances)
        #expect(twice.order.status == once.order.status)
        #expect(twice.events.map(\.type) == once.events.map(\.type))
    }

    @Test(arguments: [
        [Claim.paid, .no()], [.paid, .no(), .open], [.paid, .no(.expired), .unclear(.noAnswer("x")), .absent],
    ])
    func `contradictions are open in every order`(_ claims: [Claim]) {
        for order in permutations(claims) {
            let scenario = end(order)
            let isOpen = scenario.attempt?.state == .conflict || !scenario.discrepancies.isEmpty
            #expect(isOpen, "\(order.map(\.name))")
            #expect(scenario.order.review != nil)
            #expect(scenario.discrepancies.allSatisfy { $0.claimed == Money(5_000, .xof) })
        }
    }

    @Test func `both orders leave the same money in dispute`() {
        let (first, second) = (end([.paid, .no()]), end([.no(), .paid]))
        #expect(first.discrepancies.map(\.kind) == [.lateFailure])
        #expect(second.discrepancies.map(\.kind) == [.lateSuccess])
        #expect(
            first.balances == [
                "operator:alpha": 0, "app:\(Sample.app)": -5_000, "discrepancy:late_failure": 5_000,
            ])
        #expect(second.balances == ["operator:alpha": 5_000, "discrepancy:late": -5_000])
    }

    @Test(arguments: [AttemptState.withdrawn, .notSent, .rejected, .notExecuted, .voided])
    func `success after death is a discrepancy not a success`(_ state: AttemptState) throws {
        var scenario = AggregateScenario(state)
        scenario.observe(.paid, source: .callback)
        let unit = scenario.commit()
        #expect(scenario.attempt?.state == state)
        #expect(scenario.order.outcome == .open)
        let discrepancy = try #require(unit.discrepancies.first)
        #expect(discrepancy.kind == .lateSuccess)
        #expect(discrepancy.recordedState == state)
        #expect(discrepancy.claimed == Money(5_000, .xof))
        #expect(unit.postings.flatMap(\.accounts) == ["operator:alpha", "discrepancy:late"])
        #expect(scenario.order.review?.reason == .discrepancy)
    }

    @Test func `failure after success keeps the success`() throws {
        var scenario = AggregateScenario(.succeeded)
        scenario.observe(.no(), source: .callback)
        let unit = scenario.commit()
        #expect(scenario.attempt?.state == .succeeded)
        #expect(scenario.order.status == .succeeded)
        #expect(unit.discrepancies.map(\.kind) == [.lateFailure])
        #expect(unit.postings.flatMap(\.accounts) == ["discrepancy:late_failure", "operator:alpha"])
        #expect(unit.events.map(\.type) == ["payment.discrepancy"], "the status is what it was, and somebody hears")
        #expect(scenario.order.certainty == .disputed)
    }

    @Test func `another amount after the end is kept as it was stated`() {
        var scenario = AggregateScenario(.succeeded)
        scenario.observe(.otherAmount)
        let unit = scenario.commit()
        #expect(unit.discrepancies.map(\.claimed) == [Money(4_000, .xof)])
        #expect(unit.postings.map(\.amount.minorUnits) == [1_000], "what is booked already is not booked twice")
        #expect(unit.postings.flatMap(\.accounts) == ["discrepancy:late_mismatch", "operator:alpha"])
    }

    @Test func `one late success told twice in one step is one discrepancy`() {
        var scenario = AggregateScenario(.rejected)
        scenario.observe(.paid, source: .callback)
        scenario.observe(.paid, source: .check)
        let unit = scenario.commit()
        #expect(unit.discrepancies.count == 1)
        #expect(unit.postings.count == 1)
        #expect(unit.evidence.count == 2)
    }

    /// I-09 and I-11 over random histories of one attempt.
    @Test(arguments: 1...150 as ClosedRange<UInt64>)
    func `postings balance and are unique`(seed: UInt64) {
        var random = Seeded(seed)
        let claims: [Claim] = [
            .paid, .open, .no(), .no(definitive: false), .absent, .otherAmount, .unclear(.noAnswer("x")),
        ]
        var scenario = AggregateScenario([.sending, .pending, .unknown].randomElement(using: &random) ?? .sending)
        for step in 0..<12 {
            scenario.observe(claims.randomElement(using: &random) ?? .absent, at: .start + Int64(step * 200))
            if Bool.random(using: &random) { scenario.commit() }
        }
        scenario.commit()
        #expect(scenario.balances.values.reduce(0, +) == 0)
        #expect(
            scenario.balances["app:\(Sample.app)", default: 0]
                == (scenario.order.outcome == .succeeded ? -5_000 : 0))
        for unit in scenario.units {
            #expect(Set(unit.postings.map { "\($0.kind) \($0.sequence)" }).count == unit.postings.count)
        }
        #expect(scenario.events.map(\.sequence) == Array(1...Int64(max(1, scenario.events.count))))
    }
}
