/// What a start does before traffic comes in.
///
/// It ends what an earlier process left behind, and brings older data under the present rules. Each step is durable by
/// itself; a process that dies goes on where it was.
final class Recovery: EnginePart {
    let context: EngineContext
    private let committer: Committer

    init(_ context: EngineContext, _ committer: Committer) {
        self.context = context
        self.committer = committer
    }

    /// Every step, in order.
    func run() async throws(StoreFailure) {
        try await resolveSending()
        try await keyProofs()
        try await tellReviewsToPayments()
        try await reviewMissingProviders()
    }

    /// Turns every SENDING of an earlier process into UNKNOWN.
    ///
    /// Nothing is sent before this has ended.
    private func resolveSending() async throws(StoreFailure) {
        let now = time.now
        for id in try await store.sending() {
            try await conclude(id, at: now) { $0.ownerLost(at: now) }
        }
    }

    /// Changes an order and decides what follows, if that changes anything.
    func conclude(
        _ id: OrderID, at now: Moment, _ body: (inout OrderAggregate) -> Void = { _ in }
    ) async throws(StoreFailure) {
        _ = try await committer.mutate(id) { aggregate in
            body(&aggregate)
            committer.conclude(&aggregate, at: now)
            return aggregate.isDirty
        }
    }

    /// Changes an order, if there is anything to change.
    func change(_ id: OrderID, _ body: (inout OrderAggregate) -> Void) async throws(StoreFailure) {
        _ = try await committer.mutate(id) { aggregate in
            body(&aggregate)
            return aggregate.isDirty
        }
    }

    /// What the timer has to know of the provider of an attempt.
    func scheduleFacts(_ operation: MoneyOperation) -> (Attempt) -> OrderAggregate.ScheduleFacts? {
        committer.scheduleFacts(operation)
    }

    /// Every order with an open review of a kind, final ones included.
    func reviewed(
        _ filter: OrderQuery.ReviewFilter, _ body: (Order) async throws(StoreFailure) -> Void
    ) async throws(StoreFailure) {
        var query = OrderQuery(app: nil, environment: nil, limit: 500)
        query.kind = nil
        query.review = filter
        while true {
            let page = try await store.list(query)
            for order in page { try await body(order) }
            guard page.count == query.limit, let last = page.last else { return }
            query.after = last.id
        }
    }
}
