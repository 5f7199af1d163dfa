import Router

extension MemoryState {
    /// Attempts that succeeded without a key, in the order they were inserted.
    func unkeyedProofs(after number: Int64, limit: Int) -> [UnkeyedProof] {
        let keyed = Set(proofs.values)
        let found = aggregates.values.flatMap { aggregate in
            zip(aggregate.attempts, aggregate.attemptNumbers).compactMap { attempt, place -> UnkeyedProof? in
                guard place > number, attempt.state == .succeeded, !keyed.contains(attempt.id),
                    let reference = attempt.operatorReference, reference != attempt.reference,
                    !isNamedLikeItsPayment(aggregate.order, reference)
                else { return nil }
                return UnkeyedProof(
                    number: place, order: aggregate.order.id, provider: attempt.provider,
                    operation: aggregate.order.purpose, operatorReference: reference)
            }
        }
        return Array(found.sorted { $0.number < $1.number }.prefix(max(0, limit)))
    }

    private func isNamedLikeItsPayment(_ order: Order, _ reference: String) -> Bool {
        let payment = order.parent.flatMap { aggregates[$0] }
        return payment?.attempts.contains { $0.operatorReference == reference } ?? false
    }

    /// - Returns: The numbers of those whose key is another attempt's.
    mutating func keyProofs(_ keys: [(number: Int64, key: String)]) -> Set<Int64> {
        var doubles: Set<Int64> = []
        for (number, key) in keys {
            guard let attempt = attempt(number), proofs[key] == nil || proofs[key] == attempt else {
                doubles.insert(number)
                continue
            }
            proofs = proofs.filter { $0.value != attempt }
            proofs[key] = attempt
        }
        return doubles
    }

    private func attempt(_ number: Int64) -> AttemptID? {
        for aggregate in aggregates.values {
            if let index = aggregate.attemptNumbers.firstIndex(of: number) { return aggregate.attempts[index].id }
        }
        return nil
    }
}
