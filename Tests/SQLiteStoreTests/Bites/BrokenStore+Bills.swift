import Router
import RouterTestKit

extension BrokenStore {
    func insert(_ bill: Bill, using use: ChallengeUse?) async throws(StoreFailure) -> BillInserted {
        isIdle(.insertBill) ? .done : try await good.insert(bill, using: has(.makesBillsWithoutCodes) ? nil : use)
    }

    func bill(_ id: BillID) async throws(StoreFailure) -> Bill? { try await isIdle(.bill) ? nil : good.bill(id) }

    func bill(code: BillCode) async throws(StoreFailure) -> Bill? {
        try await isIdle(.billByCode) ? nil : good.bill(code: code)
    }

    func bills(_ query: BillQuery) async throws(StoreFailure) -> [Bill] {
        if isIdle(.bills) { return [] }
        var query = query
        if case .ignores(let condition, .bills) = fault { LeftOut.billConditions[condition]?(&query) }
        return try await good.bills(query).reversed(if: has(.billsOldestFirst))
    }

    func delete(_ id: BillID, at now: Moment) async throws(StoreFailure) -> BillRefusal? {
        isIdle(.deleteBill) ? nil : try await good.delete(id, at: now)
    }
}
