import Router
import Testing

@testable import Host

/// How an operation of a provider is said to be.
@Suite struct HealthVerdictTests {
    private static let now = TrailSamples.now

    private static func recent(good: Int, bad: Int, milliseconds: Int64 = 100) -> RecentExchanges {
        var recent = RecentExchanges()
        for _ in 0..<good { recent.add(milliseconds: milliseconds, isSuccess: true, at: now) }
        for _ in 0..<bad { recent.add(milliseconds: milliseconds, isSuccess: false, at: now) }
        return recent
    }

    private static let drain = ProviderDrain(since: now.adding(seconds: -60), by: "Ama")
    private static let open = ProviderStanding(breaker: .open, brokenSince: now, nextTrial: now.adding(seconds: 30))

    @Test(arguments: [
        (HealthFigures(), HealthState.operational, HealthReason?.none),
        (HealthFigures(recent: recent(good: 10, bad: 1)), .operational, nil),
        (HealthFigures(recent: recent(good: 0, bad: 4)), .operational, nil),
        (HealthFigures(recent: recent(good: 8, bad: 2)), .delayed, .failing(2, of: 10)),
        (HealthFigures(recent: recent(good: 5, bad: 0, milliseconds: 12_000)), .delayed, .slow(12_000)),
        (HealthFigures(standing: ProviderStanding(breaker: .halfOpen)), .delayed, .trying),
        (HealthFigures(standing: ProviderStanding(inFlight: 256)), .delayed, .full),
        (HealthFigures(oldestUnknown: now.adding(seconds: -600)), .delayed, .outcomesUnknown),
        (HealthFigures(oldestUnknown: now.adding(seconds: -599)), .operational, nil),
        (HealthFigures(standing: open), .closed, .breakerOpen(nextTrial: now.adding(seconds: 30))),
        (
            HealthFigures(standing: ProviderStanding(credentialsStoppedAt: now), recent: recent(good: 0, bad: 9)),
            .closed, .credentialsRefused
        ),
        (HealthFigures(isExposed: true), .closed, .exposed),
        (HealthFigures(isRetired: true), .closed, .retired),
        (HealthFigures(standing: open, drain: drain, isRetired: true), .closed, .draining(drain)),
    ])
    func `the first thing that keeps orders away decides`(
        _ figures: HealthFigures, _ state: HealthState, _ reason: HealthReason?
    ) {
        let verdict = HealthVerdict(figures, at: Self.now)
        #expect(verdict.state == state)
        #expect(verdict.reason == reason)
    }

    @Test func `since when is told where it is known`() {
        #expect(HealthVerdict(HealthFigures(standing: Self.open), at: Self.now).since == Self.now)
        #expect(HealthVerdict(HealthFigures(drain: Self.drain), at: Self.now).since == Self.drain.since)
        #expect(HealthVerdict(HealthFigures(isExposed: true), at: Self.now).since == nil)
    }

    @Test func `exchanges are remembered, the last ones only`() {
        var recent = Self.recent(good: 0, bad: RecentExchanges.most)
        #expect(recent.failures == RecentExchanges.most)
        for number in 1...RecentExchanges.most {
            recent.add(milliseconds: Int64(number), isSuccess: true, at: Self.now)
        }
        #expect(recent.failures == 0)
        #expect(recent.median == 33)
        #expect(recent.slowest == 61)
        #expect(RecentExchanges().median == 0)
    }

    @Test(arguments: [
        ("200", true), ("402", true), ("404", true), ("429", false), ("500", false), ("503", false), ("timeout", false),
        ("connect", false),
    ])
    func `a payer's refusal is an answer of an operator that works`(_ outcome: String, _ isSuccess: Bool) {
        let watch = ExchangeWatch()
        watch.record("alpha", MoneyOperation.collect.rawValue, milliseconds: 5, outcome: outcome, at: Self.now)
        #expect((watch.recent("alpha", .collect).failures == 0) == isSuccess)
        #expect(watch.recent("alpha", .payout).count == 0)
        #expect(watch.recent("beta", .collect).count == 0)
    }
}
