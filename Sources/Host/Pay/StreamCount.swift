import Synchronization

/// Bounds how many pages wait for news at once.
final class StreamCount: Sendable {
    private static let limit = 2_000
    private let count = Mutex(0)

    /// Every `true` must be followed by one ``end()``.
    func begin() -> Bool {
        count.withLock { count in
            guard count < Self.limit else { return false }
            count += 1
            return true
        }
    }

    func end() { count.withLock { $0 -= 1 } }
}
