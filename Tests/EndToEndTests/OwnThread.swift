import Dispatch

/// Runs a task's steps on a thread of its own, where they may wait for the system: the threads that all tasks share are as
/// few as the processors.
final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "own-thread")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
