import Router
import RouterTestKit
import Testing

@Suite struct ProportionTests {
    /// Wilson's interval at 95 %, as statistics packages give it, in millionths.
    @Test(
        arguments: [
            (0, 10, 0, 277_533), (10, 10, 722_467, 1_000_000), (5, 10, 236_593, 763_407), (95, 100, 888_250, 978_464),
            (1, 2, 94_529, 905_471), (950, 1_000, 934_671, 961_897),
        ] as [(Int64, Int64, Int64, Int64)])
    func `has Wilson's interval`(good: Int64, all: Int64, low: Int64, high: Int64) {
        let interval = Proportion(good, of: all).interval()
        // 1 024ths of counts are what it reckons in.
        #expect(abs(interval.low.millionths - low) <= 1_000)
        #expect(abs(interval.high.millionths - high) <= 1_000)
    }

    @Test func `knows nothing of nothing`() {
        #expect(Proportion(0, of: 0).interval() == ShareInterval(low: .none, high: .all))
        #expect(Proportion(0, of: 0).rate == .none)
        #expect(Proportion(0, of: 0).isWithinNoise(Proportion(1_000, of: 1_000)))
    }

    /// Two proportions, and whether the pooled test tells them apart at 95 %: z is 0, 1.20, 1.92, 2.01, 4.42, 1.01, 3.19.
    @Test(
        arguments: [
            (95, 100, 95, 100, true), (95, 100, 91, 100, true), (97, 100, 90, 100, false), (96, 100, 90, 100, true),
            (950, 1_000, 900, 1_000, false), (9, 10, 10, 10, true), (30, 30, 20, 27, false), (100, 100, 50, 50, true),
        ] as [(Int64, Int64, Int64, Int64, Bool)])
    func `tells rates apart as far as their samples do`(
        first: Int64, firstOf: Int64, second: Int64, secondOf: Int64, isNoise: Bool
    ) {
        let (left, right) = (Proportion(first, of: firstOf), Proportion(second, of: secondOf))
        #expect(left.isWithinNoise(right) == isNoise)
        #expect(right.isWithinNoise(left) == isNoise)
    }

    @Test func `is not transitive`() {
        let rates = [Proportion(97, of: 100), Proportion(92, of: 100), Proportion(87, of: 100)]
        #expect(rates[0].isWithinNoise(rates[1]))
        #expect(rates[1].isWithinNoise(rates[2]))
        #expect(!rates[0].isWithinNoise(rates[2]))
    }

    @Test func `holds the rate, and narrows with the sample`() {
        var random = Seeded(7)
        for _ in 0..<2_000 {
            let all = Int64.random(in: 1...5_000, using: &random)
            let good = Int64.random(in: 0...all, using: &random)
            let (few, many) = (Proportion(good, of: all), Proportion(good * 16, of: all * 16))
            let (wide, narrow) = (few.interval(), many.interval())
            #expect(wide.low <= few.rate && few.rate <= wide.high)
            #expect(narrow.low >= wide.low && narrow.high <= wide.high)
            let strict = few.interval(.strict)
            #expect(strict.low <= wide.low && strict.high >= wide.high)
            #expect(few.isWithinNoise(few))
        }
    }

    @Test func `covers the true rate nineteen times of twenty`() {
        var random = Seeded(11)
        for percent in [60, 90, 97] as [Int64] {
            var held = 0
            for _ in 0..<1_000 {
                let good = (0..<80).count { _ in Int64.random(in: 0..<100, using: &random) < percent }
                let interval = Proportion(Int64(good), of: 80).interval()
                if interval.low <= Share(percent: percent), Share(percent: percent) <= interval.high { held += 1 }
            }
            #expect((925...985).contains(held))
        }
    }

    @Test func `never wraps, however much is counted`() {
        let huge = Proportion(good: .max - 1, all: .max)
        #expect(huge.rate > Share(millionths: 999_000))
        #expect(huge.isWithinNoise(huge))
        #expect(!huge.isWithinNoise(Proportion(good: 0, all: .max)))
        #expect(huge.interval().low > Share(millionths: 999_000))
        #expect((huge + huge).all > 0)
        #expect(Proportion(.max, of: .max).rate == .all)
    }

    @Test func `takes no more good ones than there are`() {
        #expect(Proportion(good: 20, all: 10).rate == .all)
        #expect(Proportion(good: -5, all: 10).rate == .none)
        #expect(Proportion(good: 5, all: -10).samples == 0)
    }

    @Test func `gives the difference of two rates its interval`() {
        let difference = Proportion(90, of: 100).difference(Proportion(80, of: 100))
        // Newcombe (1998), method 10: -0.0009 to 0.1980 or so.
        #expect(abs(difference.low.millionths - -700) <= 2_000)
        #expect(abs(difference.high.millionths - 199_000) <= 2_000)
        let turned = Proportion(80, of: 100).difference(Proportion(90, of: 100))
        #expect(abs(turned.low.millionths + difference.high.millionths) <= 2)
    }

    @Test func `finds whole roots`() {
        var random = Seeded(3)
        for value in [0, 1, 2, 3, 4, 8, 9, 15, 16, 17, Int128.max] as [Int128] { check(value) }
        for _ in 0..<500 {
            check(Int128.random(in: 0...(.max), using: &random) >> Int128.random(in: 0...126, using: &random))
        }
        #expect((-9 as Int128).squareRoot == 0)
    }

    private func check(_ value: Int128) {
        let root = value.squareRoot
        #expect(root * root <= value)
        let (square, isBeyond) = (root + 1).multipliedReportingOverflow(by: root + 1)
        #expect(isBeyond || square > value)
    }
}

@Suite struct ShareTests {
    @Test(arguments: [(1, 3, 333_333), (2, 3, 666_667), (1, 2, 500_000), (0, 5, 0), (5, 5, 1_000_000), (1, 0, 0)])
    func `rounds to the nearest millionth`(part: Int64, whole: Int64, millionths: Int64) {
        #expect(Share(part, of: whole).millionths == millionths)
    }

    @Test(
        arguments: [
            (972_500, "97.25 %"), (0, "0.00 %"), (1_000_000, "100.00 %"), (-12_345, "-1.23 %"), (100, "0.01 %"),
            (-99, "-0.00 %"),
        ] as [(Int64, String)])
    func `is told in percent`(millionths: Int64, text: String) {
        #expect(Share(millionths: millionths).description == text)
    }

    @Test func `holds its share of hashes, and all that a smaller one holds`() {
        var random = Seeded(2)
        let (small, large) = (Share(percent: 5), Share(percent: 30))
        var held = 0
        for _ in 0..<100_000 {
            let hash = random.next()
            if small.holds(hash) { #expect(large.holds(hash)) }
            if large.holds(hash) { held += 1 }
        }
        #expect((29_400...30_600).contains(held))
        #expect(!Share.none.holds(0))
        #expect(Share.all.holds(999_999))
    }
}
