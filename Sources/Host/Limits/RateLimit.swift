/// How many events may happen: so many at once, and so many more as time passes.
///
/// All arithmetic is on whole microseconds, so that nothing drifts however long a router runs.
package struct RateLimit: Sendable, Hashable {
    /// How many may happen at once after a pause; at least 1.
    package let burst: Int64
    /// How many come back in ``periodMicroseconds``; at least 1.
    package let count: Int64
    /// The time in which ``count`` come back, in microseconds.
    package let periodMicroseconds: Int64

    /// The most that ``burst`` and ``count`` may be.
    package static let most: Int64 = 1_000_000
    /// The longest period that settings may name, in seconds: a day.
    package static let longestSeconds: Int64 = 86_400

    /// Makes a limit; values outside the bounds are brought to the nearest that is inside.
    package init(_ count: Int64, perSeconds seconds: Int64 = 1, burst: Int64) {
        self.init(
            count: min(max(1, count), Self.most), burst: min(max(1, burst), Self.most),
            periodMicroseconds: min(max(1, seconds), Self.longestSeconds) * 1_000_000)
    }

    private init(count: Int64, burst: Int64, periodMicroseconds: Int64) {
        self.count = count
        self.burst = burst
        self.periodMicroseconds = periodMicroseconds
    }

    /// The same limit for `times` as many events, at most 16 times.
    func multiplied(by times: Int64) -> RateLimit {
        let times = min(max(1, times), 16)
        return RateLimit(count: count * times, burst: burst * times, periodMicroseconds: periodMicroseconds)
    }

    /// In how many seconds a whole burst comes back, rounded up: the window of which ``burst`` is the quota.
    var windowSeconds: Int64 {
        let (seconds, rest) = (burst * (periodMicroseconds / 1_000_000)).quotientAndRemainder(dividingBy: count)
        return max(1, seconds + (rest > 0 ? 1 : 0))
    }
}
