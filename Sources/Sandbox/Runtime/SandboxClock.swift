import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the sandbox gets the time, and who wakes it.
///
/// Injected so that a test decides when a second has passed. ``SystemSandboxClock`` is the real one.
public protocol SandboxClock: Sendable {
    /// Milliseconds since 1970, UTC.
    var now: Int64 { get }

    /// Runs an action once, not before a point in time.
    ///
    /// - Parameters:
    ///   - milliseconds: The point in time; one that has passed means *at once*, but never inside this call.
    ///   - action: What to run. The clock may drop it when the process ends: what must happen is in the journal.
    func schedule(at milliseconds: Int64, _ action: @escaping @Sendable () async -> Void)
}

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

/// The clock as the operators use it: nothing starts any more once the sandbox has stopped.
final class Stage: Sendable {
    private struct State: Sendable {
        var stopped = false
        var lastPause = 0
        var pauses: [Int: CheckedContinuation<Bool, Never>] = [:]
    }

    private let clock: any SandboxClock
    private let state = Mutex(State())

    /// Nothing is planned yet.
    init(clock: any SandboxClock) { self.clock = clock }

    /// Milliseconds since 1970.
    var now: Int64 { clock.now }

    /// Whether the sandbox has stopped.
    var isStopped: Bool { state.withLock { $0.stopped } }

    /// Runs an action at a point in time, unless the sandbox stops before.
    func at(_ milliseconds: Int64, _ action: @escaping @Sendable () async -> Void) {
        clock.schedule(at: milliseconds) { [weak self] in
            guard let self, !isStopped else { return }
            await action()
        }
    }

    /// Waits.
    ///
    /// - Returns: `false` if the sandbox stopped meanwhile.
    func pause(_ milliseconds: Int64) async -> Bool {
        await withCheckedContinuation { continuation in
            let number: Int? = state.withLock { state in
                guard !state.stopped else { return nil }
                state.lastPause += 1
                state.pauses[state.lastPause] = continuation
                return state.lastPause
            }
            guard let number else {
                continuation.resume(returning: false)
                return
            }
            clock.schedule(at: now + milliseconds) { [weak self] in self?.end(number) }
        }
    }

    /// Stops: waiting calls return at once and nothing scheduled begins any more.
    func stop() {
        let pauses = state.withLock { state in
            state.stopped = true
            defer { state.pauses = [:] }
            return state.pauses
        }
        for continuation in pauses.values { continuation.resume(returning: false) }
    }

    private func end(_ number: Int) {
        state.withLock { $0.pauses.removeValue(forKey: number) }?.resume(returning: true)
    }
}
