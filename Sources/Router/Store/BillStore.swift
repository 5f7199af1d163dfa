/// Bills; a payment changes its bill in its own commit (``UnitOfWork/billStep``).
package protocol BillStore: Sendable {
    /// Makes a bill; the issuer's code, where there is one, is used up with it.
    func insert(_ bill: Bill, using use: ChallengeUse?) async throws(StoreFailure) -> BillInserted
    func bill(_ id: BillID) async throws(StoreFailure) -> Bill?
    func bill(code: BillCode) async throws(StoreFailure) -> Bill?
    /// One page of bills.
    func bills(_ query: BillQuery) async throws(StoreFailure) -> [Bill]
    /// Deletes a bill that nobody has paid or is paying.
    ///
    /// - Returns: Why it was not; `nil` if it is deleted now or was.
    func delete(_ id: BillID, at now: Moment) async throws(StoreFailure) -> BillRefusal?
}
