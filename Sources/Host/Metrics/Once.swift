import Synchronization

/// Lets one thing through in a while, so that what happens all the time is told now and then.
package final class Once: Sendable {
    private let interval: Duration
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    /// - Parameter interval: How long after one thing the next is let through.
    package init(every interval: Duration) { self.interval = interval }

    /// Whether nothing was let through lately; if so, this is.
    var isDue: Bool {
        last.withLock { last in
            let now = ContinuousClock.now
            if let last, now - last < interval { return false }
            last = now
            return true
        }
    }
}
