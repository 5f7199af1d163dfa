import Router
import RouterTestKit
import Testing

@Suite struct CircuitBreakerTests {
    private func run(_ breaker: inout CircuitBreaker, _ outcomes: [Bool], at now: Moment = .start) {
        for outcome in outcomes where breaker.admit(at: now) { breaker.record(success: outcome, at: now) }
    }

    private func opened(at now: Moment = .start) -> CircuitBreaker {
        var breaker = CircuitBreaker()
        run(&breaker, Array(repeating: false, count: 20), at: now)
        return breaker
    }

    @Test func `stays closed below twenty calls`() {
        var breaker = CircuitBreaker()
        run(&breaker, Array(repeating: false, count: 19))
        #expect(breaker.state == .closed)
        run(&breaker, [false])
        #expect(breaker.state == .open)
    }

    @Test func `opens at half`() {
        var breaker = CircuitBreaker()
        run(&breaker, Array(repeating: true, count: 11) + Array(repeating: false, count: 10))
        #expect(breaker.state == .closed)
        run(&breaker, [false])
        #expect(breaker.state == .open)
    }

    @Test func `forgets what is older than the window`() {
        var breaker = CircuitBreaker()
        run(&breaker, Array(repeating: false, count: 19))
        run(&breaker, [false], at: .start + 31)
        #expect(breaker.state == .closed)
        run(&breaker, Array(repeating: false, count: 19), at: .start + 32)
        #expect(breaker.state == .open)
    }

    @Test func `counts the whole window`() {
        var breaker = CircuitBreaker()
        for second in 0..<20 as Range<Int64> { run(&breaker, [false], at: .start + second) }
        #expect(breaker.state == .open)
    }

    @Test func `lets nothing through while open`() {
        var breaker = opened()
        #expect(!breaker.wouldAdmit(at: .start.adding(milliseconds: 29_999)))
        let admitted = breaker.admit(at: .start.adding(milliseconds: 29_999))
        #expect(!admitted)
        #expect(breaker.state == .open)
    }

    @Test func `probes one at a time`() {
        var breaker = opened()
        let now = Moment.start + 30
        #expect(breaker.wouldAdmit(at: now))
        let first = breaker.admit(at: now)
        let second = breaker.admit(at: now)
        #expect(first && !second)
        #expect(breaker.state == .halfOpen)
        breaker.record(success: true, at: now)
        #expect(breaker.wouldAdmit(at: now))
    }

    @Test func `a probe that was never made counts for nothing`() {
        var breaker = opened()
        let now = Moment.start + 30
        for _ in 0..<10 {
            let admitted = breaker.admit(at: now)
            #expect(admitted)
            breaker.abandon()
        }
        #expect(breaker.state == .halfOpen)
        run(&breaker, [true, true, true, true], at: now)
        #expect(breaker.state == .halfOpen)
        run(&breaker, [true], at: now)
        #expect(breaker.state == .closed)
    }

    @Test func `closes after five probes`() {
        var breaker = opened()
        run(&breaker, [true, true, true, true], at: .start + 30)
        #expect(breaker.state == .halfOpen)
        run(&breaker, [true], at: .start + 30)
        #expect(breaker.state == .closed)
        run(&breaker, Array(repeating: false, count: 19), at: .start + 31)
        #expect(breaker.state == .closed, "it starts anew")
    }

    @Test func `doubles up to ten minutes and starts anew after closing`() {
        var breaker = opened()
        var now = Moment.start
        for seconds in [30, 60, 120, 240, 480, 600, 600] as [Int64] {
            #expect(!breaker.wouldAdmit(at: now.adding(milliseconds: seconds * 1_000 - 1)), "\(seconds)")
            now = now + seconds
            #expect(breaker.wouldAdmit(at: now), "\(seconds)")
            run(&breaker, [true, false], at: now)
            #expect(breaker.state == .open)
        }
        now = now + 600
        run(&breaker, Array(repeating: true, count: 5), at: now)
        #expect(breaker.state == .closed)
        run(&breaker, Array(repeating: false, count: 20), at: now)
        #expect(breaker.wouldAdmit(at: now + 30))
        #expect(!breaker.wouldAdmit(at: now + 29))
    }

    @Test func `calls that end after it opened change nothing`() {
        var breaker = CircuitBreaker()
        let before = breaker.admit(at: .start)
        #expect(before)
        run(&breaker, Array(repeating: false, count: 20))
        let open = breaker
        breaker.record(success: true, at: .start + 1)
        breaker.record(success: false, at: .start + 1)
        #expect(breaker == open)
    }

    @Test func `would admit changes nothing`() {
        let breaker = opened()
        let copy = breaker
        _ = breaker.wouldAdmit(at: .start + 100)
        #expect(breaker == copy)
    }

    /// Whatever happens, a probe at a time, and the breaker never stays shut for ever.
    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `recovers from any history`(seed: UInt64) {
        var random = Seeded(seed)
        var breaker = CircuitBreaker()
        var now = Moment.start
        for _ in 0..<300 {
            now = now.adding(milliseconds: Int64.random(in: 0...20_000, using: &random))
            run(&breaker, [Int.random(in: 0...2, using: &random) == 0], at: now)
        }
        now = now + 600
        run(&breaker, Array(repeating: true, count: 25), at: now)
        #expect(breaker.state == .closed)
    }
}

@Suite struct TokenBucketTests {
    @Test func `starts full and refills with time`() {
        var bucket = TokenBucket(perSecond: 2)
        #expect(bucket.available(at: .start) == 2)
        bucket.spend(2)
        #expect(bucket.available(at: .start) == 0)
        #expect(bucket.available(at: .start.adding(milliseconds: 499)) == 0)
        #expect(bucket.available(at: .start.adding(milliseconds: 500)) == 1)
        #expect(bucket.available(at: .start + 60) == 2, "never more than the burst")
    }

    @Test func `slow rates allow one at a time`() {
        var bucket = TokenBucket(perSecond: 0.1)
        #expect(bucket.available(at: .start) == 1)
        bucket.spend(1)
        #expect(bucket.nextToken(after: .start) >= .start + 10)
        #expect(bucket.available(at: .start + 9) == 0)
        #expect(bucket.available(at: bucket.nextToken(after: .start + 9)) == 1)
    }

    @Test func `a rate of zero does not trap`() {
        var bucket = TokenBucket(perSecond: 0)
        bucket.spend(1)
        #expect(bucket.available(at: .start) <= 1)
        #expect(bucket.nextToken(after: .start) > .start)
    }

    @Test func `time that steps back gives nothing`() {
        var bucket = TokenBucket(perSecond: 1, burst: 5)
        _ = bucket.available(at: .start + 100)
        bucket.spend(5)
        #expect(bucket.available(at: .start) == 0)
        #expect(bucket.available(at: .start + 101) == 1)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `never allows more than rate and burst`(seed: UInt64) {
        var random = Seeded(seed)
        var bucket = TokenBucket(perSecond: 5, burst: 10)
        var now = Moment.start
        var taken = 0
        for _ in 0..<500 {
            now = now.adding(milliseconds: Int64.random(in: 0...300, using: &random))
            let count = bucket.available(at: now)
            bucket.spend(count)
            taken += count
            #expect(Double(taken) <= 10 + Double(now.milliseconds(since: .start)) / 1_000 * 5 + 1)
        }
        #expect(taken > 300, "and it does not starve anybody")
    }
}
