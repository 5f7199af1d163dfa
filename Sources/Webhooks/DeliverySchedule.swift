package import Router

/// When a delivery that failed is tried again (rule WH-4).
///
/// A run has ten tries: the first at once, the others 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h after the
/// failure before, each plus up to 20 % of jitter. After the tenth failure the delivery is dead until somebody replays it,
/// which begins a new run.
package enum DeliverySchedule {
    /// Seconds between a failure and the next try.
    package static let delays: [Int64] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
    /// Tries after which a delivery is dead until somebody replays it.
    package static let triesPerRun = 10
    /// The longest wait an endpoint can ask for with `Retry-After`, in seconds.
    package static let longestRetryAfter: Int64 = 3_600

    /// When to try again.
    ///
    /// - Parameters:
    ///   - tries: All tries so far, the failed one last.
    ///   - now: The moment of the failure.
    ///   - retryAfterSeconds: What the endpoint asked for. It can ask for later than the schedule, at most an hour, never
    ///     for earlier: otherwise `Retry-After: 0` would use up the schedule in a moment.
    ///   - jitter: 64 random bits.
    /// - Returns: `nil` if the run is used up.
    package static func next(
        after tries: [Delivery.Try], at now: Moment, retryAfterSeconds: Int64? = nil, jitter: UInt64
    ) -> Moment? {
        let position = position(tries)
        guard position < delays.count else { return nil }
        let seconds = max(delays[position], min(retryAfterSeconds ?? 0, longestRetryAfter))
        let span = UInt64(seconds * 200)
        return now.adding(milliseconds: seconds * 1_000 + Int64(jitter % (span + 1)))
    }

    /// Which try of its run the last one was, from 0; tries up to the last success belong to earlier runs.
    static func position(_ tries: [Delivery.Try]) -> Int {
        let failures = tries.reversed().prefix { !($0.status.map { (200..<300).contains($0) } ?? false) }.count
        return max(0, failures - 1) % triesPerRun
    }
}
