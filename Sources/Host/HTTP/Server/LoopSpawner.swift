import Router

/// Starts an engine's work on the event loop of the request that asked for it, and everything else on the shared pool.
///
/// The task is the engine's own all the same: it neither ends nor is cancelled with the request.
struct LoopSpawner: Spawner {
    func spawn(_ body: @escaping @Sendable () async -> Void) {
        Task(executorPreference: LoopExecutor.current) { await body() }
    }
}
