import Router

/// What somebody may do, as the answer says it: which limit, whose, and where it is set.
struct LimitText: Sendable {
    var reason: LimitReason
    /// For instance `this address`.
    var who: String
    /// For instance `requests with unknown keys`.
    var what: String
    /// The member of `limits` that says it.
    var setting: String
    /// What to do; `nil` means to wait.
    var remedy: String?

    /// Why it was refused.
    ///
    /// - Parameters:
    ///   - limit: What is used up.
    ///   - seconds: After which it may be tried again, already spread.
    /// - Returns: A 429 that names the limit, whose it is, and what to do.
    func problem(_ limit: RateLimit, retryAfter seconds: Int64) -> Problem {
        let pace = RateLimitFields.pace(limit)
        let detail =
            "\(who) made more \(what) than the \(limit.burst) at once and \(pace) that are allowed (limits.\(setting)); "
            + (remedy ?? "wait for Retry-After seconds, then go on at that pace")
        return Problem(
            .rateLimited, detail, extra: [("limit", .string(reason.rawValue))],
            headers: [(name: "retry-after", value: String(seconds))]
                + RateLimitFields.refused(limit, retryAfter: seconds))
    }

    /// Why one more was refused while as many as allowed were under way.
    func problem(atOnce limit: Int, retryAfter seconds: Int64, code: ProblemCode = .rateLimited) -> Problem {
        let detail =
            "\(who) has \(limit) \(what), as many as are allowed at once (limits.\(setting)); "
            + (remedy ?? "wait for answers before you ask for more")
        return Problem(
            code, detail, extra: [("limit", .string(reason.rawValue))],
            headers: [(name: "retry-after", value: String(seconds))] + RateLimitFields.refused(atOnce: limit))
    }
}
