/// Tells payments of older data that people have to look at their refund, capture or release.
extension Engine {
    private static let told = "follow_up_reviews_told"
    private static let yes = "yes"

    /// Open reviews only, so there are few; done once.
    func tellReviewsToPayments() async throws(StoreFailure) {
        guard try await store.fact(Self.told) != Self.yes else { return }
        var query = OrderQuery(app: nil, environment: nil, limit: 500)
        query.kind = nil
        query.review = .any
        while true {
            let page = try await store.list(query)
            for order in page {
                guard let payment = order.parent, let file = try await store.orderFile(order.id) else { continue }
                _ = try await mutate(payment) { $0.take(FollowUp(file)) }
            }
            guard page.count == query.limit, let last = page.last else { break }
            query.after = last.id
        }
        try await store.setFact(Self.told, Self.yes)
    }
}
