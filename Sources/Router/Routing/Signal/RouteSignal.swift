/// What one step of an attempt, or one check, tells about an operator.
package struct RouteSignal: Sendable, Hashable {
    package var key: SignalKey
    package var news: News
    /// How long the operator took to answer, in milliseconds; `nil` if it was not asked, or was counted before.
    package var milliseconds: Int64?

    package enum News: Sendable, Hashable {
        /// An attempt counts for something else than before.
        case attempt(SignalChange)
        /// A question about an attempt was answered, whatever the answer was, or was not.
        case check(isAnswered: Bool)
    }

    package init(_ key: SignalKey, _ news: News, milliseconds: Int64? = nil) {
        self.key = key
        self.news = news
        self.milliseconds = milliseconds
    }
}

/// That an attempt counts for something else than before.
///
/// Everything is counted as the difference of two standings. So an outcome that was not known and turns out later is
/// corrected where it was counted, and nothing is ever counted twice.
package struct SignalChange: Sendable, Hashable {
    /// What it counted for, and since when; `nil` if for nothing.
    package var before: Counted?
    /// What it counts for now; `nil` if for nothing.
    package var after: SignalOutcome?

    package struct Counted: Sendable, Hashable {
        package var outcome: SignalOutcome
        package var at: Moment

        package init(_ outcome: SignalOutcome, at moment: Moment) {
            self.outcome = outcome
            at = moment
        }
    }

    /// The change from one standing to another; `nil` if nothing is to be counted.
    ///
    /// - Parameters:
    ///   - before: What the attempt counted for before this step.
    ///   - moment: When it came to count for that.
    ///   - after: What it counts for after this step.
    package init?(from before: SignalOutcome?, since moment: Moment, to after: SignalOutcome?) {
        guard before != after else { return nil }
        self.before = before.map { Counted($0, at: moment) }
        self.after = after
    }

    /// An attempt that counts for the first time.
    package init(_ outcome: SignalOutcome) { after = outcome }
}
