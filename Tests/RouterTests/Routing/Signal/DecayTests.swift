import RouterTestKit
import Testing

@testable import Router

@Suite struct DecayTests {
    private let decay = Decay(halfLifeMilliseconds: 600_000)

    @Test(arguments: [(0, 1_048_576), (1, 524_288), (2, 262_144), (10, 1_024), (20, 1), (21, 0), (64, 0), (1_000, 0)])
    func `halves with every half-life`(halvings: Int64, left: Int64) {
        #expect(Decay.factor(halvings * 256).of(1 << 20) == left)
    }

    /// The powers of one half rounded down to a millionth.
    @Test(arguments: [(1, 997_296), (26, 932_022), (64, 840_896), (128, 707_106), (192, 594_603), (255, 501_355)])
    func `lies on the curve between them`(ticks: Int64, millionths: Int64) {
        let left = Decay.factor(ticks).of(1_000_000)
        #expect(abs(left - millionths) <= 1)
    }

    @Test func `never grows and never turns negative`() {
        var random = Seeded(5)
        for _ in 0..<2_000 {
            let count = Int64.random(in: 0...(.max), using: &random)
            let ticks = Int64.random(in: -100...40_000, using: &random)
            let left = Decay.factor(ticks).of(count)
            #expect(left >= 0 && left <= count)
            #expect(left >= Decay.factor(ticks + 1).of(count))
        }
    }

    @Test func `forgets nothing when the clock goes back`() {
        #expect(Decay.factor(-5).of(77) == 77)
    }

    @Test func `finds the tick of its first moment`() {
        for halfLife in [256, 1_000, 600_000, 777_777, 259_200_000] as [Int64] {
            let decay = Decay(halfLifeMilliseconds: halfLife)
            for step in 0..<500 as Range<Int64> {
                let tick = decay.tick(.start.adding(milliseconds: step * 977))
                #expect(decay.tick(decay.moment(tick)) == tick)
                #expect(decay.tick(decay.moment(tick).adding(milliseconds: -1)) == tick - 1)
            }
        }
    }

    @Test func `takes any half-life`() {
        for halfLife in [.min, -1, 0, 1, .max] as [Int64] {
            let decay = Decay(halfLifeMilliseconds: halfLife)
            #expect(decay.halfLife >= 256)
            #expect(decay.tick(Moment(milliseconds: .max)) >= decay.tick(Moment(milliseconds: .min)))
        }
    }
}
