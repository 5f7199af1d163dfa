/// What was known of an operation at one moment: everything that a decision, or somebody who asks why, is told.
///
/// Counts are in 1024ths, times in milliseconds.
package struct SignalFigures: Sendable, Hashable {
    package var success: Int64 = 0
    package var operatorFailures: Int64 = 0
    package var platformFailures: Int64 = 0
    package var unknown: Int64 = 0
    package var payerRefusals: Int64 = 0
    package var checksAnswered: Int64 = 0
    package var checksUnanswered: Int64 = 0
    /// Half of the answers took at most so long, and nineteen of twenty; `nil` without answers.
    package var median: Int64?
    package var slowest: Int64?
    /// What nineteen of twenty answers usually take at most.
    package var usualSlowest: Int64?
    /// The usual rate's successes and their whole.
    package var usual: Proportion = Proportion(good: 0, all: 0)
    /// The rate that routing goes by; `nil` if too little is known.
    package var rate: SignalRate?

    package init() {}

    /// What the counters say at a moment.
    package init(_ counters: SignalCounters, _ settings: SignalSettings, at now: Moment) {
        let recent = counters.recent.read(settings.recent, at: now)
        success = recent[.success]
        operatorFailures = recent[.operatorFailure]
        platformFailures = recent[.platformFailure]
        unknown = recent[.unknown]
        payerRefusals = recent[.payerRefusal]
        checksAnswered = recent[.checkAnswered]
        checksUnanswered = recent[.checkUnanswered]
        median = recent.latency.quantile(50)
        slowest = recent.latency.quantile(95)
        let usual = counters.usual.read(settings.usual, at: now)
        usualSlowest = usual.latency.quantile(95)
        self.usual = counters.usual.proportion(settings, settings.usual, at: now)
        rate = counters.rate(settings, at: now)
    }

    /// All attempts that were counted, the payers' refusals with them, in 1024ths.
    package var volume: Int64 {
        [success, operatorFailures, platformFailures, unknown, payerRefusals].reduce(0) { $0.clampedSum($1) }
    }

    /// Successes among what says something of the operator, lately.
    package var recent: Proportion { Proportion(good: success, all: telling) }

    /// What is not known among what says something of the operator.
    package var unknownShare: Proportion { Proportion(good: unknown, all: telling) }

    private var telling: Int64 {
        [success, operatorFailures, platformFailures, unknown].reduce(0) { $0.clampedSum($1) }
    }

    /// The checks that were answered.
    package var checks: Proportion {
        Proportion(good: checksAnswered, all: checksAnswered.clampedSum(checksUnanswered))
    }
}
