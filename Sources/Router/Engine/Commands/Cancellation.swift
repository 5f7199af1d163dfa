/// Wishes to end an order.
final class Cancellation: EnginePart {
    let context: EngineContext
    private let committer: Committer

    init(_ context: EngineContext, _ committer: Committer) {
        self.context = context
        self.committer = committer
    }

    /// Cancels what was never sent, and records the wish for what was.
    ///
    /// - Returns: The order, `nil` if there is none, and whether the wish is new.
    func request(_ id: OrderID) async throws(StoreFailure) -> (OrderAggregate?, isNew: Bool) {
        let now = time.now
        var isNew = false
        let wished = try await committer.mutate(id) { aggregate in
            isNew = aggregate.order.outcome == .open && aggregate.order.cancelRequestedAt == nil
            guard isNew else { return false }
            aggregate.requestCancel(at: now)
            committer.conclude(&aggregate, at: now)
            return true
        }
        return (wished, isNew)
    }
}
