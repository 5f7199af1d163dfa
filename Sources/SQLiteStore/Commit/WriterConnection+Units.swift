import Router

/// How a unit of work becomes rows. Guards come first and write nothing; whatever fails later fails on a constraint.
extension WriterConnection {
    /// Writes units in order until one conflicts.
    func write(_ units: [EncodedUnit], epoch: Int64) throws -> CommitResult {
        for (index, unit) in units.enumerated() {
            guard epoch >= newestEpoch else { return .conflict(index: index, .staleEpoch) }
            do {
                switch try self.unit({ try write(unit) }) {
                case .success(nil): continue
                case .success(let conflict?): return .conflict(index: index, conflict)
                case .failure(let fault): return .conflict(index: index, try conflict(fault, unit.unit))
                }
            } catch let refused as Refused {
                return .conflict(index: index, refused.conflict)
            } catch let fault as RecordFault {
                // What this unit needs is damaged; that is no reason to fail whoever shares the group.
                return .failed(StoreFailure(fault))
            }
        }
        return .committed
    }

    /// What a failed constraint says; an order that is there already names every constraint it would break again.
    private func conflict(_ fault: SQLiteFault, _ unit: UnitOfWork) throws -> Conflict {
        guard fault.conflict == .constraint(.repetition), case .insert = unit.write,
            try self(Orders.exists).first({ $0.text(unit.order.id.text) }, { _ in true }) == true
        else { return fault.conflict }
        return .version
    }

    /// The joined units come first; if one after them conflicts, all are undone.
    private func write(_ encoded: EncodedUnit) throws -> Conflict? {
        for (index, other) in encoded.joined.enumerated() {
            guard let conflict = try write(other) else { continue }
            guard index > 0 else { return conflict }
            throw Refused(conflict: conflict)
        }
        let conflict = try writeAlone(encoded)
        if let conflict, !encoded.joined.isEmpty { throw Refused(conflict: conflict) }
        return conflict
    }

    private func writeAlone(_ encoded: EncodedUnit) throws -> Conflict? {
        let unit = encoded.unit
        if let conflict = try refusedByPeople(unit) { return try staleness(encoded) ?? conflict }
        if let refusal = try LedgerTrial.refusal(of: unit, self) {
            // Who decided on what is not so any more is told of that, whatever the ledger says now.
            return try staleness(encoded) ?? .ledger(refusal)
        }
        if case .update(let expected) = unit.write {
            if let key = unit.idempotencyRecord?.key, let taken = try idempotencyRecord(key) {
                return .idempotencyRecord(taken)
            }
            if let conflict = try encoded.conflict ?? update(encoded, expected: expected) { return conflict }
        }
        if let claim = unit.claim, let lock = encoded.claimLock, try !write(claim, lock: lock) {
            // Who repeats a request that was accepted is no competitor of it.
            return try unit.idempotencyRecord.flatMap { try idempotencyRecord($0.key) }.map { .idempotencyRecord($0) }
                ?? .claim
        }
        if let idempotencyRecord = unit.idempotencyRecord, try !insert(idempotencyRecord),
            let taken = try self.idempotencyRecord(idempotencyRecord.key)
        {
            guard unit.claim == nil else { throw Refused(conflict: .idempotencyRecord(taken)) }
            return .idempotencyRecord(taken)
        }
        if case .insert = unit.write {
            if let conflict = encoded.conflict { throw Refused(conflict: conflict) }
            try insert(encoded)
            try indexMetadata(encoded)
        }
        for (attempt, isNew, hashes) in encoded.attempts {
            if isNew {
                try insert(attempt, hashes, of: unit.order)
            } else {
                try update(attempt, hashes, of: unit.order.id)
            }
        }
        try writeLedger(unit)
        for discrepancy in unit.discrepancies { try insert(discrepancy) }
        if let inbox = unit.inboxDone { try finish(inbox, .applied) }
        if let use = unit.challenge { try useUp(use, by: unit.order.id.text) }
        try writeBill(of: unit)
        try tellHolders(unit)
        return nil
    }

    /// What a holder's code or a bill keeps from being written; only read.
    private func refusedByPeople(_ unit: UnitOfWork) throws -> Conflict? {
        if let use = unit.challenge, let refusal = try objection(to: use) { return .challenge(refusal) }
        return try billRefusal(of: unit).map { .bill($0) }
    }

    /// What was written since the unit was decided on, and keeps it from being written; only read.
    private func staleness(_ encoded: EncodedUnit) throws -> Conflict? {
        let unit = encoded.unit
        if let key = unit.idempotencyRecord?.key, let taken = try idempotencyRecord(key) {
            return .idempotencyRecord(taken)
        }
        if let claim = unit.claim, let lock = encoded.claimLock {
            let stored = try self(Claims.get).first({ $0.blob(lock) }) { try Claims.claim($0) }
            if stored?.version != claim.expectedVersion { return .claim }
        }
        let stored = try self(StoredStanding.get).first({ $0.text(unit.order.id.text) }) { StoredStanding($0) }
        switch unit.write {
        case .insert: return stored == nil ? encoded.conflict : .version
        case .update(let expected):
            guard let stored else { return .version }
            return encoded.conflict ?? stored.conflict(unit, expected: expected)
        }
    }
}
