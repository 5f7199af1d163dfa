import Synchronization

/// Whether this process may still admit payments and send: open, draining, or stopped.
final class Gatekeeper: Sendable {
    private struct State: Sendable {
        var admits = true
        var sends = true
        var active = 0
    }

    private let state = Mutex(State())

    var admits: Bool { state.withLock { $0.admits } }
    var maySend: Bool { state.withLock { $0.sends } }

    func stopAdmitting() { state.withLock { $0.admits = false } }

    /// Shuts every gate that has not opened yet: the epoch is lost, or the time to drain is over.
    func stopSending() {
        state.withLock { state in
            state.admits = false
            state.sends = false
        }
    }

    func begin() { state.withLock { $0.active += 1 } }

    func end() { state.withLock { $0.active -= 1 } }

    /// Pieces of work under way.
    var active: Int { state.withLock { $0.active } }
}
