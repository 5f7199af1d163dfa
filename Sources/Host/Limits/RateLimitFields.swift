/// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers): structured fields of which the first names
/// quotas and windows, the second what is left.
enum RateLimitFields {
    typealias Fields = [(name: String, value: String)]

    /// What is said of an app's limits with every answer, whose part that never changes is written once.
    static func policy(_ limit: RateLimit, concurrent: Int) -> String {
        "\(policy(limit)), \"concurrent\";q=\(concurrent);qu=\"concurrent-requests\""
    }

    static func granted(policy: String, _ reading: RateBucket.Reading) -> Fields {
        let seconds = (reading.fullAfterMicroseconds + 999_999) / 1_000_000
        return [
            ("ratelimit-policy", policy), ("ratelimit", "\"default\";r=\(reading.remaining);t=\(max(1, seconds))"),
        ]
    }

    static func refused(_ limit: RateLimit, retryAfter seconds: Int64) -> Fields {
        [("ratelimit-policy", policy(limit)), ("ratelimit", "\"default\";r=0;t=\(seconds)")]
    }

    static func refused(atOnce limit: Int) -> Fields {
        [
            ("ratelimit-policy", "\"concurrent\";q=\(limit);qu=\"concurrent-requests\""),
            ("ratelimit", "\"concurrent\";r=0"),
        ]
    }

    private static func policy(_ limit: RateLimit) -> String {
        "\"default\";q=\(limit.burst);w=\(limit.windowSeconds)"
    }

    /// For instance `50 a second` or `1 in 3 seconds`.
    static func pace(_ limit: RateLimit) -> String {
        let seconds = limit.periodMicroseconds / 1_000_000
        return seconds == 1 ? "\(limit.count) a second" : "\(limit.count) in \(seconds) seconds"
    }
}
