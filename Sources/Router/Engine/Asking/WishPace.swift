import Synchronization

/// How often wishes make us ask an operator about one attempt: once in each step of its ladder.
///
/// A page's link is in anybody's hands, and every question costs a share of the operator's rate; so the number of questions
/// must follow from how long an attempt is open and not from how often somebody asks. In memory only: after a restart the
/// first wish of a step counts again.
final class WishPace: Sendable {
    /// When a wish was followed last, and after how long it may be forgotten.
    private struct Entry: Sendable {
        var at: Moment
        var next: Moment
    }

    private static let limit = 20_000
    private let entries = Mutex<[AttemptID: Entry]>([:])

    /// Takes the present step for a wish.
    ///
    /// - Parameters:
    ///   - attempt: What shall be asked about.
    ///   - began: When its ladder began.
    ///   - ladder: The waits between checks.
    ///   - longest: The longest that a step counts for this wish, in milliseconds; `nil` means as long as the ladder says.
    ///   - now: The present moment.
    /// - Returns: `nil` if the wish is followed; when the next one will be if an earlier one has used the step.
    func reserve(
        _ attempt: AttemptID, began: Moment, ladder: CheckLadder, longest: Int64? = nil, at now: Moment
    ) -> Moment? {
        let step = ladder.step(at: now.milliseconds(since: began))
        return entries.withLock { entries in
            if let last = entries[attempt] {
                let ladderNext = ladder.step(at: last.at.milliseconds(since: began)).end
                let next = began.adding(milliseconds: ladderNext)
                let allowed = longest.map { min(next, last.at.adding(milliseconds: $0)) } ?? next
                if now < allowed { return allowed }
            } else if entries.count >= Self.limit {
                entries = entries.filter { now < $0.value.next }
                // Every place is held by an attempt that was asked about in its present step: the timers ask.
                guard entries.count < Self.limit else { return began.adding(milliseconds: step.end) }
            }
            entries[attempt] = Entry(at: now, next: began.adding(milliseconds: step.end))
            return nil
        }
    }
}

extension CheckLadder {
    /// The step of the ladder that a moment lies in.
    ///
    /// - Parameter elapsed: Milliseconds since the ladder began; before that it is the first step.
    /// - Returns: The number of the step, counted from zero, and when it ends, in milliseconds since the ladder began.
    func step(at elapsed: Int64) -> (number: Int, end: Int64) {
        var end: Int64 = 0
        for (number, wait) in stepsMilliseconds.enumerated() {
            end = Self.sum(end, max(1, wait))
            if elapsed < end { return (number, end) }
        }
        let every = max(1, thenEveryMilliseconds)
        let past = max(0, elapsed - end) / every
        let (span, overflow) = (past + 1).multipliedReportingOverflow(by: every)
        return (stepsMilliseconds.count + Int(past), Self.sum(end, overflow ? .max : span))
    }

    private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }
}
