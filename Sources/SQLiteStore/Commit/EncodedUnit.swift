import Router

/// A unit with its bytes made and sealed: done in the caller's task, so that the writer's thread only binds and steps.
final class EncodedUnit: Sendable {
    let unit: UnitOfWork
    /// Only for an inserted payment.
    let body: [UInt8]
    let secretBody: [UInt8]
    let phone: [UInt8]?
    let state: [UInt8]
    let secretState: [UInt8]?
    let newAttempts: [AttemptBytes]
    let changedAttempts: [AttemptBytes]
    let evidence: [[UInt8]?]
    let events: [[UInt8]]
    let claimLock: [UInt8]?
    /// Hashes under the names that were chosen when this was made; the writer knows which are chosen when it writes.
    let metadata: [MetadataTerm: [UInt8]]
    let joined: [EncodedUnit]

    struct AttemptBytes: Sendable {
        let record: [UInt8]
        let secret: [UInt8]?
        let promptLock: [UInt8]?
        let provenAs: [UInt8]?
    }

    init(
        _ unit: UnitOfWork, sealer: Sealer, metadataNames: [AppID: [String]] = [:]
    ) throws(StoreFailure) {
        self.unit = unit
        var metadata: [MetadataTerm: [UInt8]] = [:]
        if case .insert = unit.write, let names = metadataNames[unit.order.app] {
            for term in MetadataTerm.all(of: unit.order, under: names) {
                metadata[term] = sealer.hash(term, of: unit.order.app)
            }
        }
        self.metadata = metadata
        if case .insert = unit.write {
            body = OrderCoding.body(unit.order)
            secretBody = try sealer.sealed(OrderCoding.secretBody(unit.order))
            phone = unit.order.request.customer.phone.map { sealer.blindIndex($0.e164) }
        } else {
            (body, secretBody, phone) = ([], [], nil)
        }
        claimLock = unit.claim.map { sealer.blindIndex($0.lock.text) }
        state = OrderCoding.state(unit.order)
        secretState = try sealer.sealed(OrderCoding.secretState(unit.order))
        newAttempts = try Self.bytes(unit.newAttempts, sealer)
        changedAttempts = try Self.bytes(unit.changedAttempts, sealer)
        var evidence: [[UInt8]?] = []
        for item in unit.evidence { evidence.append(try sealer.sealed(item.raw.isEmpty ? nil : item.raw)) }
        self.evidence = evidence
        var events: [[UInt8]] = []
        for event in unit.events { events.append(try sealer.sealed(event.body)) }
        self.events = events
        var joined: [EncodedUnit] = []
        for other in unit.joined {
            joined.append(try EncodedUnit(other, sealer: sealer, metadataNames: metadataNames))
        }
        self.joined = joined
    }

    private static func bytes(_ attempts: [Attempt], _ sealer: Sealer) throws(StoreFailure) -> [AttemptBytes] {
        var result: [AttemptBytes] = []
        for attempt in attempts {
            result.append(
                AttemptBytes(
                    record: AttemptCoding.state(attempt), secret: try sealer.sealed(AttemptCoding.secret(attempt)),
                    promptLock: attempt.activePromptLock.map { sealer.blindIndex($0) },
                    provenAs: attempt.proofKey.map { sealer.blindIndex($0) }))
        }
        return result
    }
}
