/// The one way to send: the first attempt, later ones and a payer's code are begun, committed and sent here.
///
/// An attempt is durable in PREPARED before its operator is asked anything (W2), and in SENDING before its gate can open
/// (W3); where nobody has to be asked, both are one commit, which for the first attempt is the one that accepts its order.
/// A process that dies leaves nothing at all, an attempt in PREPARED that is withdrawn, or one in SENDING that recovery
/// makes UNKNOWN.
final class AttemptRunner: EnginePart {
    let context: EngineContext
    private let progress: OrderProgress
    private let committer: Committer
    private let instructions: InstructionBuilder
    private let sender: AttemptSender

    init(
        _ context: EngineContext, _ progress: OrderProgress, _ committer: Committer,
        _ instructions: InstructionBuilder, _ sender: AttemptSender
    ) {
        self.context = context
        self.progress = progress
        self.committer = committer
        self.instructions = instructions
        self.sender = sender
    }

    // MARK: Driving

    /// Goes on with an order until nothing can be done at once.
    ///
    /// The caller holds the order's lock.
    func advance(_ start: OrderAggregate) async {
        var aggregate = start
        while true {
            switch progress.nextMove(aggregate, at: time.now) {
            case .start(let candidate):
                guard let next = await run(aggregate, candidate) else { return }
                aggregate = next
            case .close, .chooseAgain, .lookAgain:
                await committer.update(aggregate)
                return
            case .wait, .nothing: return
            }
        }
    }

    /// Goes on with an order that is open and has no live attempt, in a task of its own, unless somebody does already.
    func advanceInBackground(_ aggregate: OrderAggregate?) {
        guard let aggregate, aggregate.order.outcome == .open, aggregate.liveAttempt == nil,
            locks.lock(aggregate.order.id)
        else { return }
        work(locked: aggregate.order.id) { await self.advance(aggregate) }
    }

    /// Goes on with an order whose lock is held, if an observation left it open with no live attempt.
    func advanceIfIdle(_ aggregate: OrderAggregate) async {
        if aggregate.liveAttempt == nil, aggregate.order.outcome == .open { await advance(aggregate) }
    }

    // MARK: Beginning, in memory

    /// Begins the attempt that comes next for an order that is not stored yet.
    ///
    /// - Returns: The order as it has to be committed, and what follows; `nil` if its attempt can only begin later.
    func beginFirst(_ aggregate: OrderAggregate, at now: Moment) async -> (aggregate: OrderAggregate, step: NextStep)? {
        guard case .start(let candidate) = progress.nextMove(aggregate, at: now),
            let trial = trial(aggregate, candidate, at: now), trial.runtime.can(aggregate.operation),
            trial.runtime.begin(aggregate.operation, at: now)
        else { return nil }
        switch await begin(aggregate, trial, waitsForLogin: false, at: now) {
        case .begun(let started, let step): return (started, step)
        case .prepared, .overtaken:
            trial.runtime.abandon(aggregate.operation)
            return nil
        case .notNow: return nil
        }
    }

    /// An attempt that can be made at a candidate; `nil` if its provider is gone.
    func trial(
        _ aggregate: OrderAggregate, _ candidate: Candidate, confirmation: Confirmation? = nil, at now: Moment
    ) -> Trial? {
        guard let runtime = providers[candidate.provider] else { return nil }
        var attempt = instructions.newAttempt(aggregate, candidate, runtime, at: now)
        attempt.isConfirmation = confirmation != nil
        return Trial(attempt: attempt, candidate: candidate, runtime: runtime, confirmation: confirmation)
    }

    /// Whether preparing an attempt asks its operator, as its kind declares.
    func asksOperator(_ aggregate: OrderAggregate, _ trial: Trial) -> Bool {
        asksOperator(instructions.order(aggregate, trial.attempt, trial.runtime), trial)
    }

    private func asksOperator(_ order: Instruction, _ trial: Trial) -> Bool {
        trial.runtime.provider.preparation(of: order, confirmedBy: trial.confirmation) == .asksOperator
    }

    /// Prepares an attempt: what its kind makes of the order, asking on `wire` where it has to.
    func prepare(
        _ aggregate: OrderAggregate, _ trial: Trial, asking wire: any Asking
    ) async -> Result<Prepared, PreparationFailure> {
        await prepare(instructions.order(aggregate, trial.attempt, trial.runtime), trial, asking: wire)
    }

    private func prepare(
        _ order: Instruction, _ trial: Trial, asking wire: any Asking
    ) async -> Result<Prepared, PreparationFailure> {
        do throws(PreparationFailure) {
            return .success(
                try await trial.runtime.provider.prepare(order, confirmedBy: trial.confirmation, asking: wire))
        } catch { return .failure(error) }
    }

    /// Begins an attempt in memory, with nothing asked of its operator but a login where that may be waited for.
    private func begin(_ aggregate: OrderAggregate, _ trial: Trial, waitsForLogin: Bool, at now: Moment) async -> Begun
    {
        if trial.runtime.executesInLedger { return book(aggregate, trial, at: now) }
        let order = instructions.order(aggregate, trial.attempt, trial.runtime)
        guard asksOperator(order, trial) else {
            let prepared = await prepare(order, trial, asking: ClosedWire())
            return await begin(aggregate, trial, prepared, waitsForLogin: waitsForLogin)
        }
        var started = aggregate
        guard started.start(trial.attempt, as: trial.candidate) else { return .overtaken }
        started.schedule(at: now, facts: progress.scheduleFacts(aggregate.operation))
        return .begun(started, .ask(trial))
    }

    /// Executes an attempt by the ledger, in memory; the commit that follows is all there is.
    private func book(_ aggregate: OrderAggregate, _ trial: Trial, at now: Moment) -> Begun {
        var booked = aggregate
        let lifetime = trial.runtime.manifest.authorization?.lifetimeSeconds
        guard booked.book(trial.attempt, as: trial.candidate, heldFor: lifetime, at: now) else { return .overtaken }
        progress.conclude(&booked, at: now)
        return .begun(booked, .booked(trial))
    }

    /// The order as it has to be committed, after the ledger refused to execute an attempt.
    func refuse(_ aggregate: OrderAggregate, _ trial: Trial, _ refusal: LedgerRefusal, at now: Moment) -> OrderAggregate
    {
        var refused = aggregate
        refused.refuseBooking(trial.attempt, as: trial.candidate, Refusal(refusal), at: now)
        progress.conclude(&refused, at: now)
        return refused
    }

    /// Opens an attempt that was prepared, if there is something to send.
    private func begin(
        _ aggregate: OrderAggregate, _ trial: Trial, _ prepared: Result<Prepared, PreparationFailure>,
        waitsForLogin: Bool
    ) async -> Begun {
        guard case .success(.request(let money)) = prepared else { return .prepared(prepared) }
        switch await token(money, trial.runtime, aggregate.order.id, waits: waitsForLogin) {
        case .success(let token): return open(aggregate, trial, money, token: token)
        case .failure(.notAtHand):
            trial.runtime.abandon(aggregate.operation)
            return .notNow
        case .failure(.notToBeHad(let failure)): return .prepared(.failure(failure.asPreparationFailure))
        }
    }

    /// Puts an attempt with its sealed request into the aggregate and opens its transmission.
    func open(_ aggregate: OrderAggregate, _ trial: Trial, _ money: MoneyRequest, token: String?) -> Begun {
        var opened = aggregate
        guard opened.ensureStarted(trial.attempt, as: trial.candidate) else { return .overtaken }
        opened.seal(trial.attempt.id, money)
        guard sender.open(&opened, trial.attempt.id, trial.runtime) else {
            trial.runtime.abandon(aggregate.operation)
            return .notNow
        }
        let opening = Opening(
            attempt: trial.attempt.id, runtime: trial.runtime, operation: aggregate.operation, token: token)
        return .begun(opened, .send(opening))
    }

    private enum NoToken: Error {
        case notAtHand
        case notToBeHad(AskFailure)
    }

    /// The access token for a money request, so that no login stands between its commit and the wire.
    private func token(
        _ money: MoneyRequest, _ runtime: ProviderRuntime, _ order: OrderID, waits: Bool
    ) async -> Result<String?, NoToken> {
        guard let provider = runtime.loggingIn else { return .success(nil) }
        guard waits else {
            let present = runtime.tokens(provider.login(for: money.request)).present(at: time.now)
            return present.map { .success($0) } ?? .failure(.notAtHand)
        }
        do throws(AskFailure) {
            return .success(try await wire(runtime, order, "prepare", waits: true).token(for: money.request))
        } catch { return .failure(.notToBeHad(error)) }
    }

    // MARK: Going on after a commit

    /// Takes the step that follows the commit of an attempt, and drives the order on from what it led to.
    ///
    /// The caller holds the order's lock.
    func proceed(_ aggregate: OrderAggregate, _ step: NextStep) async {
        if let next = await follow(aggregate, step) { await advance(next) }
    }

    /// Gives back what a step took whose commit was refused.
    ///
    /// - Parameters:
    ///   - step: What will not be done.
    ///   - operation: What it belongs to.
    ///   - order: The order, where nobody knows whether it was refused: then the attempt may be durable in SENDING
    ///     although it was never handed to the wire, and its money stays in doubt until that is known.
    func giveBack(_ step: NextStep, _ operation: MoneyOperation, mayBeStoredIn order: OrderID? = nil) {
        step.runtime.abandon(operation)
        guard case .send(let opening) = step else { return }
        guard let order else { return sender.release(opening) }
        sender.unsent.add(opening.attempt)
        spawner.spawn { await self.findOut(opening, in: order) }
    }

    /// Looks whether an attempt whose commit was reported as failed is stored: if it is, its timer ends it, else its money
    /// is in doubt no longer.
    private func findOut(_ opening: Opening, in order: OrderID) async {
        while gatekeeper.maySend {
            await time.sleep(until: time.now.adding(seconds: Self.doubtSeconds))
            do throws(StoreFailure) {
                if try await store.orderAggregate(order)?.attempt(opening.attempt) == nil { sender.release(opening) }
                return
            } catch { continue }
        }
    }

    /// How long a commit that was reported as failed may still become visible, in seconds.
    private static let doubtSeconds: Int64 = 30

    /// One attempt at one candidate.
    ///
    /// - Returns: The order as committed, or `nil` if nothing can go on now.
    private func run(_ aggregate: OrderAggregate, _ candidate: Candidate) async -> OrderAggregate? {
        let now = time.now
        guard let trial = trial(aggregate, candidate, at: now), trial.runtime.begin(aggregate.operation, at: now) else {
            await committer.update(aggregate)
            return nil
        }
        return await continueAttempt(aggregate, trial, await begin(aggregate, trial, waitsForLogin: true, at: now))
    }

    private func follow(_ aggregate: OrderAggregate, _ step: NextStep) async -> OrderAggregate? {
        switch step {
        case .send(let opening): return await sender.transmit(aggregate, opening)
        case .booked(let trial):
            trial.runtime.finish(aggregate.operation, success: true, at: time.now)
            return aggregate
        case .ask(let trial):
            // What the operator opens now carries a reference of its own: if the process dies before it is published, the
            // attempt is withdrawn, and the next one never meets what this one left behind.
            let asking = wire(trial.runtime, aggregate.order.id, "prepare", waits: true)
            let prepared = await prepare(aggregate, trial, asking: asking)
            return await continueAttempt(aggregate, trial, await begin(aggregate, trial, prepared, waitsForLogin: true))
        }
    }

    /// Commits what was begun and takes the next step, or ends what came to nothing.
    private func continueAttempt(_ aggregate: OrderAggregate, _ trial: Trial, _ begun: Begun) async -> OrderAggregate? {
        switch begun {
        case .begun(let started, let step):
            switch await committer.commit(started) {
            case .done(let stored): return await follow(stored, step)
            case .conflict(.ledger(let refusal)) where refusal.isClosed(aggregate, trial.attempt):
                var unclaimed = aggregate
                unclaimed.leaveUnclaimed(at: time.now)
                return await continueAttempt(
                    unclaimed, trial, await begin(unclaimed, trial, waitsForLogin: true, at: time.now))
            case .conflict(.ledger(let refusal)):
                giveBack(step, aggregate.operation)
                let now = time.now
                return await committer.update(aggregate) { aggregate in
                    aggregate.refuseBooking(trial.attempt, as: trial.candidate, Refusal(refusal), at: now)
                }
            case .conflict(let conflict):
                giveBack(step, aggregate.operation)
                return await notStarted(aggregate.order.id, trial, conflict)
            case .failed:
                giveBack(step, aggregate.operation, mayBeStoredIn: aggregate.order.id)
                return nil
            }
        case .prepared(let prepared): return await end(aggregate, trial, prepared)
        case .overtaken:
            trial.runtime.abandon(aggregate.operation)
            return await reread(aggregate.order.id)
        case .notNow:
            await committer.update(aggregate)
            return nil
        }
    }

    /// Ends a trial that has nothing to send: publishes a page, asks the payer, or records why it failed.
    private func end(
        _ aggregate: OrderAggregate, _ trial: Trial, _ prepared: Result<Prepared, PreparationFailure>
    ) async -> OrderAggregate? {
        let (attempt, candidate, runtime) = (trial.attempt, trial.candidate, trial.runtime)
        let now = time.now
        switch prepared {
        case .failure(let failure):
            if failure.refusal.reason == .capacityExhausted {
                runtime.abandon(aggregate.operation)
            } else {
                runtime.finish(aggregate.operation, success: !failure.refusal.reason.isOutage, at: now)
            }
            return await committer.update(aggregate) { aggregate in
                guard aggregate.ensureStarted(attempt, as: candidate) else { return }
                aggregate.preparationFailed(attempt.id, failure.refusal, at: now)
            }
        case .success(.session(let session)):
            runtime.finish(aggregate.operation, success: true, at: now)
            return await committer.update(aggregate) { aggregate in
                // Lost to a cancel meanwhile: the session was never shown to anybody, and is dead.
                guard aggregate.order.cancelRequestedAt == nil, aggregate.ensureStarted(attempt, as: candidate) else {
                    return
                }
                _ = aggregate.openSession(attempt.id, session, at: now)
            }
        case .success(.input(let actions)):
            runtime.abandon(aggregate.operation)
            return await committer.update(aggregate) { aggregate in
                aggregate.withdraw(attempt.id, cause: "the payer is asked first", at: now)
                guard aggregate.order.cancelRequestedAt == nil, aggregate.liveAttempt == nil else { return }
                aggregate.awaitInput(candidate, actions: actions)
            }
        // What can be sent was begun.
        case .success(.request): return nil
        }
    }

    /// Somebody else wrote first, or a constraint keeps the attempt away.
    private func notStarted(_ id: OrderID, _ trial: Trial, _ conflict: Conflict) async -> OrderAggregate? {
        guard var stored = await reread(id) else { return nil }
        if stored.attempt(trial.attempt.id)?.state == .prepared {
            let now = time.now
            let withdrawn = await committer.update(stored) { aggregate in
                aggregate.withdraw(trial.attempt.id, cause: "overtaken", at: now)
            }
            guard let withdrawn else { return nil }
            stored = withdrawn
        }
        // A constraint that held will hold again: trying at once would never end. The timer tries later.
        guard case .constraint(let constraint) = conflict else { return stored }
        let isPrompting = constraint == .openPrompt
        if !isPrompting { alarm(.constraintHeld, order: id, constraint.name) }
        await committer.update(stored) { if isPrompting { $0.waitForWallet() } }
        return nil
    }
}

extension RefusalReason {
    /// Reasons that count against an operator's health.
    var isOutage: Bool { self == .notSent || self == .operatorUnavailable || self == .throttled }
}
