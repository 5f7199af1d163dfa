import Router
import Synchronization

/// Lets one thing through in a while, so that what happens all the time is told now and then.
final class Once: Sendable {
    private let milliseconds: Int64
    private let quietUntil = Mutex(Moment(milliseconds: .min))

    /// - Parameter milliseconds: How long after one thing the next is let through.
    init(everyMilliseconds milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Whether nothing was let through lately; if so, this is.
    func isDue(at now: Moment) -> Bool {
        quietUntil.withLock { until in
            guard now >= until else { return false }
            until = now.adding(milliseconds: milliseconds)
            return true
        }
    }
}
