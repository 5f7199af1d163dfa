import Router
import RouterTestKit

extension BrokenStore {
    func orderAggregate(_ id: OrderID) async throws(StoreFailure) -> OrderAggregate? {
        try await isIdle(.orderAggregate) ? nil : good.orderAggregate(id)
    }

    func idempotencyRecord(_ key: IdempotencyRecord.Key) async throws(StoreFailure) -> IdempotencyRecord? {
        try await isIdle(.idempotencyRecord) ? nil : good.idempotencyRecord(key)
    }

    func claim(_ lock: OrderLock) async throws(StoreFailure) -> StoredClaim? {
        try await isIdle(.claim) ? nil : good.claim(lock)
    }

    func setRecordedStatus(_ key: IdempotencyRecord.Key, _ status: Int) async throws(StoreFailure) {
        if !isIdle(.setRecordedStatus) { try await good.setRecordedStatus(key, status) }
    }

    func order(provider: ProviderID, reference: String) async throws(StoreFailure) -> OrderID? {
        if isIdle(.byReference) { return nil }
        let place: ProviderID = has(.findsOurReferencesAnywhere) ? "a" : provider
        return try await good.order(provider: place, reference: reference)
    }

    func order(provider: ProviderID, operatorReference: String) async throws(StoreFailure) -> OrderID? {
        if isIdle(.byOperatorReference) { return nil }
        let place: ProviderID = has(.findsTheirReferencesAnywhere) ? "a" : provider
        return try await good.order(provider: place, operatorReference: operatorReference)
    }

    func hasAttempts(provider: ProviderID) async throws(StoreFailure) -> Bool {
        if isIdle(.hasAttempts) { return false }
        if has(.seesAttemptsEverywhere) { return true }
        return try await good.hasAttempts(provider: provider)
    }

    func due(_ queue: TimerQueue, before moment: Moment, limit: Int) async throws(StoreFailure) -> [OrderID] {
        if isIdle(.due) { return [] }
        let queues: [TimerQueue] = has(.dueOfEveryQueue) ? [.engine, .provider("a"), .provider("engine")] : [queue]
        let end = has(.dueTooEarly) ? moment.adding(seconds: 9) : moment
        var found: [OrderID] = []
        for queue in queues { found += try await good.due(queue, before: end, limit: .max) }
        return Array(found.reversed(if: has(.dueInNoOrder)).prefix(has(.dueWithoutLimit) ? .max : limit))
    }

    func nextDue(_ queue: TimerQueue) async throws(StoreFailure) -> Moment? {
        if isIdle(.nextDue) { return nil }
        return try await good.nextDue(has(.nextDueOfEveryQueue) ? .engine : queue)
    }

    func sending() async throws(StoreFailure) -> [OrderID] { try await isIdle(.sending) ? [] : good.sending() }

    func openOrders() async throws(StoreFailure) -> [ProviderID: Int] {
        try await isIdle(.openOrders) ? [:] : good.openOrders()
    }

    func openPlaces() async throws(StoreFailure) -> [OpenPlace] {
        try await isIdle(.openPlaces) ? [] : good.openPlaces()
    }

    func openOrders(at provider: ProviderID) async throws(StoreFailure) -> [OrderID] {
        if isIdle(.openOrdersAt) { return [] }
        return try await good.openOrders(at: has(.openAtEveryProvider) ? "a" : provider)
    }

    func exposed() async throws(StoreFailure) -> [ExposedAttempt] {
        try await isIdle(.exposed) ? [] : good.exposed()
    }

    func unkeyedProofs(
        after number: Int64, limit: Int
    ) async throws(StoreFailure) -> [UnkeyedProof] {
        if isIdle(.unkeyedProofs) { return [] }
        return try await good.unkeyedProofs(
            after: has(.unkeyedFromTheStart) ? 0 : number, limit: has(.unkeyedWithoutLimit) ? .max : limit)
    }

    func keyProofs(_ keys: [(number: Int64, key: String)]) async throws(StoreFailure) -> Set<Int64> {
        if isIdle(.keyProofs) { return [] }
        let doubles = try await good.keyProofs(keys)
        return has(.keysTwoAlike) ? [] : doubles
    }

    func page(_ query: OrderQuery) async throws(StoreFailure) -> OrderPage {
        if isIdle(.page) { return OrderPage(orders: []) }
        var page = try await good.page(asked(query, .page))
        page.orders = page.orders.reversed(if: has(.listsOldestFirst))
        if has(.looksToTheEnd) { page.lookedTo = nil }
        return page
    }

    func sums(_ query: OrderQuery) async throws(StoreFailure) -> [OrderSum] {
        if isIdle(.sums) { return [] }
        return try await good.sums(asked(query, .sums)).reversed(if: has(.sumsInNoOrder))
    }

    private func asked(_ query: OrderQuery, _ operation: StoreOperation) -> OrderQuery {
        guard case .ignores(let condition, operation) = fault else { return query }
        var query = query
        LeftOut.conditions[condition]?(&query)
        return query
    }

    func evidence(_ order: OrderID) async throws(StoreFailure) -> [Evidence] {
        if isIdle(.evidence) { return [] }
        return try await good.evidence(order).reversed(if: has(.evidenceNewestFirst))
    }

    func steps(of order: OrderID) async throws(StoreFailure) -> [OrderStep] {
        if isIdle(.steps) { return [] }
        return try await good.steps(of: order).reversed(if: has(.stepsNewestFirst))
    }

    func discrepancies(_ order: OrderID) async throws(StoreFailure) -> [Discrepancy] {
        if isIdle(.discrepancies) { return [] }
        return try await good.discrepancies(order).reversed(if: has(.discrepanciesNewestFirst))
    }

    func postings(_ movement: MovementID) async throws(StoreFailure) -> [Posting] {
        if isIdle(.postings) { return [] }
        return try await good.postings(movement).reversed(if: has(.postingsBackwards))
    }

    func unknownAttempts() async throws(StoreFailure) -> [StoreTotals.Open] {
        try await isIdle(.unknownAttempts) ? [] : good.unknownAttempts()
    }

    func totals() async throws(StoreFailure) -> StoreTotals {
        try await isIdle(.totals) ? StoreTotals() : good.totals()
    }
}
