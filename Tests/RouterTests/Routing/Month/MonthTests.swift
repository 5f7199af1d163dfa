import Router
import RouterTestKit
import Testing

/// A month in which operators fail, slow down and recover.
///
/// The bounds are what was measured with seeds 1 to 3, and some room. What breaks them is planted, too.
@Suite struct MonthTests {
    private static let scenario = MonthScenario(seed: 1, days: 30, perDay: 800)

    private static func result(
        _ ranking: Ranking, _ hysteresis: HysteresisSettings = HysteresisSettings(), blamesPayers: Bool = false,
        isTurned: Bool = false, days: Int64 = 30
    ) -> MonthResult {
        var run = MonthRun(scenario, ranking, hysteresis, blamesPayers: blamesPayers, isTurned: isTurned)
        return run.run(days: days)
    }

    private static let bestSuccess = Ranking(.bestSuccess, ties: .position, exploration: Share(percent: 2))
    private static let value = Ranking(.value, exploration: Share(percent: 2))

    @Test func `the month is what it is said to be`() {
        let scenario = Self.scenario
        #expect((20_000...30_000).contains(scenario.payments.count))
        for kind in MonthOperator.Incident.Kind.allCases {
            #expect(scenario.operators.reduce(0) { $0 + $1.incidents.count { $0.kind == kind } } >= 8)
        }
        let refused = scenario.payments.count(where: \.isRefused)
        #expect((28...40).contains(refused * 100 / scenario.payments.count))
    }

    @Test func `routing by success, by value and by place gains on every fixed order, and flaps nowhere`() {
        var table = MonthTable()
        for (name, isValue, ranking) in [
            ("priority", false, Ranking(.priority)), ("best_success", false, Self.bestSuccess),
            ("value", true, Self.value),
        ] {
            let result = Self.result(ranking)
            table.add(name, isValue: isValue, result, Self.scenario.operators)
            let (reached, fixed, best) =
                isValue
                ? (result.valueRate, result.fixedValueRate, result.bestValueRate)
                : (result.rate, result.fixedRate, result.bestRate)
            // In millionths: something is gained, and less than two points lost against whoever knows everything.
            #expect(reached - fixed >= 4_000)
            #expect(best - reached <= 17_000)
            #expect(result.switchesPerIncident(Self.scenario.operators).allSatisfy { $0.count <= 2 })
            #expect(result.switchesWithoutIncident(Self.scenario.operators) == 0)
            let lost = result.lostPerDeath(Self.scenario.operators)
            #expect(lost.reduce(0, +) <= 12 * lost.count)
            #expect(lost.max() ?? 0 <= 40)
            #expect(result.switches.count >= 10)
        }
        print(table.text)
    }

    @Test func `a rule that has its providers the wrong way round is put right`() {
        var table = MonthTable()
        let rule = Self.result(Ranking(.priority), isTurned: true)
        let learnt = Self.result(Self.bestSuccess, isTurned: true)
        table.add("priority, worst first", isValue: false, rule, Self.scenario.operators)
        table.add("best_success, worst first", isValue: false, learnt, Self.scenario.operators)
        print(table.text)
        #expect(learnt.rate - rule.rate >= 10_000)
        #expect(learnt.switchesPerIncident(Self.scenario.operators).allSatisfy { $0.count <= 2 })
    }

    @Test func `whoever counts payers' refusals breaks the bounds`() {
        let result = Self.result(Self.bestSuccess, blamesPayers: true, days: 8)
        let flapping = result.switchesPerIncident(Self.scenario.operators).map(\.count).max() ?? 0
        #expect(result.switchesWithoutIncident(Self.scenario.operators) > 0)
        #expect(flapping > 2)
    }

    @Test func `whoever returns on the first good one flaps`() {
        var hasty = HysteresisSettings()
        (hasty.returnWindow, hasty.successesToReturn, hasty.leastAway) = (1, 1, 0)
        let result = Self.result(Self.bestSuccess, hasty, days: 15)
        let flapping = result.switchesPerIncident(Self.scenario.operators).map(\.count).max() ?? 0
        #expect(flapping > 2)
    }
}
