import Dispatch
package import Router
import Synchronization

/// Hashes passwords for whoever waits, at most two at once, so that sign-ins take neither all cores nor all memory.
///
/// 32 wait; whoever comes then is told to come again.
package final class PasswordWork: Sendable {
    /// How many hashes are made at once.
    package static let atOnce = 2
    /// How many may wait.
    package static let queue = 32

    private struct State {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let random: any RandomSource

    package init(random: any RandomSource) { self.random = random }

    /// The hash of a new password; `nil` if too many wait.
    package func hash(_ password: Secret) async -> String? {
        await run { [random] in PasswordHash.make(password.reveal(), from: random) }
    }

    /// Whether a password has a hash; `nil` if too many wait.
    package func verify(_ password: Secret, _ hash: String) async -> Bool? {
        await run { PasswordHash.verify(password.reveal(), hash) }
    }

    private func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value?) async -> Value? {
        guard await enter() else { return nil }
        defer { leave() }
        // Not on a thread that other tasks wait for.
        return await withCheckedContinuation { done in
            DispatchQueue.global(qos: .utility).async { done.resume(returning: body()) }
        }
    }

    private enum Entrance { case free, full, wait }

    private func enter() async -> Bool {
        let first = state.withLock { state -> Entrance in
            guard state.running >= Self.atOnce else {
                state.running += 1
                return .free
            }
            return state.waiting.count < Self.queue ? .wait : .full
        }
        switch first {
        case .free: return true
        case .full: return false
        case .wait: break
        }
        await withCheckedContinuation { waiting in
            let isFree = state.withLock { state in
                guard state.running >= Self.atOnce else {
                    state.running += 1
                    return true
                }
                state.waiting.append(waiting)
                return false
            }
            if isFree { waiting.resume() }
        }
        return true
    }

    /// Hands the place to whoever has waited longest.
    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
