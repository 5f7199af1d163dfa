/// Data of older releases, brought under rules that came later; each step is done once.
extension Recovery {
    private static let proofsKeyed = "settlements_keyed"
    private static let done = "done"

    /// Gives every attempt that succeeded its key, so that an operator's reference proves one attempt; where two share
    /// one, the later order goes to people.
    func keyProofs() async throws(StoreFailure) {
        let known = try await store.fact(Self.proofsKeyed)
        guard known != Self.done else { return }
        var (last, count) = (known.flatMap { Int64($0) } ?? 0, 0)
        while true {
            let batch = try await store.unkeyedProofs(after: last, limit: 500)
            guard let end = batch.last?.number else { break }
            let keys = batch.map { proof in
                let scope =
                    providers[proof.provider]?.proofScope(for: proof.operation)
                    ?? ProofScope(kind: "", account: proof.provider.text, isUnique: false)
                return (proof.number, scope.key(proof.operation, proof.operatorReference))
            }
            let doubles = try await store.keyProofs(keys)
            let now = time.now
            for proof in batch where doubles.contains(proof.number) {
                try await change(proof.order) { $0.findRepeatedReference(at: now) }
            }
            last = end
            count += batch.count
            try await store.setFact(Self.proofsKeyed, String(last))
            if count >= 10_000 { record(.upgrading(step: Self.proofsKeyed, done: count)) }
        }
        try await store.setFact(Self.proofsKeyed, Self.done)
    }

    private static let reviewsTold = "follow_up_reviews_told"
    private static let yes = "yes"

    /// Tells payments that people have to look at their refund, capture or release.
    ///
    /// Open reviews only, so there are few.
    func tellReviewsToPayments() async throws(StoreFailure) {
        guard try await store.fact(Self.reviewsTold) != Self.yes else { return }
        try await reviewed(.any) { order throws(StoreFailure) in
            guard let payment = order.parent, let aggregate = try await store.orderAggregate(order.id) else { return }
            try await change(payment) { $0.attach(FollowUp(aggregate)) }
        }
        try await store.setFact(Self.reviewsTold, Self.yes)
    }
}
