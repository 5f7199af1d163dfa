import Router
import Synchronization

@testable import Host

/// A clock that stands still until it is told otherwise.
///
/// Unlike the test kit's it lets nobody wait: what is limited is decided at once.
final class TestTime: TimeSource {
    private let moment: Mutex<Moment>

    init(_ now: Moment = Moment(milliseconds: 1_700_000_000_000)) { moment = Mutex(now) }

    var now: Moment { moment.withLock { $0 } }
    func sleep(until moment: Moment) async {}
    func pass(milliseconds: Int64) { moment.withLock { $0 = $0.adding(milliseconds: milliseconds) } }
    func pass(seconds: Int64) { pass(milliseconds: seconds * 1_000) }
}

/// Remembers what was refused.
final class LimitLog: LimitObserver {
    private let entries = Mutex<[(reason: LimitReason, who: String, isFirst: Bool)]>([])

    func limited(_ reason: LimitReason, who: String, isFirst: Bool) {
        entries.withLock { $0.append((reason, who, isFirst)) }
    }

    var reasons: [LimitReason] { entries.withLock { $0.map(\.reason) } }
    var told: [String] { entries.withLock { $0.filter(\.isFirst).map(\.who) } }
    var all: [String] { entries.withLock { $0.map(\.who) } }
}
