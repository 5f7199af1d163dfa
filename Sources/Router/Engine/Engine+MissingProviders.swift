/// Providers that were renamed, removed or changed into others while orders are open there, and those that came back.
extension Engine {
    /// Puts the orders of providers that are gone before people, and goes on with those of providers that are back.
    func reviewMissingProviders() async throws(StoreFailure) {
        let now = time.now
        for (id, count) in missingProviders.sorted(by: { $0.key < $1.key }) {
            observer.note(.alarm("provider_missing", order: nil, detail: ChangedProviders.missing(id, count)))
            for order in try await store.openOrders(at: id) {
                _ = try await mutate(order) { file in
                    _ = conclude(&file, at: now)
                    return file.isDirty
                }
            }
        }
        for (id, change) in changedProviders.others.sorted(by: { $0.key < $1.key }) {
            observer.note(.alarm("provider_changed", order: nil, detail: ChangedProviders.text(id, change)))
            for order in try await store.openOrders(at: id) {
                _ = try await mutate(order) { file in
                    guard let live = file.liveAttempt, live.provider == id,
                        self.runtime(of: live, file.operation) == nil
                    else { return false }
                    _ = conclude(&file, at: now)
                    return file.isDirty
                }
            }
        }
        try await resumeReturnedProviders(at: now)
    }

    private func resumeReturnedProviders(at now: Moment) async throws(StoreFailure) {
        var query = OrderQuery(app: nil, environment: nil, limit: 500)
        query.kind = nil
        query.review = .reason(.providerMissing)
        while true {
            let page = try await store.list(query)
            for order in page {
                _ = try await mutate(order.id) { file in
                    let attempt = file.liveAttempt
                    guard let attempt, self.runtime(of: attempt, file.operation) != nil else { return false }
                    file.providerIsBack(at: now, facts: scheduleFacts(file.operation))
                    return file.isDirty
                }
            }
            guard page.count == query.limit, let last = page.last else { return }
            query.after = last.id
        }
    }
}
