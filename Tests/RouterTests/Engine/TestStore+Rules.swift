import Router

extension TestStore.State {
    func find(_ matches: (Attempt) -> Bool) -> PaymentID? {
        files.values.first { $0.attempts.contains(where: matches) }?.payment.id
    }

    /// Writes one unit whole, or says why not.
    mutating func apply(_ unit: UnitOfWork) -> Conflict? {
        if let binding = unit.binding, let taken = bindings[binding.key] { return .binding(taken) }
        let id = unit.payment.id
        let known = files[id]
        switch unit.write {
        case .insert: guard known == nil else { return .version }
        case .update(let expected): guard known?.payment.version == expected else { return .version }
        }
        var attempts = known?.attempts ?? []
        attempts += unit.newAttempts
        for changed in unit.changedAttempts {
            guard let index = attempts.firstIndex(where: { $0.id == changed.id }) else { return .constraint("attempt") }
            attempts[index] = changed
        }
        if attempts.count(where: { $0.state.isLive }) > 1 { return .constraint("live") }
        let others = files.values.filter { $0.payment.id != id }.flatMap(\.attempts) + (known?.attempts ?? [])
        for new in unit.newAttempts
        where others.contains(where: { $0.provider == new.provider && $0.reference == new.reference }) {
            return .constraint("reference")
        }
        watch(unit, before: known?.payment, old: known?.attempts ?? [], attempts)
        files[id] = (unit.payment, attempts)
        if let binding = unit.binding { bindings[binding.key] = binding }
        evidence += unit.evidence.map { (id, $0) }
        events += unit.events
        for line in unit.postings
        where !postings.contains(where: {
            $0.movement == line.movement && $0.kind == line.kind && $0.sequence == line.sequence
        }) {
            postings.append(line)
        }
        for new in unit.discrepancies
        where !discrepancies.contains(where: { $0.attempt == new.attempt && $0.kind == new.kind }) {
            discrepancies.append(new)
        }
        if let done = unit.inboxDone { inbox[done]?.state = .applied }
        return nil
    }

    /// The invariants of money-safety section 15 that one commit can show.
    private mutating func watch(_ unit: UnitOfWork, before: Payment?, old: [Attempt], _ attempts: [Attempt]) {
        func demand(_ holds: Bool, _ what: String) { if !holds { violations.append(what) } }
        let payment = unit.payment
        for attempt in attempts {
            demand(attempt.amount == payment.movement.amount, "I-12 amounts differ")
            let previous = old.first { $0.id == attempt.id }
            if let previous, previous.state.isFinal {
                demand(previous.state == attempt.state, "I-17 left \(previous.state)")
            }
            for (from, to) in zip(attempt.history, attempt.history.dropFirst()) {
                let isEdge = AttemptInput.allCases.contains {
                    AttemptMachine.verdict(from.state, $0) == .move(to.state)
                }
                demand(isEdge, "I-17 \(from.state) to \(to.state)")
            }
            if attempt.state == .sending { demand(!attempt.transmissions.isEmpty, "I-02 SENDING without transmission") }
            if attempt.transmissions.count > 1 {
                demand(attempt.request == nil || previous?.request == attempt.request, "I-07 bytes")
            }
        }
        let balance = unit.postings.reduce(0) { $0 + ($1.side == .debit ? 1 : -1) * $1.amount.minorUnits }
        demand(balance == 0, "I-09 unbalanced")
        demand(
            unit.events.map(\.sequence) == Array((before?.eventCount ?? 0) + 1..<payment.eventCount + 1),
            "I-29 sequence")
        if let before, before.status.isFinal {
            demand(before.status == payment.status, "I-17 payment left \(before.status)")
        }
        let succeeded = attempts.contains { $0.state == .succeeded }
        demand((payment.movement.state == .succeeded) == succeeded, "I-03 success without a succeeded attempt")
        if payment.movement.state == .open {
            demand(payment.due != nil || payment.review != nil, "I-33 neither timer nor review")
        } else {
            demand(payment.due == nil, "I-33 a timer on a final payment")
            demand(
                payment.movement.state == .succeeded || !attempts.contains { $0.state.isLive }, "I-04 closed while live"
            )
        }
    }
}

/// What these tests do not need.
extension TestStore {
    private func absent() -> StoreFailure { StoreFailure(.other, "not in this double") }

    func list(_ query: PaymentQuery) async throws(StoreFailure) -> [Payment] { throw absent() }
    func discrepancies(_ payment: PaymentID) async throws(StoreFailure) -> [Discrepancy] {
        discrepancies.filter { $0.payment == payment }
    }
    func postings(_ movement: MovementID) async throws(StoreFailure) -> [Posting] {
        postings.filter { $0.movement == movement }
    }
    func totals() async throws(StoreFailure) -> StoreTotals { throw absent() }
    func events(
        app: AppID, environment: Environment, payment: PaymentID?, type: String?, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Event] { throw absent() }
    func event(_ id: EventID) async throws(StoreFailure) -> Event? { throw absent() }
    func insert(_ app: App) async throws(StoreFailure) { throw absent() }
    func update(_ app: App) async throws(StoreFailure) { throw absent() }
    func app(_ id: AppID) async throws(StoreFailure) -> App? { throw absent() }
    func apps() async throws(StoreFailure) -> [App] { throw absent() }
    func insert(_ key: AppKey) async throws(StoreFailure) { throw absent() }
    func update(_ key: AppKey) async throws(StoreFailure) { throw absent() }
    func keys(of app: AppID) async throws(StoreFailure) -> [AppKey] { throw absent() }
    func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)? { throw absent() }
    func insert(_ endpoint: WebhookEndpoint) async throws(StoreFailure) { throw absent() }
    func update(_ endpoint: WebhookEndpoint) async throws(StoreFailure) { throw absent() }
    func delete(_ id: WebhookEndpointID) async throws(StoreFailure) { throw absent() }
    func endpoint(_ id: WebhookEndpointID) async throws(StoreFailure) -> WebhookEndpoint? { throw absent() }
    func endpoints(app: AppID?) async throws(StoreFailure) -> [WebhookEndpoint] { throw absent() }
    func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int { throw absent() }
    func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    ) async throws(StoreFailure) -> [Delivery] { throw absent() }
    func nextDelivery() async throws(StoreFailure) -> Moment? { throw absent() }
    func record(_ delivery: Delivery) async throws(StoreFailure) { throw absent() }
    func deliveries(
        _ endpoint: WebhookEndpointID, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Delivery] { throw absent() }
    func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    ) async throws(StoreFailure) -> Int { throw absent() }
}
