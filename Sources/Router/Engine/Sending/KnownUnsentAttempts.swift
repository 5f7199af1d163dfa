import Synchronization

/// Attempts whose SENDING may have become durable although its commit was reported as failed, and which were therefore
/// never handed to the wire.
///
/// Only this process knows it; after a restart such an attempt is UNKNOWN like any other.
final class KnownUnsentAttempts: Sendable {
    private let attempts = Mutex<Set<AttemptID>>([])

    func add(_ id: AttemptID) { attempts.withLock { _ = $0.insert(id) } }

    /// Whether an attempt is one of these; it is forgotten with the question.
    func remove(_ id: AttemptID) -> Bool { attempts.withLock { $0.remove(id) != nil } }
}
