import Synchronization

/// Codes typed by the payer: each is one attempt with one transmission.
final class CodeConfirmation: EnginePart {
    let context: EngineContext
    private let progress: OrderProgress
    private let committer: Committer
    private let runner: AttemptRunner
    private let commands: KeyedCommands
    /// How often each command is under way in this process.
    private let underWay = Mutex<[IdempotencyRecord.Key: Int]>([:])

    init(
        _ context: EngineContext, _ progress: OrderProgress, _ committer: Committer, _ runner: AttemptRunner,
        _ commands: KeyedCommands
    ) {
        self.context = context
        self.progress = progress
        self.committer = committer
        self.runner = runner
        self.commands = commands
    }

    /// Sends the payer's code.
    func confirm(_ command: Engine.ConfirmCommand) async -> Engine.CommandResult {
        guard gatekeeper.admits else { return .unavailable }
        let (id, key) = (command.aggregate.order.id, command.identity.key)
        underWay.withLock { $0[key, default: 0] += 1 }
        defer { leave(key) }
        return await commands.once(command.identity) {
            switch await lock(id, whileWaiting: \.order.awaitsInput) {
            case .locked: break
            case .overtaken(let aggregate): return .ended(.notPossible(aggregate))
            case .busy where isShared(key): return .notStored
            case .busy: return .ended(.codeUnchecked(command.aggregate))
            }
            let outcome = await confirmLocked(command)
            if case .goesOn = outcome { return outcome }
            locks.release(id)
            return outcome
        }
    }

    /// Whether the same command is under way a second time: what it will do with its key, nobody knows yet.
    private func isShared(_ key: IdempotencyRecord.Key) -> Bool { underWay.withLock { ($0[key] ?? 0) > 1 } }

    private func leave(_ key: IdempotencyRecord.Key) {
        underWay.withLock { $0[key] = $0[key].flatMap { $0 > 1 ? $0 - 1 : nil } }
    }

    private func confirmLocked(_ command: Engine.ConfirmCommand) async -> KeyedCommands.Outcome {
        // Under the lock, so that nobody asks about a code whose key has been answered meanwhile.
        if let known = await commands.known(command.identity) { return .ended(known) }
        guard var aggregate = await reread(command.aggregate.order.id) else { return .ended(.unavailable) }
        let now = time.now
        if let refusal = acceptance(command, &aggregate, at: now) { return .ended(.notAccepted(aggregate, refusal)) }
        // The lock is ours, so an open question is one whose process is gone: its answer is lost.
        aggregate.endCodeQuestion(wasWrong: false)
        guard aggregate.order.awaitsInput, aggregate.codeTriesLeft > 0, let candidate = aggregate.order.chosen,
            let trial = runner.trial(aggregate, candidate, confirmation: command.confirmation, at: now),
            trial.runtime.provider is any Confirming
        else { return .ended(.notPossible(aggregate)) }
        switch progress.mayConfirm(aggregate, at: candidate.provider, now: now) {
        case .allowed: break
        case .refused(.notAdmitted): return .ended(.codeUnchecked(aggregate))
        case .refused: return .ended(.notPossible(aggregate))
        }
        guard !runner.asksOperator(aggregate, trial) else {
            return await askAndSend(aggregate, trial, command, at: now)
        }
        switch await runner.prepare(aggregate, trial, asking: ClosedWire()) {
        case .success(let prepared): return await send(aggregate, trial, prepared, command)
        case .failure(let failure): return .ended(unusable(failure))
        }
    }

    /// Accepts the payment along with its code, in memory, if the command says so.
    ///
    /// - Returns: Why the code must not be sent.
    private func acceptance(
        _ command: Engine.ConfirmCommand, _ aggregate: inout OrderAggregate, at now: Moment
    ) -> AcceptanceRefusal? {
        guard let amount = command.accepting else { return aggregate.order.awaitsAcceptance ? .notYet : nil }
        switch aggregate.admitAcceptance(of: amount, at: now) {
        case .failure(let refusal): return refusal
        case .success:
            aggregate.accept(at: now)
            aggregate.count(context.dailyCounting.uses(aggregate.order, at: now))
        }
        return nil
    }

    /// Asks the operator about a code under a try that is reserved durably, then sends it.
    ///
    /// The try is used up only by an answer that refuses the code.
    private func askAndSend(
        _ unasked: OrderAggregate, _ trial: Trial, _ command: Engine.ConfirmCommand, at now: Moment
    ) async -> KeyedCommands.Outcome {
        var aggregate = unasked
        guard aggregate.beginCodeQuestion(at: now) else { return .ended(.notPossible(unasked)) }
        switch await committer.commit(aggregate) {
        case .done(let reserved): aggregate = reserved
        case .conflict(.ledger(let refusal)): return .ended(.ledgerRefused(refusal))
        case .conflict: return .ended(.notPossible(await reread(unasked.order.id) ?? unasked))
        case .failed: return .ended(.unavailable)
        }
        switch await runner.prepare(aggregate, trial, asking: wire(trial.runtime, aggregate.order.id, "confirm")) {
        case .failure(let failure) where failure.refusal.reason == .wrongCode:
            return .ended(await refuseCode(aggregate, command))
        case .failure(let failure):
            await committer.update(aggregate) { $0.endCodeQuestion(wasWrong: false) }
            return .ended(unusable(failure, asked: aggregate))
        case .success(let prepared):
            // From here on the attempt stands for the try.
            var asked = aggregate
            asked.endCodeQuestion(wasWrong: false)
            let sent = await send(asked, trial, prepared, command)
            if case .goesOn = sent { return sent }
            await committer.update(aggregate) { $0.endCodeQuestion(wasWrong: false) }
            return sent
        }
    }

    private func unusable(_ failure: PreparationFailure, asked aggregate: OrderAggregate? = nil) -> Engine.CommandResult
    {
        let isAboutInput = [.invalidRequest, .wrongCode].contains(failure.refusal.reason)
        return isAboutInput ? .unusableInput(failure.detail) : aggregate.map { .codeUnchecked($0) } ?? .unavailable
    }

    /// Makes durable that the operator refused a code, before anybody is told.
    private func refuseCode(_ first: OrderAggregate, _ command: Engine.ConfirmCommand) async -> Engine.CommandResult {
        var known: OrderAggregate? = first
        for _ in 0..<Committer.tries {
            let read = if let known { known } else { await reread(first.order.id) }
            guard var aggregate = read else { return .unavailable }
            let now = time.now
            aggregate.endCodeQuestion(wasWrong: true)
            committer.conclude(&aggregate, at: now)
            let idempotencyRecord = command.identity.idempotencyRecord(
                aggregate.order.id, status: Engine.wrongCodeStatus, at: now)
            switch await committer.commit(aggregate, Committer.Extras(idempotencyRecord: idempotencyRecord)) {
            case .done(let committed): return .wrongCode(committed)
            case .conflict(.version): known = nil
            case .conflict: return .unavailable
            case .failed: return .unknown
            }
        }
        return .unavailable
    }

    /// Opens the attempt that carries the code, in the commit that binds the command's key.
    private func send(
        _ aggregate: OrderAggregate, _ trial: Trial, _ prepared: Prepared, _ command: Engine.ConfirmCommand
    ) async -> KeyedCommands.Outcome {
        guard case .request(let money) = prepared else { return .ended(.unavailable) }
        let token: String?
        do throws(AskFailure) {
            token = try await wire(trial.runtime, aggregate.order.id, "confirm").token(for: money.request)
        } catch { return .ended(.unavailable) }
        let now = time.now
        guard trial.runtime.begin(aggregate.operation, at: now) else { return .ended(.codeUnchecked(aggregate)) }
        switch runner.open(aggregate, trial, money, token: token) {
        case .begun(let opened, let step): return await commit(opened, step, command, at: now)
        case .overtaken:
            trial.runtime.abandon(aggregate.operation)
            return .ended(.notPossible(await reread(aggregate.order.id) ?? aggregate))
        case .notNow, .prepared: return .ended(.unavailable)
        }
    }

    private func commit(
        _ opened: OrderAggregate, _ step: NextStep, _ command: Engine.ConfirmCommand, at now: Moment
    ) async -> KeyedCommands.Outcome {
        let (id, operation) = (opened.order.id, opened.operation)
        let idempotencyRecord = command.identity.idempotencyRecord(id, status: 200, at: now)
        switch await committer.commit(opened, Committer.Extras(idempotencyRecord: idempotencyRecord)) {
        case .done(let committed):
            return .goesOn(committed) {
                self.work(locked: id) { await self.runner.proceed(committed, step) }
            }
        case .conflict(let conflict):
            runner.giveBack(step, operation)
            switch conflict {
            case .idempotencyRecord(let idempotencyRecord): return .bound(idempotencyRecord)
            case .ledger(let refusal): return .ended(.ledgerRefused(refusal))
            default: return .ended(.notPossible(await reread(id) ?? opened))
            }
        case .failed:
            runner.giveBack(step, operation, mayBeStoredIn: id)
            return .notStored
        }
    }
}

extension Engine {
    /// The status under which a refused code is remembered with its idempotency key.
    package static let wrongCodeStatus = 422

    /// A code typed by the payer, with its own idempotency key.
    package struct ConfirmCommand: Sendable {
        package var aggregate: OrderAggregate
        package var confirmation: Confirmation
        /// What the shop expects the payment to be about; accepts a payment that waits for that.
        package var accepting: Money?
        package var idempotencyKey: String
        package var fingerprint: [UInt8]
        package var requestID: RequestID

        package init(
            aggregate: OrderAggregate, confirmation: Confirmation, accepting: Money? = nil, idempotencyKey: String,
            fingerprint: [UInt8], requestID: RequestID
        ) {
            self.aggregate = aggregate
            self.confirmation = confirmation
            self.accepting = accepting
            self.idempotencyKey = idempotencyKey
            self.fingerprint = fingerprint
            self.requestID = requestID
        }

        var identity: KeyedCommands.Identity {
            KeyedCommands.Identity(
                key: IdempotencyRecord.Key(
                    .confirm(aggregate.order.id), app: aggregate.order.app, environment: aggregate.order.environment,
                    key: idempotencyKey),
                fingerprint: fingerprint, requestID: requestID)
        }
    }
}
