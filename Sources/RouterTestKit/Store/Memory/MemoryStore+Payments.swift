package import Router

extension MemoryStore {
    /// Every unit is a step of its own, as a real flush may end between two of them.
    package func commit(_ units: [UnitOfWork], epoch: Int64) async -> CommitResult {
        for (index, unit) in units.enumerated() {
            do throws(StoreFailure) {
                switch try await perform(.commit, { $0.commit([unit], epoch: epoch) }) {
                case .committed: continue
                case .conflict(_, let conflict): return .conflict(index: index, conflict)
                case .failed(let failure): return .failed(failure)
                }
            } catch {
                return .failed(error)
            }
        }
        return .committed
    }

    package func orderAggregate(_ id: OrderID) async throws(StoreFailure) -> OrderAggregate? {
        try await perform(.orderAggregate) { $0.aggregate(id) }
    }

    package func idempotencyRecord(_ key: IdempotencyRecord.Key) async throws(StoreFailure) -> IdempotencyRecord? {
        try await perform(.idempotencyRecord) { $0.idempotencyRecords[key] }
    }

    package func claim(_ lock: OrderLock) async throws(StoreFailure) -> StoredClaim? {
        try await perform(.claim) { $0.claims[lock] }
    }

    package func setRecordedStatus(_ key: IdempotencyRecord.Key, _ status: Int) async throws(StoreFailure) {
        try await perform(.setRecordedStatus) { $0.idempotencyRecords[key]?.status = status }
    }

    package func order(provider: ProviderID, reference: String) async throws(StoreFailure) -> OrderID? {
        try await perform(.byReference) { $0.order(provider: provider, reference: reference) }
    }

    package func order(provider: ProviderID, operatorReference: String) async throws(StoreFailure) -> OrderID? {
        try await perform(.byOperatorReference) {
            $0.order(provider: provider, operatorReference: operatorReference)
        }
    }

    package func hasAttempts(provider: ProviderID) async throws(StoreFailure) -> Bool {
        try await perform(.hasAttempts) { state in
            state.aggregates.values.contains { $0.attempts.contains { $0.provider == provider } }
        }
    }

    package func due(_ queue: TimerQueue, before moment: Moment, limit: Int) async throws(StoreFailure) -> [OrderID] {
        try await perform(.due) { $0.due(queue, before: moment, limit: limit) }
    }

    package func nextDue(_ queue: TimerQueue) async throws(StoreFailure) -> Moment? {
        try await perform(.nextDue) { $0.nextDue(queue) }
    }

    package func sending() async throws(StoreFailure) -> [OrderID] {
        try await perform(.sending) { $0.sending() }
    }

    package func openOrders() async throws(StoreFailure) -> [ProviderID: Int] {
        try await perform(.openOrders) { state in
            state.open().reduce(into: [:]) { $0[$1.provider, default: 0] += 1 }
        }
    }

    package func openPlaces() async throws(StoreFailure) -> [OpenPlace] {
        try await perform(.openPlaces) { $0.openPlaces() }
    }

    package func openOrders(at provider: ProviderID) async throws(StoreFailure) -> [OrderID] {
        try await perform(.openOrdersAt) { $0.open(at: provider).map(\.order) }
    }

    package func unkeyedProofs(
        after number: Int64, limit: Int
    ) async throws(StoreFailure) -> [UnkeyedProof] {
        try await perform(.unkeyedProofs) { $0.unkeyedProofs(after: number, limit: limit) }
    }

    package func keyProofs(_ keys: [(number: Int64, key: String)]) async throws(StoreFailure) -> Set<Int64> {
        try await perform(.keyProofs) { $0.keyProofs(keys) }
    }

    package func exposed() async throws(StoreFailure) -> [ExposedAttempt] {
        try await perform(.exposed) { $0.exposed() }
    }

    package func page(_ query: OrderQuery) async throws(StoreFailure) -> OrderPage {
        try await perform(.page) { $0.page(query) }
    }

    package func evidence(_ order: OrderID) async throws(StoreFailure) -> [Evidence] {
        try await perform(.evidence) { $0.aggregates[order]?.evidence ?? [] }
    }

    package func steps(of order: OrderID) async throws(StoreFailure) -> [OrderStep] {
        try await perform(.steps) { $0.aggregates[order]?.steps ?? [] }
    }

    package func discrepancies(_ order: OrderID) async throws(StoreFailure) -> [Discrepancy] {
        try await perform(.discrepancies) { $0.aggregates[order]?.discrepancies ?? [] }
    }

    package func postings(_ movement: MovementID) async throws(StoreFailure) -> [Posting] {
        try await perform(.postings) { $0.postings(movement) }
    }

    package func unknownAttempts() async throws(StoreFailure) -> [StoreTotals.Open] {
        try await perform(.unknownAttempts) { $0.unknownAttempts() }
    }

    package func totals() async throws(StoreFailure) -> StoreTotals {
        try await perform(.totals) { $0.totals() }
    }

    package func takeEpoch() async throws(StoreFailure) -> Int64 {
        try await perform(.takeEpoch) {
            $0.epoch += 1
            return $0.epoch
        }
    }

    package func fact(_ name: String) async throws(StoreFailure) -> String? {
        try await perform(.fact) { $0.facts[name] }
    }

    package func setFact(_ name: String, _ value: String) async throws(StoreFailure) {
        try await perform(.setFact) { $0.facts[name] = value }
    }
}
