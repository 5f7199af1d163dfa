import Synchronization

/// The clock as the operators use it: nothing starts any more once the sandbox has stopped.
final class Stage: Sendable {
    private struct State: Sendable {
        var stopped = false
        var lastPause = 0
        var pauses: [Int: CheckedContinuation<Bool, Never>] = [:]
    }

    private let clock: any SandboxClock
    private let state = Mutex(State())

    /// Nothing is planned yet.
    init(clock: any SandboxClock) { self.clock = clock }

    /// Milliseconds since 1970.
    var now: Int64 { clock.now }

    /// Whether the sandbox has stopped.
    var isStopped: Bool { state.withLock { $0.stopped } }

    /// Runs an action at a point in time, unless the sandbox stops before.
    func at(_ milliseconds: Int64, _ action: @escaping @Sendable () async -> Void) {
        clock.schedule(at: milliseconds) { [weak self] in
            guard let self, !isStopped else { return }
            await action()
        }
    }

    /// Waits.
    ///
    /// - Returns: `false` if the sandbox stopped meanwhile.
    func pause(_ milliseconds: Int64) async -> Bool {
        await withCheckedContinuation { continuation in
            let number: Int? = state.withLock { state in
                guard !state.stopped else { return nil }
                state.lastPause += 1
                state.pauses[state.lastPause] = continuation
                return state.lastPause
            }
            guard let number else {
                continuation.resume(returning: false)
                return
            }
            clock.schedule(at: now + milliseconds) { [weak self] in self?.end(number) }
        }
    }

    /// Stops: waiting calls return at once and nothing scheduled begins any more.
    func stop() {
        let pauses = state.withLock { state in
            state.stopped = true
            defer { state.pauses = [:] }
            return state.pauses
        }
        for continuation in pauses.values { continuation.resume(returning: false) }
    }

    private func end(_ number: Int) {
        state.withLock { $0.pauses.removeValue(forKey: number) }?.resume(returning: true)
    }
}
