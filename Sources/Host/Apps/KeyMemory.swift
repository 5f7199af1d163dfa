import Router
import Synchronization

/// Which keys there are, and which were asked for in vain: so that a key that nobody has costs no look-up.
final class KeyMemory: Sendable {
    private struct State: Sendable {
        var familiar: Set<[UInt8]> = []
        /// Whether ``familiar`` holds every key of the store.
        var isComplete = false
        /// When keys were looked up that the store does not have.
        var strangers: [[UInt8]: Moment] = [:]
    }

    private static let mostFamiliar = 100_000
    private static let mostStrangers = 10_000
    private let state = Mutex(State())

    /// Takes every key of the store.
    func learn(_ hashes: [[UInt8]]) {
        state.withLock { state in
            state.familiar.formUnion(hashes.prefix(Self.mostFamiliar))
            state.isComplete = state.familiar.count < Self.mostFamiliar
        }
    }

    /// Takes a key that was made or found.
    func add(_ hash: [UInt8]) {
        state.withLock { state in
            state.strangers[hash] = nil
            guard state.familiar.count < Self.mostFamiliar else { return state.isComplete = false }
            state.familiar.insert(hash)
        }
    }

    func isFamiliar(_ hash: [UInt8]) -> Bool { state.withLock { $0.familiar.contains(hash) } }

    /// Whether it is certain without asking that the store has no such key.
    func isStranger(_ hash: [UInt8], at now: Moment, within milliseconds: Int64) -> Bool {
        state.withLock { state in
            if state.familiar.contains(hash) { return false }
            if state.isComplete { return true }
            return state.strangers[hash].map { now.milliseconds(since: $0) < milliseconds } ?? false
        }
    }

    /// Takes a key that the store does not have.
    func addStranger(_ hash: [UInt8], at now: Moment) {
        state.withLock { state in
            if state.strangers.count >= Self.mostStrangers { state.strangers.removeAll() }
            state.strangers[hash] = now
        }
    }

    /// Forgets what was looked up in vain.
    func forgetStrangers() { state.withLock { $0.strangers.removeAll() } }
}
