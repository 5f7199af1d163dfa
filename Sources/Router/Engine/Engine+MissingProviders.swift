/// Providers that were renamed or removed while orders are open there, and those that came back.
extension Engine {
    /// Puts the orders of providers that are gone before people, and goes on with those of providers that are back.
    func reviewMissingProviders() async throws(StoreFailure) {
        let now = time.now
        for (id, count) in missingProviders.sorted(by: { $0.key < $1.key }) {
            observer.note(
                .alarm(
                    "provider_missing", order: nil,
                    detail: "\(count) orders are open at \(id), which is not configured; name it again, with "
                        + "\"retired\": true if it shall take nothing new, or end their reviews"))
            for order in try await store.openOrders(at: id) {
                _ = try await mutate(order) { file in
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
                    guard let attempt, providers[attempt.provider] != nil else { return false }
                    file.providerIsBack(at: now, facts: scheduleFacts(file.operation))
                    return file.isDirty
                }
            }
            guard page.count == query.limit, let last = page.last else { return }
            query.after = last.id
        }
    }
}
