import Router

extension MemoryState {
    /// Attempts that were settled without a key, in the order they were inserted.
    func unkeyedSettlements(after number: Int64, limit: Int) -> [UnkeyedSettlement] {
        let keyed = Set(settlements.values)
        let found = files.values.flatMap { file in
            zip(file.attempts, file.attemptNumbers).compactMap { attempt, place -> UnkeyedSettlement? in
                guard place > number, attempt.state == .succeeded, !keyed.contains(attempt.id),
                    let reference = attempt.operatorReference, reference != attempt.reference,
                    !isNamedLikeItsPayment(file.order, reference)
                else { return nil }
                return UnkeyedSettlement(
                    number: place, order: file.order.id, provider: attempt.provider,
                    operation: file.order.purpose, operatorReference: reference)
            }
        }
        return Array(found.sorted { $0.number < $1.number }.prefix(max(0, limit)))
    }

    private func isNamedLikeItsPayment(_ order: Order, _ reference: String) -> Bool {
        let payment = order.parent.flatMap { files[$0] }
        return payment?.attempts.contains { $0.operatorReference == reference } ?? false
    }

    /// - Returns: The numbers of those whose key is another attempt's.
    mutating func keySettlements(_ keys: [(number: Int64, key: String)]) -> Set<Int64> {
        var doubles: Set<Int64> = []
        for (number, key) in keys {
            guard let attempt = attempt(number), settlements[key] == nil || settlements[key] == attempt else {
                doubles.insert(number)
                continue
            }
            settlements = settlements.filter { $0.value != attempt }
            settlements[key] = attempt
        }
        return doubles
    }

    private func attempt(_ number: Int64) -> AttemptID? {
        for file in files.values {
            if let index = file.attemptNumbers.firstIndex(of: number) { return file.attempts[index].id }
        }
        return nil
    }
}
