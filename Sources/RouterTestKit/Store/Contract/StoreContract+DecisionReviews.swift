import Router

extension StoreContractSuite {
    /// A payment is found by the review of its capture or release, if that is wished.
    func reviewsOfDecisions(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        var found: [OrderKind: OrderID] = [:]
        for kind in [OrderKind.capture, .void, .refund] {
            let review = Review(reason: .repeatedReference, since: records.base)
            var payment = records.order()
            let parent = payment.id
            var child = records.order(
                id: records.id(kind), parent: parent)
            child.review = review
            payment.followUps = [
                FollowUp(
                    id: child.id, amount: Money(7, .xof), status: .underReview, certainty: .unknown,
                    review: .init(reason: review.reason, since: review.since))
            ]
            await bench.commit(store, records.insert(payment))
            await bench.commit(store, records.insert(child))
            found[kind] = parent
            bench.equal(
                try await store.orderAggregate(parent)?.order.followUps, payment.followUps,
                "a payment remembers the review of its \(kind)")
        }
        func listed(_ reason: OrderQuery.ReviewFilter, byDecision: Bool) async throws -> Set<OrderID> {
            var query = OrderQuery(app: nil, environment: nil, limit: 100)
            query.review = reason
            query.findsByDecision = byDecision
            return Set(try await store.list(query).map(\.id))
        }
        let decided = Set([found[.capture], found[.void]].compactMap(\.self))
        bench.equal(
            try await listed(.reason(.repeatedReference), byDecision: true), decided,
            "payments are found by the reason of their capture's or release's review")
        bench.equal(
            try await listed(.reason(.repeatedReference), byDecision: false), [], "... if that is wished only")
        var counted = OrderQuery(app: nil, environment: nil)
        (counted.review, counted.findsByDecision) = (.reason(.repeatedReference), true)
        bench.equal(
            try await store.sums(counted).map(\.count).reduce(0, +), Int64(decided.count), "... which sums count")
        bench.equal(
            try await listed(.any, byDecision: true).isSuperset(of: decided), true, "... and by any open one")
    }
}
