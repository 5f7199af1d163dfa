import Router
import RouterTestKit
import Testing

@Suite struct ChannelHealthTests {
    private let settings = HealthSettings()

    private func provider(
        _ id: ProviderID = "alpha", _ change: (inout ServingProvider) -> Void = { _ in }
    ) -> ServingProvider {
        var provider = ServingProvider(id)
        change(&provider)
        return provider
    }

    private func figures(
        good: Int64 = 100, bad: Int64 = 0, unknown: Int64 = 0, slowest: Int64? = nil, usual: Int64? = nil
    ) -> SignalFigures {
        var figures = SignalFigures()
        (figures.success, figures.operatorFailures) = (good * Proportion.one, bad * Proportion.one)
        figures.unknown = unknown * Proportion.one
        (figures.slowest, figures.usualSlowest) = (slowest, usual)
        return figures
    }

    @Test func `every condition has its state and reason`() {
        let cases: [((inout ServingProvider) -> Void, ChannelState, ChannelHealthReason?)] = [
            ({ _ in }, .operational, nil),
            ({ $0.drain = ProviderDrain(since: .start, by: "Ama") }, .closed, .paused),
            ({ $0.isRetired = true }, .closed, .paused),
            ({ $0.maintenanceUntil = .start }, .closed, .maintenance),
            ({ $0.credentialsStoppedAt = .start }, .closed, .credentialsRefused),
            ({ $0.breaker = .open }, .closed, .operatorDown),
            ({ $0.isExposed = true }, .closed, .tooMuchInDoubt),
            ({ $0.breaker = .halfOpen }, .delayed, .recovering),
            ({ $0.inFlight = 256 }, .delayed, .busy),
            ({ $0.inFlight = 255 }, .operational, nil),
            ({ $0.awaySince = .start }, .delayed, .failing),
            ({ $0.figures = figures(good: 10, bad: 40) }, .delayed, .failing),
            ({ $0.figures = figures(good: 65, bad: 35) }, .operational, nil),
            ({ $0.figures = figures(good: 1, bad: 9) }, .operational, nil),
            ({ $0.figures = figures(good: 80, unknown: 20) }, .delayed, .outcomesUnknown),
            ({ $0.figures = figures(good: 81, unknown: 19) }, .operational, nil),
            ({ $0.figures = figures(good: 10, unknown: 9) }, .operational, nil),
            ({ $0.figures = figures(slowest: 9_000, usual: 3_000) }, .delayed, .slow),
            ({ $0.figures = figures(slowest: 8_999, usual: 3_000) }, .operational, nil),
            ({ $0.figures = figures(slowest: 4_000, usual: 300) }, .operational, nil),
            ({ $0.figures = figures(good: 10, slowest: 90_000, usual: 300) }, .operational, nil),
        ]
        for (change, state, reason) in cases {
            let verdict = provider("alpha", change).verdict(settings)
            #expect(verdict.state == state)
            #expect(verdict.reason == reason)
        }
    }

    @Test func `what keeps orders away goes first, and people's wish before all`() {
        let all = provider {
            $0.drain = ProviderDrain(since: .start, by: "Ama")
            $0.maintenanceUntil = .start
            $0.breaker = .open
            $0.inFlight = 999
        }
        #expect(all.verdict(settings).reason == .paused)
        #expect(all.verdict(settings).since == .start)
        let open = provider {
            $0.breaker = .open
            $0.brokenSince = .start + 7
            $0.inFlight = 999
        }
        #expect(open.verdict(settings) == .init(.closed, .operatorDown, since: .start + 7))
    }

    @Test func `the best of those that serve a channel decides`() {
        let open = provider("alpha") { $0.breaker = .open }
        let busy = provider("beta") { $0.inFlight = 256 }
        let paused = provider("gamma") { $0.isRetired = true }
        #expect(ChannelHealth.derived(from: [open, busy, provider("delta")], settings).state == .operational)
        #expect(ChannelHealth.derived(from: [open, busy], settings) == .init(.delayed, .busy))
        #expect(ChannelHealth.derived(from: [open, paused], settings).reason == .operatorDown)
        #expect(ChannelHealth.derived(from: [paused, open], settings).reason == .paused)
        #expect(ChannelHealth.derived(from: [], settings) == .init(.closed, .notServed))
    }

    @Test func `what is told as delayed is told until it is well over`() {
        let cases: [(ChannelHealthReason, SignalFigures, SignalFigures)] = [
            (.outcomesUnknown, figures(good: 85, unknown: 15), figures(good: 91, unknown: 9)),
            (.failing, figures(good: 65, bad: 35), figures(good: 71, bad: 29)),
            (.slow, figures(slowest: 6_000, usual: 3_000), figures(slowest: 5_900, usual: 3_000)),
        ]
        for (reason, between, over) in cases {
            let (first, second) = (provider { $0.figures = between }, provider { $0.figures = over })
            #expect(first.verdict(settings).state == .operational)
            #expect(first.verdict(settings, wasDelayed: reason) == .init(.delayed, reason))
            #expect(second.verdict(settings, wasDelayed: reason).state == .operational)
        }
    }

    @Test func `reasons have names and words of their own, and tell no secrets`() {
        #expect(Set(ChannelHealthReason.allCases.map(\.text)).count == ChannelHealthReason.allCases.count)
        #expect(ChannelState.allCases.sorted() == [.operational, .delayed, .closed])
    }
}

@Suite struct ChannelHealthBookTests {
    private let key = ChannelKey(.production, "tmoney", .collect)
    private let other = ChannelKey(.production, "card", .collect)

    private func serving(_ change: (inout ServingProvider) -> Void = { _ in }) -> [ChannelKey: [ServingProvider]] {
        var provider = ServingProvider("alpha")
        change(&provider)
        return [key: [provider]]
    }

    private var open: [ChannelKey: [ServingProvider]] { serving { $0.breaker = .open } }
    private var paused: [ChannelKey: [ServingProvider]] { serving { $0.isRetired = true } }

    @Test func `a start is no news`() {
        var book = ChannelHealthBook()
        #expect(book.look(open, at: .start).isEmpty)
        #expect(book.told[key]?.state == .closed)
        #expect(book.look(open, at: .start + 900).isEmpty)
    }

    @Test func `a worse state is told once it has lasted, a better one later`() {
        var book = ChannelHealthBook()
        _ = book.look(serving(), at: .start)
        #expect(book.look(open, at: .start + 10).isEmpty)
        #expect(book.told[key]?.state == .operational)
        let worse = book.look(open, at: .start + 15)
        #expect(worse.map(\.new?.state) == [.closed])
        #expect(worse.first?.old?.state == .operational)
        #expect(worse.first?.new?.reason == .operatorDown)
        #expect(worse.first?.new?.since == .start + 10)
        #expect(book.look(serving(), at: .start + 20).isEmpty)
        #expect(book.look(serving(), at: .start + 79).isEmpty)
        let better = book.look(serving(), at: .start + 80)
        #expect(better.map(\.new?.state) == [.operational])
        #expect(better.first?.new?.reason == nil)
        #expect(better.first?.new?.since == .start + 20)
    }

    @Test func `what comes and goes is told once`() {
        var book = ChannelHealthBook()
        _ = book.look(serving(), at: .start)
        var changes: [ChannelHealthChange] = []
        for second in 0..<3_600 as Range<Int64> {
            changes += book.look(second / 20 % 2 == 0 ? open : serving(), at: .start + second)
        }
        #expect(changes.map(\.new?.state) == [.closed])
        // What lasts less than five seconds is not told at all.
        var calm = ChannelHealthBook()
        _ = calm.look(serving(), at: .start)
        for second in 0..<3_600 as Range<Int64> {
            #expect(calm.look(second % 8 < 4 ? open : serving(), at: .start + second).isEmpty)
        }
    }

    @Test func `people's wish is told at once, and its end`() {
        var book = ChannelHealthBook()
        _ = book.look(serving(), at: .start)
        #expect(book.look(paused, at: .start + 1).map(\.new?.reason) == [.paused])
        #expect(book.look(serving(), at: .start + 2).map(\.new?.state) == [.operational])
    }

    @Test func `another reason is told later, and does not begin anew`() {
        var book = ChannelHealthBook()
        _ = book.look(serving { $0.inFlight = 256 }, at: .start)
        let failing = serving { $0.awaySince = .start + 30 }
        #expect(book.look(failing, at: .start + 30).isEmpty)
        let changes = book.look(failing, at: .start + 90)
        #expect(changes.map(\.new?.reason) == [.failing])
        #expect(changes.first?.new?.since == .start)
    }

    @Test func `what is served no more is told`() {
        var book = ChannelHealthBook()
        _ = book.look(serving(), at: .start)
        let changes = book.look([:], at: .start + 1)
        #expect(changes == [ChannelHealthChange(key, from: ChannelHealth(.operational, since: .start), to: nil)])
        #expect(book.told.isEmpty)
    }

    @Test func `changes are of states and reasons, in order`() {
        let old = [
            key: ChannelHealth(.operational, since: .start), other: ChannelHealth(.closed, .paused, since: .start),
        ]
        let new = [
            key: ChannelHealth(.operational, since: .start + 5),
            other: ChannelHealth(.closed, .maintenance, since: .start),
            ChannelKey(.sandbox, "card", .payout): ChannelHealth(.operational, since: .start),
        ]
        let changes = ChannelHealthChange.changes(from: old, to: new)
        #expect(changes.map(\.key) == [other, ChannelKey(.sandbox, "card", .payout)])
        #expect(
            changes[0].json == [
                "environment": "production", "channel": "card", "operation": "collect", "old": "closed",
                "new": "closed",
                "reason": "maintenance", "since": "2026-11-21T09:30:00.000Z",
            ])
        #expect(ChannelHealthChange.changes(from: new, to: new).isEmpty)
    }

    /// However states come and go, two changes to the better lie a minute apart, and everything told was found.
    @Test func `never flaps, by property`() {
        var random = Seeded(43)
        for _ in 0..<30 {
            var book = ChannelHealthBook()
            _ = book.look(serving(), at: .start)
            var (now, lastBetter) = (Moment.start, Moment(milliseconds: 0))
            for _ in 0..<600 {
                now = now.adding(milliseconds: Int64.random(in: 200...4_000, using: &random))
                let found = [serving(), open, serving { $0.inFlight = 256 }][Int.random(in: 0..<3, using: &random)]
                for change in book.look(found, at: now) {
                    guard let old = change.old?.state, let new = change.new?.state, new < old else { continue }
                    #expect(now.milliseconds(since: lastBetter) >= 60_000)
                    lastBetter = now
                }
            }
        }
    }
}
