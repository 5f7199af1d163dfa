import Router
import ServiceLifecycle
import Synchronization

/// When a router began to stop, and how its time is divided: half for its callers, what is left for what is under way.
final class Stopping: Sendable {
    private let seconds: Int64
    private let began = Mutex<ContinuousClock.Instant?>(nil)

    /// Makes one for a router that may take so many seconds to stop.
    init(seconds: Int64) { self.seconds = seconds }

    func begin() { began.withLock { $0 = $0 ?? .now } }

    /// How long connections may stay.
    var callers: Duration { .milliseconds(seconds * 500) }

    /// What is left of the time, in milliseconds; never less than a second.
    var leftMilliseconds: Int64 {
        let passed = began.withLock { $0.map { ContinuousClock.now - $0 } } ?? .zero
        return max(1_000, seconds * 1_000 - Int64(passed / .milliseconds(1)))
    }
}

/// The first to hear of stopping: closes the door to new payments while the server still answers.
///
/// Half the time later whoever waits for a payment's state is answered, and a moment after that every connection is closed:
/// a caller that takes nothing, or a stranger who says nothing, does not keep the router from ending.
struct AdmissionStop: Service {
    let engine: Engine
    let door: Door
    let stopping: Stopping

    func run() async throws {
        try? await gracefulShutdown()
        stopping.begin()
        engine.stopAdmitting()
        // The services end one after the other, this one first.
        Task { [engine, door, stopping] in
            try? await Task.sleep(for: stopping.callers)
            engine.endWaits()
            try? await Task.sleep(for: .milliseconds(500))
            door.closeAll()
        }
    }
}

/// Runs the engine's timers; on stopping, waits for what is under way.
struct EngineService: Service {
    let engine: Engine
    let stopping: Stopping

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await engine.run() }
            try? await gracefulShutdown()
            let left = await engine.drain(graceMilliseconds: stopping.leftMilliseconds)
            if left > 0 { engine.observer.record(.alarm(.drainIncomplete, order: nil, detail: "\(left)")) }
            group.cancelAll()
        }
    }
}
