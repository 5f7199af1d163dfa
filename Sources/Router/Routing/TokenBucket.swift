/// Allows so many events a second, with a short burst.
///
/// Plain state; the clock comes in.
package struct TokenBucket: Sendable, Hashable {
    private let perSecond: Double
    private let capacity: Double
    private var tokens: Double
    private var filledAt: Moment?

    package init(perSecond: Double, burst: Double? = nil) {
        self.perSecond = max(0.001, perSecond)
        capacity = max(1, burst ?? perSecond)
        tokens = capacity
    }

    /// How many events may happen now.
    package mutating func available(at now: Moment) -> Int {
        if let filledAt, now > filledAt {
            tokens = min(capacity, tokens + Double(now.milliseconds(since: filledAt)) / 1_000 * perSecond)
        }
        if filledAt.map({ now > $0 }) ?? true { filledAt = now }
        return Int(tokens)
    }

    /// Takes tokens for events that happen now.
    package mutating func spend(_ count: Int) { tokens = max(0, tokens - Double(count)) }

    /// When the next token will be there.
    package func nextToken(after now: Moment) -> Moment {
        now.adding(milliseconds: Int64(max(0, 1 - tokens) / perSecond * 1_000) + 1)
    }
}
