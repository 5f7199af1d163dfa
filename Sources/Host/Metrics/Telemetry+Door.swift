import Logging
import Router

extension Telemetry: DoorObserver {
    package func record(_ event: DoorEvent) {
        switch event {
        case .keptOut(let reason):
            metrics.count("payrouter_connections_refused_total", ["reason": reason.rawValue])
            crowded("connections are refused: \(reason.rawValue)")
        case .putOut:
            metrics.count("payrouter_connections_replaced_total")
            crowded("waiting connections make room for new ones")
        case .tooSlow(let stage):
            metrics.count("payrouter_connections_timed_out_total", ["stage": stage.rawValue])
        }
    }

    /// Counted every time, told once a minute: a crowd at the door is no reason to fill the log.
    private func crowded(_ what: String) {
        guard crowdAlarm.isDue(at: time.now) else { return }
        tell(.connectionsFull, ["detail": "\(what)"])
    }
}
