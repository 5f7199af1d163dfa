import Logging
import Router
import Synchronization
import Testing

@testable import Host

/// A want of descriptors is counted each time and told once a minute.
@Suite struct DescriptorWatchTests {
    private final class Hands: TimeSource {
        private let moment = Mutex(Moment(milliseconds: 0))
        var now: Moment { moment.withLock { $0 } }
        func sleep(until moment: Moment) async {}
        func move(seconds: Int64) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
    }

    @Test func `counts and tells`() {
        let hands = Hands()
        let telemetry = Telemetry(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let watch = DescriptorWatch(telemetry, time: hands)
        func has(_ line: String) -> Bool { telemetry.metrics.text(gauges: []).contains(line + "\n") }
        #expect(has(#"payrouter_descriptor_exhaustions_total 0"#))
        for _ in 0..<100 { watch.exhausted() }
        #expect(has(#"payrouter_descriptor_exhaustions_total 100"#))
        #expect(has(#"payrouter_alarms_total{kind="descriptors_exhausted"} 1"#))
        hands.move(seconds: 59)
        watch.exhausted()
        #expect(has(#"payrouter_alarms_total{kind="descriptors_exhausted"} 1"#))
        hands.move(seconds: 1)
        watch.exhausted()
        #expect(has(#"payrouter_alarms_total{kind="descriptors_exhausted"} 2"#))
    }
}
