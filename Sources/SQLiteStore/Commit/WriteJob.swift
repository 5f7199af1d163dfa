import Router

/// One caller's write, waiting for its group.
struct WriteJob: Sendable {
    /// Tells the caller, after the flush.
    typealias Completion = @Sendable () -> Void

    /// Writes inside the group's transaction, on the writer's thread.
    let perform: @Sendable (WriterConnection) throws -> Completion
    /// Tells the caller that nothing of it is known to be durable.
    let fail: @Sendable (StoreFailure) -> Void
}
