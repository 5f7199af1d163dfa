import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The wall clock.
///
/// Actions that are due within the same few milliseconds share one sleeping task.
public final class SystemSandboxClock: SandboxClock {
    private typealias Action = @Sendable () async -> Void

    /// Width of a bucket: actions due within the same bucket are woken by one sleeping task.
    private static let bucketMilliseconds: Int64 = 5

    /// What is due, by the number of its bucket.
    private let buckets = Mutex<[Int64: [Action]]>([:])

    /// Reads the system's wall time; every instance tells the same.
    public init() {}

    /// Milliseconds since 1970, UTC, from the system's real-time clock.
    public var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Runs an action at most a few milliseconds after a point in time, in a task of its own.
    public func schedule(at milliseconds: Int64, _ action: @escaping @Sendable () async -> Void) {
        let wait = milliseconds - now
        guard wait > 0 else {
            Task { await action() }
            return
        }
        let bucket = milliseconds / Self.bucketMilliseconds + 1
        let isFirst = buckets.withLock { buckets in
            buckets[bucket, default: []].append(action)
            return buckets[bucket]?.count == 1
        }
        if isFirst { Task { await wake(bucket) } }
    }

    private func wake(_ bucket: Int64) async {
        let wait = bucket * Self.bucketMilliseconds - now
        if wait > 0 { try? await Task.sleep(for: .milliseconds(wait)) }
        let actions = buckets.withLock { $0.removeValue(forKey: bucket) } ?? []
        for action in actions { Task { await action() } }
    }
}
