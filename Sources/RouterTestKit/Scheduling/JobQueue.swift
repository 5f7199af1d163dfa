import Router
import Synchronization

/// Runs the tasks of one process of the router, one job at a time, on the thread that asks for it.
///
/// When the process crashes the queue is stopped: what was queued or suspended never runs again.
package final class JobQueue: TaskExecutor, Spawner {
    private let jobs = Mutex<[UnownedJob]>([])
    private let isStopped = Mutex(false)

    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    package func spawn(_ body: @escaping @Sendable () async -> Void) {
        Task(executorPreference: self) { await body() }
    }

    /// The process is gone.
    package func stop() {
        isStopped.withLock { $0 = true }
        jobs.withLock { $0 = [] }
    }

    /// Runs one queued job.
    ///
    /// - Parameters:
    ///   - executor: Whom the tasks know as their executor; the queue itself if that is not another.
    ///   - pick: Chooses one of so many; called only if there is one.
    /// - Returns: `false` if there was none.
    package func runOne(on executor: UnownedTaskExecutor? = nil, pick: (Int) -> Int) -> Bool {
        guard !isStopped.withLock({ $0 }) else { return false }
        let job = jobs.withLock { jobs -> UnownedJob? in
            guard !jobs.isEmpty else { return nil }
            return jobs.remove(at: pick(jobs.count))
        }
        guard let job else { return false }
        job.runSynchronously(on: executor ?? asUnownedTaskExecutor())
        return true
    }
}
