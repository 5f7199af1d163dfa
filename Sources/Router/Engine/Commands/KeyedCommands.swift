/// Commands that carry an idempotency key: each is done once, whoever repeats it and whenever.
///
/// One precedence for all of them: a router that takes nothing on says so first; then a key that is known speaks, with the
/// answer of its command or as reused; only then what is wrong with the command itself is told. The key is bound in the
/// commit that does the command, so that of two at once one does it and the other is answered with that. A key is never
/// forgotten: it has no lifetime, and its record is never deleted.
final class KeyedCommands: EnginePart {
    let context: EngineContext
    let acceptance: AcceptanceGate

    init(_ context: EngineContext) {
        self.context = context
        acceptance = AcceptanceGate(context.settings.acceptance, time: context.time)
    }

    /// Whether a command that makes a new order has a chance at all now.
    var admits: Bool { gatekeeper.admits && !acceptance.isFull }

    /// A command's key, and what tells the command from another one under the same key.
    struct Identity: Sendable {
        let key: IdempotencyRecord.Key
        let fingerprint: [UInt8]
        let requestID: RequestID

        /// The record that the command's commit writes.
        func idempotencyRecord(_ order: OrderID, status: Int, at now: Moment) -> IdempotencyRecord {
            IdempotencyRecord(
                key: key, fingerprint: fingerprint, order: order, requestID: requestID, status: status, createdAt: now)
        }
    }

    /// What doing a command led to.
    enum Outcome: Sendable {
        case ended(Engine.CommandResult)
        /// It is durable, and its caller waits for what the operator says first; `begin` starts the work.
        case goesOn(OrderAggregate, begin: @Sendable () -> Void)
        /// The key was bound by somebody else meanwhile.
        case bound(IdempotencyRecord)
        /// Its commit failed: nobody knows whether it is durable, so that what the store shows of it must not be told.
        case notStored
    }

    /// Does a command, unless it was done before.
    ///
    /// - Parameters:
    ///   - identity: The command's.
    ///   - looksFirst: Whether the key is looked up before anything is done: for commands that change nothing where
    ///     nothing is left to do. Others need no look, because their commit refuses a key that is bound; a refusal is told
    ///     only once the key was looked up.
    ///   - body: Does it; must bind the key in its commit.
    /// - Returns: What is answered.
    func once(
        _ identity: Identity, looksFirst: Bool = false, _ body: () async -> Outcome
    ) async -> Engine.CommandResult {
        if looksFirst, let known = await known(identity) { return known }
        switch await body() {
        case .ended(let result) where result.didNothing: return await known(identity) ?? result
        case .ended(let result): return result
        case .bound(let idempotencyRecord): return await replay(idempotencyRecord, identity)
        case .notStored: return .unknown
        case .goesOn(let aggregate, let begin): return await firstAnswer(aggregate, identity.key, begin)
        }
    }

    /// The same for a command that makes a new order: it takes a place among those on their way to being accepted, and
    /// gives it back once it is durable.
    func onceAccepted(_ identity: Identity, _ body: () async -> Outcome) async -> Engine.CommandResult {
        guard gatekeeper.admits, await acceptance.enter() else { return .unavailable }
        return await once(identity) {
            defer { acceptance.leave() }
            return await body()
        }
    }

    /// Begins the work on a new order whose lock is held.
    func begin(
        _ aggregate: OrderAggregate, respondsAsync: Bool, _ body: @escaping @Sendable () async -> Void
    ) -> Outcome {
        let id = aggregate.order.id
        let begin: @Sendable () -> Void = { self.work(locked: id, body) }
        guard respondsAsync else { return .goesOn(aggregate, begin: begin) }
        begin()
        return .ended(.done(aggregate, status: 202))
    }

    /// Waits for the operator's first answer, but not too long.
    private func firstAnswer(
        _ aggregate: OrderAggregate, _ key: IdempotencyRecord.Key, _ begin: @Sendable () -> Void
    ) async -> Engine.CommandResult {
        let answered = await hub.wait(
            aggregate.order.id, until: firstAnswerEnd, isEnough: \.hasFirstAnswer, begin: begin)
        if let answered { return .done(answered, status: 201) }
        // The replay of this call must repeat the status; if this write fails, it says 201 with the same payment.
        try? await store.setRecordedStatus(key, 202)
        return .done(await reread(aggregate.order.id) ?? aggregate, status: 202)
    }

    /// The answer to a command whose key is bound, or may be; `nil` if it is free.
    func known(_ identity: Identity) async -> Engine.CommandResult? {
        do throws(StoreFailure) {
            guard let found = try await store.idempotencyRecord(identity.key) else { return nil }
            return await replay(found, identity)
        } catch {
            record(.storeFailed(error))
            return .unknown
        }
    }

    private func replay(_ idempotencyRecord: IdempotencyRecord, _ identity: Identity) async -> Engine.CommandResult {
        guard idempotencyRecord.fingerprint == identity.fingerprint else { return .keyReused(idempotencyRecord) }
        guard let aggregate = await reread(idempotencyRecord.order) else { return .unknown }
        return .replayed(aggregate, idempotencyRecord)
    }
}

extension OrderAggregate {
    /// Whether the operator's first answer is known, or nothing more is expected at once.
    var hasFirstAnswer: Bool { order.status != .processing || liveAttempt?.state == .pending }
}
