extension Proportion {
    /// Wilson's interval: it holds for few samples and rates near one, where the usual one does not.
    package func interval(_ confidence: Confidence = .usual) -> ShareInterval {
        guard all > 0 else { return ShareInterval(low: .none, high: .all) }
        let z = Int128(confidence.squared)
        let spread = Int128(good) * Int128(bad) / Int128(all) + z / 4
        // The root is rounded up, so that an interval is never too narrow.
        let half = (z * spread).squareRoot + 1
        let centre = Int128(good) + z / 2
        let whole = (Int128(all) + z)
        let low = max(0, (centre - half) * 1_000_000 / whole)
        let high = min(1_000_000, ((centre + half) * 1_000_000 + whole - 1) / whole)
        return ShareInterval(low: Share(millionths: Int64(low)), high: Share(millionths: Int64(high)))
    }

    /// Whether two rates cannot be told apart at their sample size: the test of two proportions, pooled.
    ///
    /// Symmetric, and not transitive: see ``NoiseGroups``. Nothing can be told from an empty sample.
    package func isWithinNoise(_ other: Proportion, _ confidence: Confidence = .usual) -> Bool {
        guard all > 0, other.all > 0 else { return true }
        let together = self + other
        let pooled = Int128(together.rate.millionths)
        let difference = Int128(rate.millionths - other.rate.millionths)
        let left = difference * difference * Int128(all) * Int128(other.all)
        let right = Int128(confidence.squared) * pooled * (1_000_000 - pooled) * Int128(all + other.all)
        return left <= right
    }

    /// Where the difference to another rate lies, this less the other, by Newcombe's interval: it is made of both rates' own.
    package func difference(_ other: Proportion, _ confidence: Confidence = .usual) -> ShareInterval {
        let (mine, theirs) = (interval(confidence), other.interval(confidence))
        let (p, q) = (rate.millionths, other.rate.millionths)
        func root(_ first: Int64, _ second: Int64) -> Int64 {
            let sum = Int128(first) * Int128(first) + Int128(second) * Int128(second)
            return Int64(clamping: sum.squareRoot + 1)
        }
        let down = root(p - mine.low.millionths, theirs.high.millionths - q)
        let up = root(mine.high.millionths - p, q - theirs.low.millionths)
        return ShareInterval(low: Share(millionths: p - q - down), high: Share(millionths: p - q + up))
    }
}
