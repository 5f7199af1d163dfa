import Router
import Synchronization

/// Which keys there are: so that a key that nobody has costs no look-up.
final class KeyMemory: Sendable {
    private struct State: Sendable {
        var familiar: Set<[UInt8]> = []
        /// Whether ``familiar`` holds every key of the store.
        var isComplete = false
    }

    private static let mostFamiliar = 100_000
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
            guard state.familiar.count < Self.mostFamiliar else { return state.isComplete = false }
            state.familiar.insert(hash)
        }
    }

    func isFamiliar(_ hash: [UInt8]) -> Bool { state.withLock { $0.familiar.contains(hash) } }

    /// Whether every key of the store is known here: then a key that is not familiar is nobody's.
    var isComplete: Bool { state.withLock { $0.isComplete } }
}
