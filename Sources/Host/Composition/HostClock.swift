import Glibc
package import Router
import Synchronization

/// The operating system's time: wall time at the start of the process, carried on by the clock that counts suspended
/// time.
///
/// A wall clock that jumps moves nothing here; ``skewMilliseconds`` tells how far they have drifted apart.
package struct HostClock: TimeSource {
    private let wallAtStart: Int64
    private let bootAtStart: Int64

    package init() {
        wallAtStart = Self.read(CLOCK_REALTIME)
        bootAtStart = Self.read(CLOCK_BOOTTIME)
    }

    package var now: Moment { Moment(milliseconds: wallAtStart + Self.read(CLOCK_BOOTTIME) - bootAtStart) }

    package func sleep(until moment: Moment) async {
        let wait = moment.milliseconds(since: now)
        guard wait > 0 else { return await Task.yield() }
        try? await Task.sleep(for: .milliseconds(wait))
    }

    /// Wall time less our time.
    package var skewMilliseconds: Int64 { Self.read(CLOCK_REALTIME) - now.milliseconds }

    private static func read(_ clock: clockid_t) -> Int64 {
        var value = timespec()
        clock_gettime(clock, &value)
        return Int64(value.tv_sec) * 1_000 + Int64(value.tv_nsec) / 1_000_000
    }
}
