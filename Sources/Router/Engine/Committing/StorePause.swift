import Synchronization

/// Lets timers pause after a failed write, so that a store in trouble is not asked without end.
final class StorePause: Sendable {
    private let end = Mutex(Moment(milliseconds: .min))

    /// Until when timers pause.
    var until: Moment { end.withLock { $0 } }

    func begin(at now: Moment) { end.withLock { $0 = max($0, now.adding(seconds: 1)) } }

    /// Whether nothing could be written a moment ago.
    ///
    /// Longer than timers pause: whoever asks whether to send payments here asks every few seconds.
    func isTroubled(at now: Moment) -> Bool { now < until.adding(seconds: 9) }
}
