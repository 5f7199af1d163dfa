import Router

/// A unit with its bytes made and sealed: done in the caller's task, so that the writer's thread only binds and steps.
final class EncodedUnit: Sendable {
    let unit: UnitOfWork
    /// All that the step leaves behind; see ``UnitCoding``.
    let record: [UInt8]
    /// Only for an inserted order.
    let phone: [UInt8]?
    /// Of the attempts that are new or changed, in the unit's order.
    let attempts: [(attempt: Attempt, isNew: Bool, hashes: AttemptHashes)]
    let claimLock: [UInt8]?
    /// Hashes under the names that were chosen when this was made; the writer knows which are chosen when it writes.
    let metadata: [MetadataTerm: [UInt8]]
    let joined: [EncodedUnit]

    /// What of an attempt is compared without being readable.
    struct AttemptHashes: Sendable {
        let promptLock: [UInt8]?
        let proof: [UInt8]?

        init(_ attempt: Attempt, _ sealer: Sealer) {
            promptLock = attempt.activePromptLock.map { sealer.blindIndex($0) }
            proof = attempt.proofKey.map { sealer.blindIndex($0) }
        }
    }

    init(
        _ unit: UnitOfWork, sealer: Sealer, metadataNames: [AppID: [String]] = [:]
    ) throws(StoreFailure) {
        self.unit = unit
        var metadata: [MetadataTerm: [UInt8]] = [:]
        var phone: [UInt8]?
        if case .insert = unit.write {
            phone = unit.order.request.customer.phone.map { sealer.blindIndex($0.e164) }
            for term in MetadataTerm.all(of: unit.order, under: metadataNames[unit.order.app] ?? []) {
                metadata[term] = sealer.hash(term, of: unit.order.app)
            }
        }
        (self.metadata, self.phone) = (metadata, phone)
        claimLock = unit.claim.map { sealer.blindIndex($0.lock.text) }
        record = try sealer.sealed(UnitCoding.bytes(unit))
        var attempts: [(attempt: Attempt, isNew: Bool, hashes: AttemptHashes)] = []
        for attempt in unit.attempts {
            let isNew = unit.added.contains(attempt.id)
            guard isNew || unit.changed.contains(attempt.id) else { continue }
            attempts.append((attempt, isNew, AttemptHashes(attempt, sealer)))
        }
        self.attempts = attempts
        var joined: [EncodedUnit] = []
        for other in unit.joined {
            joined.append(try EncodedUnit(other, sealer: sealer, metadataNames: metadataNames))
        }
        self.joined = joined
    }

    /// What is wrong with the unit by itself: an attempt that it names twice, events that are not numbered on.
    var conflict: Conflict? {
        if unit.attempts.count > 1, Set(unit.attempts.map(\.id)).count < unit.attempts.count {
            return .constraint(.attempt)
        }
        guard let first = unit.events.first else { return nil }
        let isWhole = unit.events.enumerated().allSatisfy { index, event in
            event.sequence == first.sequence + Int64(index) && event.at == first.at
                && event.id == first.id.advanced(by: index)
        }
        let isLast = unit.events.last?.sequence == unit.order.eventCount && unit.events.count < Int(Events.room)
        return isWhole && isLast ? nil : .constraint(.eventNumber)
    }
}
