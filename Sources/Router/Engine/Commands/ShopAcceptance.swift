/// The shop accepts, with its secret key, what was begun with its publishable key.
final class ShopAcceptance: EnginePart {
    let context: EngineContext
    private let committer: Committer
    private let dueWork: DueWork
    private let commands: KeyedCommands

    init(_ context: EngineContext, _ committer: Committer, _ dueWork: DueWork, _ commands: KeyedCommands) {
        self.context = context
        self.committer = committer
        self.dueWork = dueWork
        self.commands = commands
    }

    /// Accepts a payment and goes on with it: sends what waited, or collects what is held.
    ///
    /// The acceptance is durable before anything follows from it.
    func accept(_ command: Engine.AcceptCommand) async -> Engine.CommandResult {
        guard gatekeeper.admits else { return .unavailable }
        guard let payment = await reread(command.payment) else { return .unknown }
        let identity = command.identity(payment.order)
        var isFresh = false
        let result = await commands.once(identity, looksFirst: true) {
            let outcome = await accept(command, identity)
            if case .goesOn = outcome { isFresh = true }
            return outcome
        }
        // A payer who cancelled in the same instant was first: nothing will be taken.
        guard isFresh, case .done(let aggregate, _) = result, aggregate.order.status == .cancelled else {
            return result
        }
        return .notAccepted(aggregate, .over)
    }

    private func accept(
        _ command: Engine.AcceptCommand, _ identity: KeyedCommands.Identity
    ) async -> KeyedCommands.Outcome {
        for _ in 0..<Committer.tries {
            guard var aggregate = await reread(command.payment) else { return .ended(.unavailable) }
            let now = time.now
            switch aggregate.admitAcceptance(of: command.amount, at: now) {
            case .failure(let refusal): return .ended(.notAccepted(aggregate, refusal))
            case .success(.nothingToDo): return .ended(.done(aggregate, status: 200))
            case .success(.fresh): break
            }
            aggregate.accept(at: now)
            aggregate.count(context.dailyCounting.uses(aggregate.order, at: now))
            committer.setTimer(&aggregate, at: now)
            let idempotencyRecord = identity.idempotencyRecord(aggregate.order.id, status: 200, at: now)
            switch await committer.commit(aggregate, Committer.Extras(idempotencyRecord: idempotencyRecord)) {
            case .done(let accepted): return continueAccepted(accepted)
            case .conflict(.idempotencyRecord(let idempotencyRecord)): return .bound(idempotencyRecord)
            case .conflict(.version): continue
            case .conflict(.ledger(let refusal)): return .ended(.ledgerRefused(refusal))
            case .conflict: return .ended(.unavailable)
            case .failed: return .notStored
            }
        }
        return .ended(.unavailable)
    }

    /// Does what an acceptance makes possible.
    private func continueAccepted(_ accepted: OrderAggregate) -> KeyedCommands.Outcome {
        let (id, order) = (accepted.order.id, accepted.order)
        let maySend = order.outcome == .open && accepted.liveAttempt == nil && !order.awaitsInput
        guard maySend || accepted.holdDuty(at: time.now) != nil else { return .ended(.done(accepted, status: 200)) }
        return .goesOn(accepted) {
            // Whoever holds the lock now lets it go at once; the timer, which is due already, goes on then.
            guard self.locks.lock(id) else { return }
            self.work(locked: id) { await self.dueWork.wake(id, isForced: true) }
        }
    }
}

extension Engine {
    /// The amount a shop expects a payment to be about, with its own idempotency key.
    package struct AcceptCommand: Sendable {
        package var payment: OrderID
        package var amount: Money
        package var idempotencyKey: String
        package var fingerprint: [UInt8]
        package var requestID: RequestID

        package init(
            payment: OrderID, amount: Money, idempotencyKey: String, fingerprint: [UInt8], requestID: RequestID
        ) {
            self.payment = payment
            self.amount = amount
            self.idempotencyKey = idempotencyKey
            self.fingerprint = fingerprint
            self.requestID = requestID
        }

        func identity(_ order: Order) -> KeyedCommands.Identity {
            KeyedCommands.Identity(
                key: IdempotencyRecord.Key(
                    .accept(order.id), app: order.app, environment: order.environment, key: idempotencyKey),
                fingerprint: fingerprint, requestID: requestID)
        }
    }
}
