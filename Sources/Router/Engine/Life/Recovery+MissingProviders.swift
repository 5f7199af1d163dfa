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
                guard let file = try await store.orderFile(order), let live = file.liveAttempt, live.provider == id,
                    providers.runtime(of: live, file.operation) == nil
                else { continue }
                try await conclude(order, at: now)
            }
        }
        try await reviewed(.reason(.providerMissing)) { order throws(StoreFailure) in
            try await change(order.id) { file in
                guard let attempt = file.liveAttempt, providers.runtime(of: attempt, file.operation) != nil else {
                    return
                }
                file.providerIsBack(at: now, facts: scheduleFacts(file.operation))
            }
        }
    }
}
