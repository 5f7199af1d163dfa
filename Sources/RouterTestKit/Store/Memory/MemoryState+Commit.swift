import Router

extension MemoryState {
    mutating func commit(_ units: [UnitOfWork], epoch: Int64) -> CommitResult {
        for (index, unit) in units.enumerated() {
            let before = unit.joined.isEmpty ? nil : self
            for part in unit.joined + [unit] {
                if let conflict = conflict(part, epoch: epoch) {
                    if let before { self = before }
                    return .conflict(index: index, conflict)
                }
                if let refusal = ledger.apply(part) {
                    if let before { self = before }
                    return .conflict(index: index, .ledger(refusal))
                }
                apply(part)
            }
        }
        return .committed
    }

    /// Checks everything first, so that nothing has to be undone.
    private func conflict(_ unit: UnitOfWork, epoch: Int64) -> Conflict? {
        if self.epoch > epoch { return .staleEpoch }
        if let key = unit.idempotencyRecord?.key, let taken = idempotencyRecords[key] {
            return .idempotencyRecord(taken)
        }
        if let claim = unit.claim, claims[claim.lock]?.version != claim.expectedVersion,
            !ignoredLocks.contains(unit.order.kind)
        {
            return .claim
        }
        let stored = aggregates[unit.order.id]
        switch unit.write {
        case .insert: if stored != nil { return .version }
        case .update(let expected): if stored?.order.version != expected { return .version }
        }
        if let conflict = people.conflict(unit) { return conflict }
        let broken =
            brokenEnd(unit, stored) ?? brokenLock(unit) ?? brokenAttempt(unit, stored) ?? brokenEvent(unit, stored)
            ?? brokenPosting(unit, stored) ?? brokenHold(unit)
        return broken.map { .constraint($0) }
    }

    /// Whether a constraint is kept; a planted mistake keeps it not.
    private func keeps(_ constraint: StoreConstraint) -> Bool { !ignoredConstraints.contains(constraint) }

    private func brokenEnd(_ unit: UnitOfWork, _ stored: StoredFile?) -> StoreConstraint? {
        guard let old = stored?.order, old.outcome.isFinal, keeps(.end) else { return nil }
        return old.outcome == unit.order.outcome && old.purpose == unit.order.purpose ? nil : .end
    }

    private func brokenLock(_ unit: UnitOfWork) -> StoreConstraint? {
        if case .insert = unit.write {
            if let repeated = unit.order.request.repeatOf, repeats[repeated] != nil, keeps(.repetition) {
                return .repetition
            }
        }
        let prompts = unit.newAttempts.compactMap(\.activePromptLock)
        guard !prompts.isEmpty, keeps(.openPrompt) else { return nil }
        let others = aggregates.values.filter { $0.order.id != unit.order.id }
        for lock in prompts
        where others.contains(where: { $0.attempts.contains { $0.activePromptLock == lock } }) {
            return .openPrompt
        }
        return nil
    }

    private func brokenAttempt(_ unit: UnitOfWork, _ stored: StoredFile?) -> StoreConstraint? {
        var attempts = stored?.attempts ?? []
        var fresh: Set<ReferenceKey> = []
        for attempt in unit.newAttempts {
            if attempts.contains(where: { $0.id == attempt.id }), keeps(.attempt) { return .attempt }
            let isFree = references[attempt.referenceKey] == nil && fresh.insert(attempt.referenceKey).inserted
            guard isFree || !keeps(.reference) else { return .reference }
            attempts.append(attempt)
        }
        for attempt in unit.changedAttempts {
            guard let index = attempts.firstIndex(where: { $0.id == attempt.id }) else {
                guard keeps(.missingAttempt) else { continue }
                return .missingAttempt
            }
            attempts[index] = attempt
        }
        for attempt in unit.newAttempts + unit.changedAttempts {
            guard let key = attempt.proofKey, let holder = proofs[key] else { continue }
            if holder != attempt.id, keeps(.proof) { return .proof }
        }
        return attempts.count(where: \.state.isLive) <= 1 || !keeps(.liveAttempt) ? nil : .liveAttempt
    }

    private func brokenEvent(_ unit: UnitOfWork, _ stored: StoredFile?) -> StoreConstraint? {
        var sequences = Set(stored?.eventIndices.map { events[$0].sequence } ?? [])
        var fresh: Set<EventID> = []
        for event in unit.events {
            let isNew = eventIndex[event.id] == nil && fresh.insert(event.id).inserted
            guard isNew || !keeps(.event) else { return .event }
            guard sequences.insert(event.sequence).inserted || !keeps(.eventNumber) else { return .eventNumber }
        }
        return nil
    }

    private func brokenPosting(_ unit: UnitOfWork, _ stored: StoredFile?) -> StoreConstraint? {
        var lines = Set(stored?.postings.map(\.line) ?? [])
        let isUnique = unit.postings.allSatisfy { lines.insert($0.line).inserted }
        if !isUnique, keeps(.posting) { return .posting }
        if unit.postings.contains(where: { $0.amount.minorUnits <= 0 }), keeps(.amount) { return .amount }
        return unit.postings.contains { $0.debit == $0.credit } && keeps(.accounts) ? .accounts : nil
    }

    private func brokenHold(_ unit: UnitOfWork) -> StoreConstraint? {
        var placed: Set<String> = []
        for case .place(let hold, _) in unit.holds {
            if hold.amount.minorUnits <= 0, keeps(.amount) { return .amount }
            // Where no limit is set, nothing is placed.
            let balance = ledger.accounts[.init(hold.account, unit.order.amount.currency)]
            guard !hold.account.healsItself || balance != nil, keeps(.hold) else { continue }
            if !placed.insert("\(hold.order) \(hold.account)").inserted { return .hold }
            guard let known = ledger.hold(hold.order, hold.account) else { continue }
            let isOver = known.endsAt.map { $0 <= hold.at } ?? false
            if !hold.account.healsItself || known.state != .pending || !isOver { return .hold }
        }
        return nil
    }

    private mutating func apply(_ unit: UnitOfWork) {
        let id = unit.order.id
        // Taken out and put back, so that the arrays inside are changed in place.
        let stored = aggregates.removeValue(forKey: id)
        let before = stored.map { SnapshotStep.State($0.order, $0.attempts) }
        var aggregate = stored ?? StoredFile(order: unit.order)
        aggregate.order = unit.order
        for attempt in unit.newAttempts {
            attemptNumber += 1
            aggregate.attempts.append(attempt)
            aggregate.attemptNumbers.append(attemptNumber)
            references[attempt.referenceKey] = id
        }
        for attempt in unit.changedAttempts {
            guard let index = aggregate.attempts.firstIndex(where: { $0.id == attempt.id }) else { continue }
            aggregate.attempts[index] = attempt
        }
        for attempt in unit.newAttempts + unit.changedAttempts {
            noteOperatorReference(attempt, id)
            if let key = attempt.proofKey { proofs[key] = attempt.id }
        }
        aggregate.evidence += unit.evidence
        aggregate.postings += unit.postings
        aggregate.discrepancies += unit.discrepancies
        for event in unit.events {
            eventIndex[event.id] = events.count
            aggregate.eventIndices.append(events.count)
            events.append(event)
        }
        aggregate.steps.append(OrderStep(unit))
        aggregates[id] = aggregate
        snapshots.note(unit, before: before, after: SnapshotStep.State(unit.order, aggregate.attempts))
        dues[id] = unit.order.due
        if let claim = unit.claim {
            claims[claim.lock] = StoredClaim(version: (claim.expectedVersion ?? 0) + 1, orders: claim.orders)
        }
        note(unit.order, unit.write)
        if case .insert = unit.write {
            indexMetadata(unit.order)
        }
        if let idempotencyRecord = unit.idempotencyRecord {
            idempotencyRecords[idempotencyRecord.key] = idempotencyRecord
        }
        if let inbox = unit.inboxDone { finish(inbox, .applied) }
        people.apply(unit)
    }

    /// Remembers which order repeats another one, as long as it counts.
    private mutating func note(_ order: Order, _ write: UnitOfWork.OrderWrite) {
        guard let repeated = order.request.repeatOf else { return }
        if case .insert = write { repeats[repeated] = order.id }
        if repeats[repeated] == order.id, !order.keepsRepeatOf { repeats[repeated] = nil }
    }

    private mutating func noteOperatorReference(_ attempt: Attempt, _ order: OrderID) {
        guard let reference = attempt.operatorReference else { return }
        let key = OperatorReferenceKey(provider: attempt.provider, reference: reference)
        if operatorReferences[key]?.contains(order) != true { operatorReferences[key, default: []].append(order) }
    }
}

extension Attempt {
    fileprivate var referenceKey: MemoryState.ReferenceKey {
        MemoryState.ReferenceKey(provider: provider, scope: scope, reference: reference)
    }
}

extension Posting {
    private struct Line: Hashable {
        let movement: MovementID
        let kind: String
        let sequence: Int
    }

    fileprivate var line: some Hashable { Line(movement: movement, kind: kind, sequence: sequence) }
}
