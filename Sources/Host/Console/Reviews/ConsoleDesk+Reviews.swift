import Router

/// What waits for people: read by staff, ended by two of them.
extension ConsoleDesk {
    /// Orders with an open review, for one reason or for any, newest first.
    func reviews(_ reason: Review.Reason?, after: OrderID?, limit: Int) async throws(Problem) -> [Order] {
        var query = OrderQuery(app: nil, environment: nil, limit: limit)
        (query.kind, query.review, query.after) = (nil, reason.map { .reason($0) } ?? .any, after)
        return try await stored { [query] () async throws(StoreFailure) in try await store.list(query) }
    }

    /// Everything that is known of an order's review; `nil` if it has none.
    func review(_ aggregate: OrderAggregate) async throws(Problem) -> JSONValue? {
        try await stored { () async throws(StoreFailure) in
            let id = aggregate.order.id
            return ReviewView(now: now).whole(
                aggregate, evidence: try await store.evidence(id), disputes: try await store.discrepancies(id))
        }
    }

    /// Signs a finding in the name of whoever is signed in.
    ///
    /// - Returns: Whether it was the second signature, which ends the review.
    func sign(
        _ aggregate: OrderAggregate, _ input: FindingInput, _ visit: ConsoleVisit
    ) async throws(Problem) -> Bool {
        guard let account = visit.visitor.account, let name = try await signerName(of: account) else {
            throw Problem(.forbidden, "this account signs nothing: an admin gives the role finance or admin")
        }
        let finding = try input.finding(asked: aggregate.reviewedAttempt?.amount ?? aggregate.order.amount)
        let people = try await stored { () async throws(StoreFailure) in try await store.people() }
        let result = await engine.sign(aggregate.order.id, finding, person: name) { one in
            people.contains { $0.vouches(for: one) }
        }
        let signing = try ReviewsAdmin.outcome(result, finding).signing
        // The order itself says who signed; the trail tells of what was taken, and of nothing that was refused.
        try await tell(
            .reviewSigned, aggregate.order, visit,
            [
                "signed_as": .string(name), "finding": .string(finding.verdict.name),
                "amount": finding.verdict.amount.map { JSONValue($0.minorUnits) } ?? .null,
                "because": .string(finding.reason), "document": .string(finding.document),
            ])
        return signing == .resolved
    }
}
