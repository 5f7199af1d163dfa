import Synchronization

/// Orders some task of this process is working on, so that a timer does not start the same work twice.
///
/// Nothing depends on them for safety: every commit compares the order's version.
final class OrderLocks: Sendable {
    private let locked = Mutex<Set<OrderID>>([])

    /// - Returns: `false` if somebody works on it already.
    func lock(_ id: OrderID) -> Bool { locked.withLock { $0.insert(id).inserted } }
    func release(_ id: OrderID) { locked.withLock { _ = $0.remove(id) } }
}

/// What came of waiting for an order's lock.
enum LockOutcome: Sendable {
    /// The lock is the caller's.
    case locked
    /// Somebody else has begun on what the order waited for; the order as it is now.
    case overtaken(OrderAggregate)
    /// Kept by other work, while the order still waits; the same may be tried again.
    case busy
}
