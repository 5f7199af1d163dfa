import Sandbox
import Synchronization

/// A clock that a test moves by hand.
///
/// Actions due at the same moment run side by side. It is no clock of the router: the sandbox operators do not know the router.
final class ManualClock: SandboxClock {
    private struct Entry: Sendable {
        var due: Int64
        var action: @Sendable () async -> Void
    }

    private struct State: Sendable {
        var now: Int64
        var entries: [Entry] = []
        var waiters: [(due: Int64, continuation: CheckedContinuation<Void, Never>)] = []
    }

    /// 2026-01-01T00:00:00Z.
    static let start: Int64 = 1_767_225_600_000

    private let state: Mutex<State>

    init(now: Int64 = start) { state = Mutex(State(now: now)) }

    var now: Int64 { state.withLock { $0.now } }

    func schedule(at milliseconds: Int64, _ action: @escaping @Sendable () async -> Void) {
        let ready = state.withLock { state in
            state.entries.append(Entry(due: milliseconds, action: action))
            let ready = state.waiters.filter { $0.due == milliseconds }
            state.waiters.removeAll { $0.due == milliseconds }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    /// Lets time pass, and everything that becomes due happen in its order.
    func advance(_ milliseconds: Int64) async {
        let target = now + milliseconds
        while let batch = nextBatch(until: target) {
            await withTaskGroup { group in
                for entry in batch { group.addTask { await entry.action() } }
            }
        }
        state.withLock { $0.now = target }
    }

    /// Lets everything happen that is due already.
    func runDueWork() async { await advance(0) }

    /// Waits until something is scheduled for so many milliseconds from now.
    func awaitScheduled(in milliseconds: Int64) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                let due = state.now + milliseconds
                if state.entries.contains(where: { $0.due == due }) { return true }
                state.waiters.append((due, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    private func nextBatch(until target: Int64) -> [Entry]? {
        state.withLock { state in
            guard let due = state.entries.map(\.due).min(), due <= target else { return nil }
            state.now = max(state.now, due)
            let batch = state.entries.filter { $0.due == due }
            state.entries.removeAll { $0.due == due }
            return batch
        }
    }
}
