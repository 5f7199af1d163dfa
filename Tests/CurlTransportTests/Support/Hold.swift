import Dispatch
import Synchronization

/// Holds threads until they are let go.
final class Hold: Sendable {
    private let count = Mutex(0)
    private let semaphore = DispatchSemaphore(value: 0)

    /// How many have come so far.
    var waiting: Int { count.withLock { $0 } }

    func wait() {
        count.withLock { $0 += 1 }
        semaphore.wait()
        semaphore.signal()
    }

    /// Lets everybody go, now and later.
    func release() { semaphore.signal() }
}

/// Counts calls from any thread.
final class Count: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}
