/// Starts work that outlives the request it came with.
///
/// Production starts tasks; the simulator puts them on its own executor so that a seed decides the order.
package protocol Spawner: Sendable {
    func spawn(_ body: @escaping @Sendable () async -> Void)
}

/// Starts ordinary tasks.
package struct TaskSpawner: Spawner {
    package init() {}

    package func spawn(_ body: @escaping @Sendable () async -> Void) {
        Task { await body() }
    }
}
