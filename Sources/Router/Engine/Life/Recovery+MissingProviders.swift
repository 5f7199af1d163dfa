/// Providers that were renamed, removed or changed into others while orders are open there, and those that came back.
extension Recovery {
    /// Puts the orders of providers that are gone before people, and goes on with those of providers that are back.
    func reviewMissingProviders() async throws(StoreFailure) {
        let now = time.now
        for (id, count) in providers.missing.sorted(by: { $0.key < $1.key }) {
            alarm(.providerMissing, ChangedProviders.missing(id, count))
            for order in try await store.openOrders(at: id) { try await conclude(order, at: now) }
        }
        for (id, change) in providers.changed.others.sorted(by: { $0.key < $1.key }) {
            alarm(.providerChanged, ChangedProviders.text(id, change))
            for order in try await store.openOrders(at: id) {
                guard let aggregate = try await store.orderAggregate(order), let live = aggregate.liveAttempt,
                    live.provider == id,
                    providers.runtime(of: live, aggregate.operation) == nil
                else { continue }
                try await conclude(order, at: now)
            }
        }
        try await goOnWithProvidersThatAreBack()
    }

    /// Goes on with the orders of providers that another version of the configuration has brought back.
    func goOnAfterExchange() async {
        do throws(StoreFailure) { try await goOnWithProvidersThatAreBack() } catch { record(.storeFailed(error)) }
    }

    private func goOnWithProvidersThatAreBack() async throws(StoreFailure) {
        let now = time.now
        try await reviewed(.reason(.providerMissing)) { order throws(StoreFailure) in
            try await change(order.id) { aggregate in
                guard let attempt = aggregate.liveAttempt, providers.runtime(of: attempt, aggregate.operation) != nil
                else {
                    return
                }
                aggregate.providerIsBack(at: now, facts: scheduleFacts(aggregate.operation))
            }
        }
    }
}
