import NIOCore
import NIOPosix

/// Runs tasks on the event loop of a connection, instead of on the pool that all tasks share.
///
/// A request arrives on its loop and its answer leaves there. Answered on that very thread it costs no wake-up of a second one
/// on the way in and none on the way out. Nothing that is awaited here may block a thread, which holds for the pool as well.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// The executor of the loop that this code runs on; `nil` on every other thread.
    static var current: LoopExecutor? { MultiThreadedEventLoopGroup.currentEventLoop.map { LoopExecutor($0) } }
}
