/// How sure a statement about a rate has to be, as the square of a normal quantile, in 1024ths.
package struct Confidence: Sendable, Hashable {
    let squared: Int64

    /// Two-sided 95 % (1.96).
    package static let usual = Confidence(squared: 3_934)
    /// Two-sided 99.7 % (3), for what is looked at again and again, and would be wrong once in so many looks.
    package static let strict = Confidence(squared: 9_216)
}

/// Where a rate lies, both ends included.
package struct ShareInterval: Sendable, Hashable {
    package var low: Share
    package var high: Share

    package init(low: Share, high: Share) {
        self.low = low
        self.high = high
    }
}
