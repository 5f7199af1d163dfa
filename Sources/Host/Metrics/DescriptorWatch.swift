package import Router

/// Hears each time this machine had no room for a connection: counts it, and calls people at most once a minute.
///
/// Safe to use from any thread, and quick.
package final class DescriptorWatch: Sendable {
    /// The counter of ``exhausted()``.
    static let metric = "payrouter_descriptor_exhaustions_total"
    private let telemetry: Telemetry
    private let time: any TimeSource
    private let alarm = Once(everyMilliseconds: 60_000)

    package init(_ telemetry: Telemetry, time: any TimeSource) {
        self.telemetry = telemetry
        self.time = time
        telemetry.metrics.count(Self.metric, by: 0)
    }

    /// Counts one, and tells people unless they have been told within the minute.
    package func exhausted() {
        telemetry.metrics.count(Self.metric)
        guard alarm.isDue(at: time.now) else { return }
        let open = DescriptorLimit.open.map { "\($0)" } ?? "all"
        telemetry.record(
            .alarm(
                .descriptorsExhausted, order: nil,
                detail: "no room for another connection to an operator or webhook endpoint: \(open) of "
                    + "\(DescriptorLimit.current) descriptors are open; sends wait, new orders are refused; see who connects, "
                    + "or raise the hard limit (ulimit -n, LimitNOFILE=)"))
    }
}
