import Router
import RouterTestKit
import Testing

@Suite struct MaintenanceWindowTests {
    /// A Saturday, half past nine in UTC.
    private let now = Moment.start

    @Test func `holds from its first moment up to its last`() {
        let window = MaintenanceWindow.once(from: now, until: now + 60)
        #expect(window.end(at: now.adding(milliseconds: -1), offset: { _ in 0 }) == nil)
        #expect(window.end(at: now, offset: { _ in 0 }) == now + 60)
        #expect(window.end(at: (now + 60).adding(milliseconds: -1), offset: { _ in 0 }) == now + 60)
        #expect(window.end(at: now + 60, offset: { _ in 0 }) == nil)
    }

    /// Weekday, minute, length, offset in hours; and minutes that are left, if it holds on Saturday at 9:30 UTC.
    @Test(
        arguments: [
            (6, 570, 30, 0, 30), (6, 571, 30, 0, nil), (6, 540, 30, 0, nil), (6, 540, 31, 0, 1), (6, 630, 10, 1, 10),
            (5, 570, 1_441, 0, 1), (5, 570, 1_440, 0, nil), (6, 1_050, 5, 8, 5), (7, 0, 60, 15, 30),
            (1, 0, 10_080, 0, 2_310),
        ] as [(Int, Int, Int, Int64, Int64?)])
    func `comes every week where people live`(
        weekday: Int, minute: Int, length: Int, hours: Int64, left: Int64?
    ) throws {
        let time = try #require(MaintenanceWindow.WeeklyTime(weekday: weekday, minute: minute))
        let end = MaintenanceWindow.weekly(time, minutes: length).end(at: now, offset: { _ in hours * 3_600 })
        #expect(end == left.map { now + $0 * 60 })
    }

    @Test func `every minute of a week is in exactly the windows it should be`() throws {
        let time = try #require(MaintenanceWindow.WeeklyTime(weekday: 7, minute: 1_430))
        let window = MaintenanceWindow.weekly(time, minutes: 20)
        let held = (0..<10_080 as Range<Int64>).count { window.end(at: now + $0 * 60, offset: { _ in 0 }) != nil }
        #expect(held == 20)
    }

    @Test(arguments: [(0, 0), (8, 0), (1, -1), (1, 1_440)]) func `there are seven days of 1440 minutes`(
        day: Int, minute: Int
    ) {
        #expect(MaintenanceWindow.WeeklyTime(weekday: day, minute: minute) == nil)
    }

    @Test func `of several the last end is told`() {
        let windows = [now + 60, now + 90, now + 30].map { MaintenanceWindow.once(from: now, until: $0) }
        let refusal = MaintenanceWindow.refusal(windows, at: now, offset: { _ in 0 })
        #expect(refusal == .maintenance(until: now + 90))
        #expect(refusal?.until == now + 90)
        #expect(MaintenanceWindow.refusal([], at: now, offset: { _ in 0 }) == nil)
    }
}

@Suite struct BulkheadTests {
    @Test func `nobody takes more than a share`() {
        var bulkhead = Bulkhead(slots: 10, providerShare: Share(percent: 50), appShare: Share(percent: 30))
        let (alpha, beta) = (Bulkhead.Party.provider("alpha"), Bulkhead.Party.provider("beta"))
        for _ in 0..<5 {
            let refusal = bulkhead.admit([alpha])
            #expect(refusal == nil)
        }
        #expect(bulkhead.refusal([alpha]) == .shareTaken(alpha, most: 5))
        for _ in 0..<3 {
            let refusal = bulkhead.admit([beta, .app("app_1")])
            #expect(refusal == nil)
        }
        #expect(bulkhead.refusal([beta, .app("app_1")]) == .shareTaken(.app("app_1"), most: 3))
        #expect(bulkhead.refusal([beta, .app("app_2")]) == nil)
        bulkhead.release([alpha])
        #expect(bulkhead.refusal([alpha]) == nil)
    }

    @Test func `all of them together are no more than there are`() {
        var bulkhead = Bulkhead(slots: 2)
        #expect(bulkhead.admit([.provider("alpha")]) == nil)
        #expect(bulkhead.admit([.provider("beta")]) == nil)
        #expect(bulkhead.admit([.provider("gamma")]) == .allSlotsTaken(2))
        #expect(bulkhead.held(.provider("gamma")) == 0)
    }

    @Test func `each has one slot at least`() {
        #expect(Bulkhead(slots: 3, providerShare: .none).most(.provider("alpha")) == 1)
        #expect(Bulkhead(slots: 0).slots == 1)
        #expect(Bulkhead(slots: .max).most(.app("x")) == .max)
    }

    @Test func `what is taken and given back adds up`() {
        var random = Seeded(37)
        var bulkhead = Bulkhead(slots: 20, providerShare: Share(percent: 40), appShare: Share(percent: 60))
        var held: [[Bulkhead.Party]] = []
        for _ in 0..<3_000 {
            if Bool.random(using: &random), let one = held.popLast() {
                bulkhead.release(one)
            } else {
                let parties: [Bulkhead.Party] = [
                    .provider(ProviderID("p\(Int.random(in: 0..<3, using: &random))")),
                    .app("a\(Int.random(in: 0..<2, using: &random))"),
                ]
                if bulkhead.admit(parties) == nil { held.append(parties) }
            }
            #expect(bulkhead.inFlight == held.count)
            for party in Set(held.joined()) {
                #expect(bulkhead.held(party) == held.count { $0.contains(party) })
                #expect(bulkhead.held(party) <= bulkhead.most(party))
            }
        }
        for one in held { bulkhead.release(one) }
        #expect(bulkhead == Bulkhead(slots: 20, providerShare: Share(percent: 40), appShare: Share(percent: 60)))
    }
}
