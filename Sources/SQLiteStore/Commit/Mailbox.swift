import Dispatch
import Router
import Synchronization

/// The queue between callers and the writer's thread.
///
/// Whoever comes while a group is being flushed waits for the next.
final class Mailbox: Sendable {
    private struct State {
        var jobs: [WriteJob] = []
        var isSignalled = false
        var refusal: StoreFailure?
    }

    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)

    /// Hands a job in, or fails it at once if the store takes none any more.
    func post(_ job: WriteJob) {
        let (refusal, mustRing) = state.withLock { state -> (StoreFailure?, Bool) in
            if let refusal = state.refusal { return (refusal, false) }
            state.jobs.append(job)
            defer { state.isSignalled = true }
            return (nil, !state.isSignalled)
        }
        if let refusal { job.fail(refusal) }
        if mustRing { bell.signal() }
    }

    /// Waits for work and takes all of it.
    ///
    /// - Returns: `nil` once the mailbox is shut and empty.
    func takeAll() -> [WriteJob]? {
        while true {
            bell.wait()
            let (jobs, isShut) = state.withLock { state -> ([WriteJob], Bool) in
                defer { state.jobs = [] }
                state.isSignalled = false
                return (state.jobs, state.refusal != nil)
            }
            if !jobs.isEmpty { return jobs }
            if isShut { return nil }
        }
    }

    /// Refuses every job from now on.
    ///
    /// What is in the queue is still taken.
    func shut(_ refusal: StoreFailure) {
        state.withLock { state in
            state.refusal = state.refusal ?? refusal
            state.isSignalled = true
        }
        bell.signal()
    }

    var refusal: StoreFailure? { state.withLock { $0.refusal } }
}
