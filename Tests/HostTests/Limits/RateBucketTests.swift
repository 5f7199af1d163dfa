import Testing

@testable import Host

@Suite("Buckets") struct RateBucketTests {
    private static let limits = [
        RateLimit(5_000, burst: 5_000), RateLimit(3, burst: 1), RateLimit(1, perSeconds: 3, burst: 20),
        RateLimit(7, perSeconds: 11, burst: 13), RateLimit(1_000_000, burst: 1_000_000),
        RateLimit(1, perSeconds: 86_400, burst: 1_000_000), RateLimit(999_983, perSeconds: 86_400, burst: 1),
    ]

    /// A linear congruence, so that a failure can be repeated.
    private struct Dice {
        var state: UInt64
        mutating func roll(_ sides: Int64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(state >> 33) % sides
        }
    }

    @Test(arguments: limits)
    func `never more than the burst and what time brought`(_ limit: RateLimit) {
        var broken = 0
        for seed in 1...20 as ClosedRange<UInt64> {
            var dice = Dice(state: seed)
            let begin = dice.roll(1 << 40)
            var (now, bucket, granted) = (begin, RateBucket(at: begin), Int64(0))
            for _ in 0..<2_000 {
                now += dice.roll(3) == 0 ? dice.roll(2 * limit.periodMicroseconds / limit.count + 3) : dice.roll(100)
                if bucket.spend(limit, at: now).isGranted { granted += 1 }
                // Exact: shares of an event are whole numbers.
                let brought = (now - begin).multipliedFullWidth(by: limit.count)
                let most = limit.burst + limit.periodMicroseconds.dividingFullWidth(brought).quotient
                if granted > most { broken += 1 }
            }
        }
        #expect(broken == 0)
    }

    @Test
    func `a million thirds of a second lose nothing`() {
        let limit = RateLimit(3, burst: 2)
        var (bucket, early, late) = (RateBucket(at: 0), 0, 0)
        for _ in 0..<2 { _ = bucket.spend(limit, at: 0) }
        for number in 1...1_000_000 as ClosedRange<Int64> {
            // The first whole microsecond at which so many thirds have passed.
            let due = (number * 1_000_000 + 2) / 3
            if bucket.look(limit, at: due - 1).isGranted { early += 1 }
            if !bucket.spend(limit, at: due).isGranted { late += 1 }
        }
        #expect(early == 0 && late == 0)
    }

    @Test(arguments: limits)
    func `the wait it names is the shortest that helps`(_ limit: RateLimit) {
        var bucket = RateBucket(at: 0)
        for _ in 0..<min(limit.burst, 5_000) { _ = bucket.spend(limit, at: 0) }
        var refused = bucket.spend(limit, at: 0)
        while refused.isGranted { refused = bucket.spend(limit, at: 0) }
        #expect(refused.waitMicroseconds > 0 && refused.remaining == 0)
        var early = bucket
        #expect(!early.spend(limit, at: refused.waitMicroseconds - 1).isGranted)
        #expect(bucket.spend(limit, at: refused.waitMicroseconds).isGranted)
    }

    @Test
    func `a refusal costs nothing, and a look neither`() {
        let limit = RateLimit(1, perSeconds: 3, burst: 2)
        var bucket = RateBucket(at: 0)
        #expect(bucket.look(limit, at: 0).remaining == 2)
        #expect(bucket.spend(limit, at: 0).remaining == 1)
        #expect(bucket.spend(limit, at: 0).isGranted)
        for _ in 0..<1_000 { #expect(!bucket.spend(limit, at: 0).isGranted) }
        #expect(bucket.look(limit, at: 3_000_000).isGranted)
        #expect(bucket.spend(limit, at: 3_000_000).isGranted)
        #expect(bucket.look(limit, at: 3_000_000).fullAfterMicroseconds == 6_000_000)
    }

    @Test
    func `time that steps back, and the ends of time`() {
        let limit = RateLimit(1, burst: 1)
        var bucket = RateBucket(at: 1_000_000)
        #expect(bucket.spend(limit, at: 1_000_000).isGranted)
        #expect(!bucket.spend(limit, at: 0).isGranted)
        #expect(!bucket.spend(limit, at: .min).isGranted)
        #expect(!bucket.spend(limit, at: 1_999_999).isGranted)
        #expect(bucket.spend(limit, at: .max).isGranted)
        var first = RateBucket(at: .min)
        #expect(first.spend(limit, at: .min).isGranted && first.spend(limit, at: .max).isGranted)
    }

    @Test
    func `the window is that in which a burst comes back`() {
        #expect(RateLimit(5_000, burst: 5_000).windowSeconds == 1)
        #expect(RateLimit(50, burst: 200).windowSeconds == 4)
        #expect(RateLimit(1, perSeconds: 3, burst: 20).windowSeconds == 60)
        #expect(RateLimit(3, burst: 10).windowSeconds == 4)
        #expect(RateLimit(0, perSeconds: 0, burst: -3) == RateLimit(1, burst: 1))
    }
}
