/// Brings data of the first release under the rule that an operator's reference proves one attempt.
extension Engine {
    private static let fact = "settlements_keyed"
    private static let done = "done"

    /// Gives every attempt that was settled its key; where two share one, the later order goes to people.
    ///
    /// In batches, each durable by itself: a process that dies goes on where it was.
    func keySettlements() async throws(StoreFailure) {
        let known = try await store.fact(Self.fact)
        guard known != Self.done else { return }
        var (last, count) = (known.flatMap { Int64($0) } ?? 0, 0)
        while true {
            let batch = try await store.unkeyedSettlements(after: last, limit: 500)
            guard let end = batch.last?.number else { break }
            let keys = batch.map { settled in
                let scope =
                    providers[settled.provider]?.settlement(for: settled.operation)
                    ?? SettlementScope(kind: "", account: settled.provider.text, isUnique: false)
                return (settled.number, scope.key(settled.operation, settled.operatorReference))
            }
            let doubles = try await store.keySettlements(keys)
            for settled in batch where doubles.contains(settled.number) { try await review(settled.order) }
            last = end
            count += batch.count
            try await store.setFact(Self.fact, String(last))
            if count >= 10_000 { observer.note(.upgrading(step: Self.fact, done: count)) }
        }
        try await store.setFact(Self.fact, Self.done)
    }

    private func review(_ order: OrderID) async throws(StoreFailure) {
        let now = time.now
        _ = try await mutate(order) { file in
            file.findRepeatedReference(at: now)
            return file.isDirty
        }
    }
}
