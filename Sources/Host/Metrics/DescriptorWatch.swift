package import Router
import Synchronization

/// Hears each time this machine had no room for a connection: counts it, and calls people at most once a minute.
///
/// Safe to use from any thread, and quick.
package final class DescriptorWatch: Sendable {
    /// The counter of ``exhausted()``.
    static let metric = "payrouter_descriptor_exhaustions_total"
    private static let quietMilliseconds: Int64 = 60_000

    private let telemetry: Telemetry
    private let time: any TimeSource
    private let quietUntil = Mutex(Moment(milliseconds: .min))

    package init(_ telemetry: Telemetry, time: any TimeSource) {
        self.telemetry = telemetry
        self.time = time
        telemetry.metrics.count(Self.metric, by: 0)
    }

    /// Counts one, and tells people unless they have been told within the minute.
    package func exhausted() {
        telemetry.metrics.count(Self.metric)
        let now = time.now
        let isNews = quietUntil.withLock { until in
            guard now >= until else { return false }
            until = now.adding(milliseconds: Self.quietMilliseconds)
            return true
        }
        guard isNews else { return }
        let open = DescriptorLimit.open.map { "\($0)" } ?? "all"
        telemetry.note(
            .alarm(
                "descriptors_exhausted", order: nil,
                detail: "no room for another connection to an operator or webhook endpoint: \(open) of "
                    + "\(DescriptorLimit.current) descriptors are open; sends wait, new orders are refused; see who connects, "
                    + "or raise the hard limit (ulimit -n, LimitNOFILE=)"))
    }
}
