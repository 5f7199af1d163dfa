/// Wishes to end a transfer before anything was taken from the sender.
final class TransferCancellation: EnginePart {
    let context: EngineContext
    private let committer: Committer
    private let cancellation: Cancellation
    private let checks: CheckRequests

    init(_ context: EngineContext, _ committer: Committer, _ cancellation: Cancellation, _ checks: CheckRequests) {
        self.context = context
        self.committer = committer
        self.cancellation = cancellation
        self.checks = checks
    }

    /// Records the wish and passes it on to the order that is under way.
    ///
    /// - Returns: The transfer, `nil` if there is none, and whether it could still be wished.
    func request(_ id: OrderID) async throws(StoreFailure) -> (OrderAggregate?, isPossible: Bool) {
        let now = time.now
        var isPossible = false
        let wished = try await committer.mutate(id) { transfer in
            isPossible = transfer.order.cancelRequestedAt != nil || transfer.mayBeCancelled
            guard isPossible, transfer.order.outcome == .open, transfer.order.cancelRequestedAt == nil else {
                return false
            }
            transfer.requestCancel(at: now)
            committer.conclude(&transfer, at: now)
            return true
        }
        guard isPossible, let wished, let leg = wished.order.followUps.first(where: { !$0.status.isFinal }) else {
            return (wished, isPossible)
        }
        let (cancelled, isNew) = try await cancellation.request(leg.id)
        if isNew, let cancelled { _ = await checks.withdrawNow(cancelled) }
        return (try await store.orderAggregate(id), isPossible)
    }
}

extension OrderAggregate {
    /// Whether nothing was taken from the sender yet, as far as is known, or nothing was begun for the recipient.
    package var mayBeCancelled: Bool {
        guard let state = transferState, order.outcome == .open, order.review == nil else { return false }
        switch state.shape {
        case .out: return state.credit == .open
        case .between where state.debit == .succeeded: return state.credit == nil && state.compensation == nil
        case .between, .into, .inside: return state.debit == .open
        }
    }
}
