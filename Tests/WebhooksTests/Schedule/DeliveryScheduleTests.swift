import Router
import RouterTestKit
import Testing

@testable import Host
@testable import Webhooks

@Suite struct DeliveryScheduleTests {
    private static func failures(_ count: Int) -> [Delivery.Try] {
        (0..<count).map { _ in Delivery.Try(at: .start, status: 500, detail: "", milliseconds: 1) }
    }

    private static let success = Delivery.Try(at: .start, status: 204, detail: "", milliseconds: 1)

    private static func wait(
        _ tries: [Delivery.Try], retryAfter: Int64? = nil, jitter: UInt64 = 0
    ) -> Int64? {
        DeliverySchedule.next(after: tries, at: .start, retryAfterSeconds: retryAfter, jitter: jitter)?
            .milliseconds(since: .start)
    }

    @Test(
        arguments: [
            (1, 5), (2, 300), (3, 1_800), (4, 7_200), (5, 18_000), (6, 36_000), (7, 50_400), (8, 72_000), (9, 86_400),
        ] as [(Int, Int64)])
    func `waits after each failure`(_ failures: Int, _ seconds: Int64) {
        #expect(Self.wait(Self.failures(failures)) == seconds * 1_000)
    }

    @Test func `the tenth failure is the last`() { #expect(Self.wait(Self.failures(10)) == nil) }

    @Test func `a run takes about75 hours`() {
        #expect(DeliverySchedule.delays.count == DeliverySchedule.triesPerRun - 1)
        #expect(DeliverySchedule.delays.reduce(0, +) / 3_600 == 75)
    }

    @Test func `jitter adds up to a twenty percent`() {
        let random = SeededRandom()
        var seen: [Int64] = []
        for _ in 0..<2_000 { seen.append(Self.wait(Self.failures(2), jitter: random.next()) ?? -1) }
        #expect(seen.allSatisfy { (300_000...360_000).contains($0) })
        #expect((seen.min() ?? 0) < 301_000)
        #expect((seen.max() ?? 0) > 359_000)
        #expect(Self.wait(Self.failures(1), jitter: .max) ?? 0 <= 6_000)
    }

    @Test func `a replay begins a new run`() {
        #expect(Self.wait(Self.failures(11)) == 5_000)
        #expect(Self.wait(Self.failures(12)) == 300_000)
        #expect(Self.wait(Self.failures(20)) == nil)
    }

    @Test func `what was delivered begins a new run too`() {
        #expect(Self.wait(Self.failures(3) + [Self.success] + Self.failures(1)) == 5_000)
        #expect(Self.wait([Self.success] + Self.failures(10)) == nil)
    }

    @Test(
        arguments: [
            (1, nil, 5), (1, 0, 5), (1, 2, 5), (1, 60, 60), (1, 3_600, 3_600), (1, 7_200, 3_600), (1, .max, 3_600),
            (2, 60, 300), (4, 60, 7_200), (4, .max, 7_200),
        ] as [(Int, Int64?, Int64)])
    func `retry after postpones only`(_ failures: Int, _ asked: Int64?, _ seconds: Int64) {
        #expect(Self.wait(Self.failures(failures), retryAfter: asked) == seconds * 1_000)
    }
}
