package import Router

extension MemoryStore {
    package func insert(_ bill: Bill, using use: ChallengeUse?) async throws(StoreFailure) -> BillInserted {
        try await perform(.insertBill) { state throws(StoreFailure) in
            let known = state.people.bills.first {
                $0.app == bill.app && $0.environment == bill.environment && $0.idempotencyKey == bill.idempotencyKey
            }
            if let known { return .known(known) }
            if let use, let refusal = state.people.objection(to: use) { return .challenge(refusal) }
            if state.people.bills.contains(where: { $0.code == bill.code }) { return .codeTaken }
            if state.people.bills.contains(where: { $0.id == bill.id }) { throw StoreFailure(.other, "bills.id") }
            if let use { state.people.useUp(use, by: bill.id.text) }
            state.people.bills.append(bill)
            return .done
        }
    }

    package func bill(_ id: BillID) async throws(StoreFailure) -> Bill? {
        try await perform(.bill) { state in state.people.bills.first { $0.id == id } }
    }

    package func bill(code: BillCode) async throws(StoreFailure) -> Bill? {
        try await perform(.billByCode) { state in state.people.bills.first { $0.code == code } }
    }

    package func bills(_ query: BillQuery) async throws(StoreFailure) -> [Bill] {
        try await perform(.bills) { state in
            let found = state.people.bills.filter { bill in
                func holds<Value: Equatable>(_ wanted: Value?, _ actual: Value?) -> Bool {
                    wanted == nil || wanted == actual
                }
                return holds(query.app, bill.app) && holds(query.environment, bill.environment)
                    && holds(query.issuer, bill.issuer) && holds(query.recipient, bill.recipient)
                    && holds(query.state, bill.state) && (query.after.map { bill.id.text < $0.text } ?? true)
            }
            return Array(found.sorted { $0.id.text > $1.id.text }.prefix(max(0, query.limit)))
        }
    }

    package func delete(_ id: BillID, at now: Moment) async throws(StoreFailure) -> BillRefusal? {
        try await perform(.deleteBill) { state in
            guard let index = state.people.bills.firstIndex(where: { $0.id == id }) else { return .missing }
            let bill = state.people.bills[index]
            guard bill.state != .deleted else { return nil }
            guard bill.isFree else { return bill.taken }
            (state.people.bills[index].state, state.people.bills[index].endedAt) = (.deleted, now)
            return nil
        }
    }
}
