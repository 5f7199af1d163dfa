/// Good ones among all, and what can be said of the rate behind them.
///
/// Counts are in 1024ths, because decayed counts are no whole numbers. All of it is integer arithmetic.
///
/// Decayed counts are a sample of nearly twice their sum (exponential weights: the square of the sum by the sum of the squares),
/// so intervals that take the sum for the sample are wider than they had to be: the safe side for whoever would move money.
package struct Proportion: Sendable, Hashable {
    /// In 1024ths; at most ``all``.
    package let good: Int64
    /// In 1024ths.
    package let all: Int64

    /// Counts in 1024ths; beyond a thousand million both are cut in the same ratio.
    package init(good: Int64, all: Int64) {
        let (all, good) = (max(0, all), min(max(0, good), max(0, all)))
        guard all > Self.most else {
            (self.good, self.all) = (good, all)
            return
        }
        self.good = Int64(clamping: Int128(good) * Int128(Self.most) / Int128(all))
        self.all = Self.most
    }

    /// Whole counts.
    package init(_ good: Int64, of all: Int64) {
        self.init(good: good.clampedProduct(Self.one), all: all.clampedProduct(Self.one))
    }

    /// One of what is counted.
    package static let one: Int64 = 1_024
    /// The most that is counted exactly: 2^30 in 1024ths.
    private static let most: Int64 = 1 << 40

    package var bad: Int64 { all - good }
    /// How many it is taken from, rounded down.
    package var samples: Int64 { all / Self.one }
    /// The rate that was seen.
    package var rate: Share { Share(good, of: all) }

    package static func + (left: Proportion, right: Proportion) -> Proportion {
        Proportion(good: left.good + right.good, all: left.all + right.all)
    }
}
