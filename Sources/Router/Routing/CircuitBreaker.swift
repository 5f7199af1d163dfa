/// Stops sending to an operator that fails: one per provider and operation.
///
/// A plain state machine; the clock comes in.
///
/// Counts calls in a sliding window. Half of at least twenty failing opens it for thirty seconds, doubling up to ten
/// minutes; then one probe at a time until five succeed. Customers' refusals are successes of the operator.
package struct CircuitBreaker: Sendable, Hashable {
    package enum State: String, Sendable, Hashable { case closed, open, halfOpen = "half_open" }

    package struct Settings: Sendable, Hashable {
        package var windowMilliseconds: Int64 = 30_000
        package var minimumCalls = 20
        package var failureShare = 0.5
        package var openMilliseconds: Int64 = 30_000
        package var maximumOpenMilliseconds: Int64 = 600_000
        package var probesToClose = 5

        package init() {}
    }

    package private(set) var state = State.closed
    private let settings: Settings
    private var buckets: [Bucket] = []
    private var openUntil = Moment(milliseconds: 0)
    /// Since when it has not been closed; `nil` while it is.
    package private(set) var brokenSince: Moment?
    /// When a probe is let through; `nil` unless it is open.
    package var nextProbe: Moment? { state == .open ? openUntil : nil }
    private var openFor: Int64
    private var probesRunning = 0
    private var probesPassed = 0

    private struct Bucket: Sendable, Hashable {
        var start: Int64
        var calls = 0
        var failures = 0
    }

    package init(_ settings: Settings = Settings()) {
        self.settings = settings
        openFor = settings.openMilliseconds
    }

    /// Whether a call would be let through; changes nothing.
    package func wouldAdmit(at now: Moment) -> Bool {
        switch state {
        case .closed: true
        case .open: now >= openUntil
        case .halfOpen: probesRunning == 0
        }
    }

    /// Asks to make a call.
    ///
    /// Every `true` must be followed by one ``record(success:at:)`` or ``abandon()``.
    package mutating func admit(at now: Moment) -> Bool {
        guard wouldAdmit(at: now) else { return false }
        if state == .open {
            state = .halfOpen
            probesPassed = 0
            probesRunning = 0
        }
        if state == .halfOpen { probesRunning += 1 }
        return true
    }

    /// Gives a call back that was never made: it says nothing about the operator.
    package mutating func abandon() {
        if state == .halfOpen { probesRunning = max(0, probesRunning - 1) }
    }

    /// Records how a call ended.
    package mutating func record(success: Bool, at now: Moment) {
        switch state {
        case .closed:
            count(success: success, at: now)
            let calls = buckets.reduce(0) { $0 + $1.calls }
            let failures = buckets.reduce(0) { $0 + $1.failures }
            if calls >= settings.minimumCalls, Double(failures) >= Double(calls) * settings.failureShare {
                open(at: now)
            }
        case .halfOpen:
            probesRunning = max(0, probesRunning - 1)
            guard success else {
                openFor = min(openFor * 2, settings.maximumOpenMilliseconds)
                open(at: now)
                return
            }
            probesPassed += 1
            if probesPassed >= settings.probesToClose { self = CircuitBreaker(settings) }
        case .open: break
        }
    }

    private mutating func open(at now: Moment) {
        state = .open
        brokenSince = brokenSince ?? now
        openUntil = now.adding(milliseconds: openFor)
        buckets = []
    }

    private mutating func count(success: Bool, at now: Moment) {
        let width = max(1, settings.windowMilliseconds / 10)
        let start = now.milliseconds / width * width
        buckets.removeAll { $0.start <= now.milliseconds - settings.windowMilliseconds }
        if buckets.last?.start != start { buckets.append(Bucket(start: start)) }
        buckets[buckets.count - 1].calls += 1
        if !success { buckets[buckets.count - 1].failures += 1 }
    }
}
