package import Router

/// Concurrency limit and breaker for one endpoint.
///
/// Pure. Lives in memory only, because after a restart one may well try once more.
package struct EndpointPace: Sendable, Hashable {
    /// Deliveries that may be under way to one endpoint at the same time, at first and after a failure.
    package static let width = 8
    /// As many as there may be once it has kept up with fewer: it grows by one for each full width of successes in a row.
    package static let greatestWidth = 64
    /// Failures in a row after which the endpoint is only probed.
    package static let patience = 5
    /// The first rest, in seconds; doubles with each further failure.
    package static let firstRest: Int64 = 5
    /// The longest rest that the router chooses by itself, in seconds.
    package static let longestRest: Int64 = 300

    /// Failures since the last success.
    package private(set) var failures = 0
    /// How many may be under way while it does not fail.
    private var reached = width
    /// Successes in a row at that width.
    private var successes = 0
    /// Nothing is sent before this moment.
    package private(set) var restUntil: Moment?

    package init() {}

    /// How many deliveries may be under way: none while it rests, one probe while it fails, else ``width``.
    package func width(at now: Moment) -> Int {
        if let restUntil, now < restUntil { return 0 }
        return failures < Self.patience ? reached : 1
    }

    /// Takes the outcome of an attempt into account.
    package mutating func record(_ verdict: DeliveryVerdict, at now: Moment) {
        switch verdict {
        case .interrupted: break
        // Whoever waits behind would find no room either.
        case .notNow: rest(1, at: now)
        case .delivered: grow()
        case .failed, .disableEndpoint:
            fail()
            guard failures >= Self.patience else { return }
            let doublings = min(failures - Self.patience, 10)
            rest(min(Self.longestRest, Self.firstRest << doublings), at: now)
        case .slowDown(let seconds):
            fail()
            rest(max(Self.firstRest, min(seconds ?? 0, DeliverySchedule.longestRetryAfter)), at: now)
        }
    }

    private mutating func grow() {
        (failures, restUntil) = (0, nil)
        successes += 1
        guard successes >= reached, reached < Self.greatestWidth else { return }
        (reached, successes) = (reached + 1, 0)
    }

    private mutating func fail() {
        failures += 1
        (reached, successes) = (Self.width, 0)
    }

    /// Leaves the endpoint alone for a while.
    package mutating func rest(_ seconds: Int64, at now: Moment) {
        let end = now.adding(seconds: seconds)
        restUntil = max(restUntil ?? end, end)
    }
}
