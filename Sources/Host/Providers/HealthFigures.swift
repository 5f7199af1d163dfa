import Router

/// What the health of one operation of a provider is decided by.
struct HealthFigures: Sendable, Hashable {
    var standing = ProviderStanding()
    var drain: ProviderDrain?
    /// Whether it only finishes what it began.
    var isRetired = false
    /// Whether so much of its money is in doubt that nothing more is sent.
    var isExposed = false
    var recent = RecentExchanges()
    /// Since when the oldest of its attempts is not known, of all operations.
    var oldestUnknown: Moment?

    /// How much of the last exchanges may fail, or wait for so long, before they are called delayed.
    static let (fewest, share, slow) = (5, 5, Int64(10_000))
    /// How long an outcome may be unknown before it is called delayed, in seconds.
    static let patience: Int64 = 600
}

/// Whether an operation of a provider can be had.
enum HealthState: String, Sendable, Hashable, CaseIterable {
    /// New orders go there.
    case operational
    /// New orders go there, and take longer, or end less often.
    case delayed
    /// No new orders go there.
    case closed
}

/// Why an operation is not simply operational.
enum HealthReason: Sendable, Hashable {
    case draining(ProviderDrain)
    case retired
    case credentialsRefused
    case breakerOpen(nextTrial: Moment?)
    /// Too much of its money is in doubt.
    case exposed
    /// The breaker lets single requests through to try.
    case trying
    /// As many requests are under way as may be.
    case full
    /// So many of the last exchanges got no answer, or one of a broken server.
    case failing(Int, of: Int)
    /// Half of the last exchanges took longer than this, in milliseconds.
    case slow(Int64)
    /// Nobody has known for long what became of an attempt.
    case outcomesUnknown
}

/// How an operation is, and why.
struct HealthVerdict: Sendable, Hashable {
    let state: HealthState
    let reason: HealthReason?
    /// Since when, where that is known.
    let since: Moment?

    /// Decides it.
    ///
    /// Pure. What keeps new orders away goes first, and people's own wish before all.
    init(_ figures: HealthFigures, at now: Moment) {
        let standing = figures.standing
        let recent = figures.recent
        func closed(_ reason: HealthReason, _ since: Moment? = nil) -> (HealthState, HealthReason?, Moment?) {
            (.closed, reason, since)
        }
        func delayed(_ reason: HealthReason, _ since: Moment? = nil) -> (HealthState, HealthReason?, Moment?) {
            (.delayed, reason, since)
        }
        let isUnknown = figures.oldestUnknown.map { now >= $0.adding(seconds: HealthFigures.patience) } ?? false
        let isFailing = recent.count >= HealthFigures.fewest && recent.failures * HealthFigures.share >= recent.count
        let isSlow = recent.count >= HealthFigures.fewest && recent.median >= HealthFigures.slow
        (state, reason, since) =
            if let drain = figures.drain {
                closed(.draining(drain), drain.since)
            } else if figures.isRetired {
                closed(.retired)
            } else if let stopped = standing.credentialsStoppedAt {
                closed(.credentialsRefused, stopped)
            } else if standing.breaker == .open {
                closed(.breakerOpen(nextTrial: standing.nextTrial), standing.brokenSince)
            } else if figures.isExposed {
                closed(.exposed)
            } else if standing.breaker == .halfOpen {
                delayed(.trying, standing.brokenSince)
            } else if standing.inFlight >= standing.maximumInFlight {
                delayed(.full)
            } else if isFailing {
                delayed(.failing(recent.failures, of: recent.count), recent.lastFailure)
            } else if isSlow {
                delayed(.slow(recent.median))
            } else if isUnknown {
                delayed(.outcomesUnknown, figures.oldestUnknown)
            } else {
                (.operational, nil, nil)
            }
    }
}

extension HealthReason {
    /// In plain English.
    var text: String {
        switch self {
        case .draining(let drain):
            "it takes no new orders since \(drain.since), by \(drain.by)" + (drain.reason.map { ": \($0)" } ?? "")
        case .retired: "it only finishes what it began"
        case .credentialsRefused: "its operator refuses our credentials"
        case .breakerOpen(let next): "its operator fails too often" + (next.map { "; tried again at \($0)" } ?? "")
        case .exposed: "too much of its money is in payments whose end is not known"
        case .trying: "its operator failed too often, and single requests try it again"
        case .full: "as many requests are under way as may be"
        case .failing(let count, let all): "\(count) of the last \(all) exchanges got no good answer"
        case .slow(let milliseconds): "half of the last exchanges took \(milliseconds) ms or longer"
        case .outcomesUnknown: "it has not been known for long what became of some attempts"
        }
    }
}
