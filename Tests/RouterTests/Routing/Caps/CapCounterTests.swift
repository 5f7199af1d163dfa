import Router
import RouterTestKit
import Testing

@Suite struct CapCounterTests {
    private let perMinute = ProviderCap(.count, most: 3, per: .minute)
    private let perDay = ProviderCap(.amount("XOF"), most: 10_000, per: .day(offsetSeconds: 0))

    /// 21 November 2026, half past nine in UTC.
    private let now = Moment.start

    private func xof(_ units: Int64) -> Money { Money(units, .xof) }

    @Test func `takes as many as there may be, and says until when`() throws {
        var counter = CapCounter()
        for _ in 0..<3 { #expect(counter.reserve(xof(1), [perMinute], at: now).isTaken) }
        let refusal = try #require(counter.refusal(xof(1), [perMinute], at: now))
        #expect(refusal == .capReached(perMinute, until: now + 60))
        #expect(refusal.text == "its 3 orders of a minute are used up until 2026-11-21T09:31:00.000Z")
        #expect(counter.refusal(xof(1), [perMinute], at: now + 59) != nil)
        #expect(counter.refusal(xof(1), [perMinute], at: now + 60) == nil)
    }

    @Test func `counts minor units of its currency only`() {
        var counter = CapCounter()
        #expect(counter.reserve(xof(10_000), [perDay], at: now).isTaken)
        #expect(!counter.reserve(xof(1), [perDay], at: now).isTaken)
        #expect(counter.reserve(Money(1_000_000, .tnd), [perDay], at: now).isTaken)
        #expect(counter.units(of: perDay, at: now) == 10_000)
    }

    @Test func `takes of all caps, or of none`() {
        var counter = CapCounter()
        #expect(!counter.reserve(xof(10_001), [perMinute, perDay], at: now).isTaken)
        #expect(counter.units(of: perMinute, at: now) == 0)
        #expect(counter.reserve(xof(4_000), [perMinute, perDay], at: now).isTaken)
        #expect(counter.units(of: perMinute, at: now) == 1)
        #expect(counter.units(of: perDay, at: now) == 4_000)
    }

    @Test func `what came to nothing is given back, in its span only`() throws {
        var counter = CapCounter()
        let first = try counter.reserve(xof(6_000), [perMinute, perDay], at: now).get()
        counter.release(first)
        #expect(counter == CapCounter() || counter.units(of: perDay, at: now) == 0)
        let second = try counter.reserve(xof(6_000), [perMinute, perDay], at: now).get()
        let later = now + 61
        #expect(counter.reserve(xof(1_000), [perMinute, perDay], at: later).isTaken)
        counter.release(second)
        // The minute is over, the day is not.
        #expect(counter.units(of: perMinute, at: later) == 1)
        #expect(counter.units(of: perDay, at: later) == 1_000)
    }

    @Test(
        arguments: [
            // Seconds after half past nine; the day begins anew at midnight there.
            (0, 52_199, 10_000), (0, 52_200, 0), (3_600, 48_599, 10_000), (3_600, 48_600, 0), (-18_000, 70_199, 10_000),
            (-18_000, 70_200, 0),
        ] as [(Int64, Int64, Int64)])
    func `a day ends where people live`(offset: Int64, seconds: Int64, used: Int64) {
        let cap = ProviderCap(.amount("XOF"), most: 10_000, per: .day(offsetSeconds: offset))
        var counter = CapCounter()
        #expect(counter.reserve(xof(10_000), [cap], at: now).isTaken)
        #expect(counter.units(of: cap, at: now + seconds) == used)
    }

    @Test func `a clock that goes back opens no span again`() {
        var counter = CapCounter()
        for _ in 0..<3 { #expect(counter.reserve(xof(1), [perMinute], at: now + 60).isTaken) }
        #expect(!counter.reserve(xof(1), [perMinute], at: now).isTaken)
        #expect(counter.units(of: perMinute, at: now + 60) == 3)
    }

    @Test func `a cap that is raised has counted what was before`() {
        var counter = CapCounter()
        #expect(counter.reserve(xof(9_000), [perDay], at: now).isTaken)
        let raised = ProviderCap(.amount("XOF"), most: 20_000, per: .day(offsetSeconds: 0))
        #expect(counter.units(of: raised, at: now) == 9_000)
        // Of two for the same the smaller one holds, and both are counted once.
        #expect(!counter.reserve(xof(2_000), [raised, perDay], at: now).isTaken)
        #expect(counter.reserve(xof(1_000), [raised, perDay], at: now).isTaken)
        #expect(counter.units(of: raised, at: now) == 10_000)
    }

    @Test func `never wraps`() {
        let cap = ProviderCap(.amount("XOF"), most: .max, per: .day(offsetSeconds: .max))
        var counter = CapCounter()
        #expect(counter.reserve(xof(.max), [cap], at: Moment(milliseconds: .max)).isTaken)
        #expect(!counter.reserve(xof(1), [cap], at: Moment(milliseconds: .max)).isTaken)
        #expect(ProviderCap(.count, most: -5, per: .minute).most == 0)
    }

    @Test func `is never beyond its cap, by property`() {
        var random = Seeded(29)
        var (counter, moment) = (CapCounter(), now)
        var open: [CapCounter.Reservation] = []
        for _ in 0..<3_000 {
            moment = moment.adding(milliseconds: Int64.random(in: 0...20_000, using: &random))
            if Bool.random(using: &random), let one = open.popLast() {
                counter.release(one)
            } else if case .success(let one) = counter.reserve(
                xof(Int64.random(in: 0...900, using: &random)), [perMinute, perDay], at: moment)
            {
                open.append(one)
            }
            #expect((0...3).contains(counter.units(of: perMinute, at: moment)))
            #expect((0...10_000).contains(counter.units(of: perDay, at: moment)))
        }
    }

    @Test func `is stored whole, without what is over`() throws {
        var counter = CapCounter()
        let there = ProviderCap(.amount("XOF"), most: 50_000, per: .day(offsetSeconds: 3_600))
        #expect(counter.reserve(xof(700), [perMinute, perDay, there], at: now).isTaken)
        #expect(try CapCounter(stored: counter.encoded(at: now)) == counter)
        #expect(counter.encoded(at: now) == counter.encoded(at: now))
        let later = try CapCounter(stored: counter.encoded(at: now + 60))
        #expect(later.units(of: perDay, at: now + 60) == 700)
        #expect(later.units(of: there, at: now + 60) == 700)
        #expect(try CapCounter(stored: counter.encoded(at: now + 200_000)) == CapCounter())
        #expect(throws: RecordFault.self) { try CapCounter(stored: Array(#"{"used":[{"span":1}]}"#.utf8)) }
    }
}

extension Result {
    /// Whether it was taken.
    fileprivate var isTaken: Bool { if case .success = self { true } else { false } }
}
