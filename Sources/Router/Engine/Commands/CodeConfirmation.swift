/// Codes typed by the payer: each is one attempt with one transmission.
final class CodeConfirmation: EnginePart {
    let context: EngineContext
    private let progress: OrderProgress
    private let committer: Committer
    private let runner: AttemptRunner
    private let commands: KeyedCommands

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
        let id = command.file.order.id
        return await commands.once(command.identity, looksFirst: true) {
            switch await lock(id, whileWaiting: { $0.order.awaitsInput && $0.order.codeAskedAt == nil }) {
            case .locked: break
            case .overtaken(let file): return .ended(.notPossible(file))
            case .busy: return .ended(.codeUnchecked(command.file))
            }
            let outcome = await confirmLocked(command)
            if case .goesOn = outcome { return outcome }
            locks.release(id)
            return outcome
        }
    }

    private func confirmLocked(_ command: Engine.ConfirmCommand) async -> KeyedCommands.Outcome {
        guard var file = await reread(command.file.order.id) else { return .ended(.unavailable) }
        let now = time.now
        if let refusal = acceptance(command, &file, at: now) { return .ended(.notAccepted(file, refusal)) }
        // The lock is ours, so an open question is one whose process is gone: its answer is lost.
        file.endCodeQuestion(wasWrong: false)
        guard file.order.awaitsInput, file.codeTriesLeft > 0, let candidate = file.order.chosen,
            let trial = runner.trial(file, candidate, confirmation: command.confirmation, at: now),
            trial.runtime.provider is any Confirming
        else { return .ended(.notPossible(file)) }
        switch progress.mayConfirm(file, at: candidate.provider, now: now) {
        case .allowed: break
        case .refused(.notAdmitted): return .ended(.codeUnchecked(file))
        case .refused: return .ended(.notPossible(file))
        }
        guard !runner.asksOperator(file, trial) else { return await askAndSend(file, trial, command, at: now) }
        switch await runner.prepare(file, trial, asking: ClosedWire()) {
        case .success(let prepared): return await send(file, trial, prepared, command)
        case .failure(let failure): return .ended(unusable(failure))
        }
    }

    /// Accepts the payment along with its code, in memory, if the command says so.
    ///
    /// - Returns: Why the code must not be sent.
    private func acceptance(
        _ command: Engine.ConfirmCommand, _ file: inout OrderFile, at now: Moment
    ) -> AcceptanceRefusal? {
        guard let amount = command.accepting else { return file.order.awaitsAcceptance ? .notYet : nil }
        switch file.admitAcceptance(of: amount, at: now) {
        case .failure(let refusal): return refusal
        case .success: file.accept(at: now)
        }
        return nil
    }

    /// Asks the operator about a code under a try that is reserved durably, then sends it.
    ///
    /// The try is used up only by an answer that refuses the code.
    private func askAndSend(
        _ unasked: OrderFile, _ trial: Trial, _ command: Engine.ConfirmCommand, at now: Moment
    ) async -> KeyedCommands.Outcome {
        var file = unasked
        guard file.beginCodeQuestion(at: now) else { return .ended(.notPossible(unasked)) }
        switch await committer.commit(file) {
        case .done(let reserved): file = reserved
        case .conflict: return .ended(.notPossible(unasked))
        case .failed: return .ended(.unavailable)
        }
        switch await runner.prepare(file, trial, asking: wire(trial.runtime, file.order.id, "confirm")) {
        case .failure(let failure) where failure.refusal.reason == .wrongCode:
            return .ended(await refuseCode(file, command))
        case .failure(let failure):
            await committer.update(file) { $0.endCodeQuestion(wasWrong: false) }
            return .ended(unusable(failure, asked: file))
        case .success(let prepared):
            // From here on the attempt stands for the try.
            var asked = file
            asked.endCodeQuestion(wasWrong: false)
            let sent = await send(asked, trial, prepared, command)
            if case .goesOn = sent { return sent }
            await committer.update(file) { $0.endCodeQuestion(wasWrong: false) }
            return sent
        }
    }

    private func unusable(_ failure: PreparationFailure, asked file: OrderFile? = nil) -> Engine.CommandResult {
        let isAboutInput = [.invalidRequest, .wrongCode].contains(failure.refusal.reason)
        return isAboutInput ? .unusableInput(failure.detail) : file.map { .codeUnchecked($0) } ?? .unavailable
    }

    /// Makes durable that the operator refused a code, before anybody is told.
    private func refuseCode(_ first: OrderFile, _ command: Engine.ConfirmCommand) async -> Engine.CommandResult {
        var known: OrderFile? = first
        for _ in 0..<Committer.tries {
            let read = if let known { known } else { await reread(first.order.id) }
            guard var file = read else { return .unavailable }
            let now = time.now
            file.endCodeQuestion(wasWrong: true)
            committer.conclude(&file, at: now)
            let binding = command.identity.binding(file.order.id, status: Engine.wrongCodeStatus, at: now)
            switch await committer.commit(file, Committer.Extras(binding: binding)) {
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
        _ file: OrderFile, _ trial: Trial, _ prepared: Prepared, _ command: Engine.ConfirmCommand
    ) async -> KeyedCommands.Outcome {
        guard case .request(let money) = prepared else { return .ended(.unavailable) }
        let token: String?
        do throws(AskFailure) {
            token = try await wire(trial.runtime, file.order.id, "confirm").token(for: money.request)
        } catch { return .ended(.unavailable) }
        let now = time.now
        guard trial.runtime.begin(file.operation, at: now) else { return .ended(.codeUnchecked(file)) }
        switch runner.open(file, trial, money, token: token) {
        case .begun(let opened, let step): return await commit(opened, step, command, at: now)
        case .overtaken:
            trial.runtime.abandon(file.operation)
            return .ended(.notPossible(file))
        case .notNow, .prepared: return .ended(.unavailable)
        }
    }

    private func commit(
        _ opened: OrderFile, _ step: NextStep, _ command: Engine.ConfirmCommand, at now: Moment
    ) async -> KeyedCommands.Outcome {
        let (id, operation) = (opened.order.id, opened.operation)
        let binding = command.identity.binding(id, status: 200, at: now)
        switch await committer.commit(opened, Committer.Extras(binding: binding)) {
        case .done(let committed):
            return .goesOn(committed) {
                self.work(locked: id) { await self.runner.proceed(committed, step) }
            }
        case .conflict(let conflict):
            runner.giveBack(step, operation)
            if case .binding(let binding) = conflict { return .bound(binding) }
            return .ended(.notPossible(opened))
        case .failed:
            runner.giveBack(step, operation, mayBeStored: true)
            return .notStored
        }
    }
}

extension Engine {
    /// The status under which a refused code is remembered with its idempotency key.
    package static let wrongCodeStatus = 422

    /// A code typed by the payer, with its own idempotency key.
    package struct ConfirmCommand: Sendable {
        package var file: OrderFile
        package var confirmation: Confirmation
        /// What the shop expects the payment to be about; accepts a payment that waits for that.
        package var accepting: Money?
        package var idempotencyKey: String
        package var fingerprint: [UInt8]
        package var requestID: RequestID

        package init(
            file: OrderFile, confirmation: Confirmation, accepting: Money? = nil, idempotencyKey: String,
            fingerprint: [UInt8], requestID: RequestID
        ) {
            self.file = file
            self.confirmation = confirmation
            self.accepting = accepting
            self.idempotencyKey = idempotencyKey
            self.fingerprint = fingerprint
            self.requestID = requestID
        }

        var identity: KeyedCommands.Identity {
            KeyedCommands.Identity(
                key: Binding.Key(
                    .confirm(file.order.id), app: file.order.app, environment: file.order.environment,
                    key: idempotencyKey),
                fingerprint: fingerprint, requestID: requestID)
        }
    }
}
