/// Codes typed by the payer.
extension Engine {
    /// A code typed by the payer, with its own idempotency key (design, ruling 7).
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

        var bindingKey: Binding.Key {
            Binding.Key(
                app: file.order.app, environment: file.order.environment,
                operation: "payment.confirm:\(file.order.id)", key: idempotencyKey)
        }

        func binding(status: Int, at now: Moment) -> Binding {
            Binding(
                key: bindingKey, fingerprint: fingerprint, order: file.order.id, requestID: requestID, status: status,
                createdAt: now)
        }
    }

    /// The status under which a refused code is remembered with its idempotency key.
    package static let wrongCodeStatus = 422

    /// Sends the payer's code: one attempt with one transmission.
    package func confirm(_ command: ConfirmCommand) async -> CommandResult {
        guard gatekeeper.admits else { return .unavailable }
        if let replay = await replay(command.bindingKey, command.fingerprint) { return replay }
        let id = command.file.order.id
        guard await claim(id, whileWaiting: { $0.order.awaitsInput && $0.order.codeAskedAt == nil }) else {
            return .notPossible(command.file)
        }
        let result = await confirmClaimed(command)
        guard case .sending(let file, let opening) = result else {
            claims.release(id)
            switch result {
            case .over(let result): return result
            case .replay(let binding): return await replay(binding, command.fingerprint)
            case .sending: return .unavailable
            }
        }
        return await firstAnswer(file, command.bindingKey) {
            self.work(claimed: id) { await self.go(on: file, .send(opening)) }
        }
    }

    private enum Confirmed {
        case sending(OrderFile, Opening)
        case replay(Binding)
        case over(CommandResult)
    }

    /// Everything that a confirmation of one payment needs at hand.
    private struct ConfirmationParts {
        let command: ConfirmCommand
        let candidate: Candidate
        let runtime: ProviderRuntime
        let provider: any Confirming
        let attempt: Attempt
    }

    private func confirmClaimed(_ command: ConfirmCommand) async -> Confirmed {
        guard var file = await reread(command.file.order.id) else { return .over(.unavailable) }
        let now = time.now
        if let refusal = acceptance(command, &file, at: now) { return .over(.notAccepted(file, refusal)) }
        // The claim is ours, so an open question is one whose process is gone: its answer is lost.
        file.endCodeQuestion(wasWrong: false)
        guard file.order.awaitsInput, file.codeTriesLeft > 0, let candidate = file.order.chosen,
            let runtime = providers[candidate.provider], let provider = runtime.provider as? any Confirming,
            mayConfirm(file, candidate.provider, at: now)
        else { return .over(.notPossible(file)) }
        var attempt = newAttempt(file, candidate, runtime, at: now)
        attempt.isConfirmation = true
        let parts = ConfirmationParts(
            command: command, candidate: candidate, runtime: runtime, provider: provider, attempt: attempt)
        let closed = ClosedWire()
        let prepared = await prepare(file, parts, asking: closed)
        guard closed.wasAsked else {
            switch prepared {
            case .success(let money): return await send(file, parts, money)
            case .failure(let failure): return .over(unusable(failure))
            }
        }
        return await askAndSend(file, parts, at: now)
    }

    /// Accepts the payment along with its code, in memory, if the command says so.
    ///
    /// - Returns: Why the code must not be sent.
    private func acceptance(
        _ command: ConfirmCommand, _ file: inout OrderFile, at now: Moment
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
    private func askAndSend(_ unasked: OrderFile, _ parts: ConfirmationParts, at now: Moment) async -> Confirmed {
        var file = unasked
        guard file.beginCodeQuestion(at: now) else { return .over(.notPossible(unasked)) }
        switch await commit(file, previous: unasked.order.status) {
        case .done(let reserved): file = reserved
        case .conflict: return .over(.notPossible(unasked))
        case .failed: return .over(.unavailable)
        }
        let asking = wire(parts.runtime, file.order.id, "confirm")
        switch await prepare(file, parts, asking: asking) {
        case .failure(let failure) where failure.refusal.reason == .wrongCode:
            return .over(await refuseCode(file, parts.command))
        case .failure(let failure):
            await settle(file) { $0.endCodeQuestion(wasWrong: false) }
            return .over(unusable(failure, asked: file))
        case .success(let money):
            // From here on the attempt stands for the try.
            var asked = file
            asked.endCodeQuestion(wasWrong: false)
            let sent = await send(asked, parts, money)
            if case .sending = sent { return sent }
            await settle(file) { $0.endCodeQuestion(wasWrong: false) }
            return sent
        }
    }

    private func prepare(
        _ file: OrderFile, _ parts: ConfirmationParts, asking wire: any Asking
    ) async -> Result<MoneyRequest, PreparationFailure> {
        do throws(PreparationFailure) {
            return .success(
                try await parts.provider.prepare(
                    collectOrder(file, parts.attempt, parts.runtime), confirmedBy: parts.command.confirmation,
                    asking: wire))
        } catch { return .failure(error) }
    }

    private func unusable(_ failure: PreparationFailure, asked file: OrderFile? = nil) -> CommandResult {
        let isAboutInput = [.invalidRequest, .wrongCode].contains(failure.refusal.reason)
        return isAboutInput ? .unusableInput(failure.detail) : file.map { .codeUnchecked($0) } ?? .unavailable
    }

    /// Makes durable that the operator refused a code, before anybody is told.
    private func refuseCode(_ first: OrderFile, _ command: ConfirmCommand) async -> CommandResult {
        var known: OrderFile? = first
        for _ in 0..<50 {
            let stored: OrderFile
            if let known {
                stored = known
            } else {
                guard let read = await reread(first.order.id) else { return .unavailable }
                stored = read
            }
            var file = stored
            let now = time.now
            file.endCodeQuestion(wasWrong: true)
            _ = conclude(&file, at: now)
            let binding = command.binding(status: Self.wrongCodeStatus, at: now)
            switch await commit(file, previous: stored.order.status, binding: binding) {
            case .done(let committed): return .wrongCode(committed)
            case .conflict(.version): known = nil
            case .conflict, .failed: return .unavailable
            }
        }
        return .unavailable
    }

    /// W2 and W3 of a confirmation in one flush.
    private func send(_ unsentFile: OrderFile, _ parts: ConfirmationParts, _ money: MoneyRequest) async -> Confirmed {
        var file = unsentFile
        let (runtime, id) = (parts.runtime, parts.attempt.id)
        let previous = file.order.status
        let token: String?
        do throws(AskFailure) {
            token = try await wire(runtime, file.order.id, "confirm").token(for: money.request)
        } catch {
            return .over(.unavailable)
        }
        let now = time.now
        guard file.start(parts.attempt, as: parts.candidate) else { return .over(.notPossible(file)) }
        file.seal(id, money)
        var prepared = file.takeUnit(scribe, at: now)
        prepared.binding = parts.command.binding(status: 200, at: now)
        guard runtime.begin(.collect, at: now) else { return .over(.unavailable) }
        guard openTransmission(&file, id, runtime) else {
            runtime.abandon(.collect)
            return .over(.unavailable)
        }
        switch await commit(file, earlier: [prepared], previous: previous) {
        case .done(let committed):
            return .sending(committed, Opening(attempt: id, runtime: runtime, token: token))
        case .conflict(let conflict):
            runtime.abandon(.collect)
            exposure.release(id, at: runtime.id)
            if case .binding(let binding) = conflict { return .replay(binding) }
            return .over(.notPossible(file))
        case .failed:
            runtime.abandon(.collect)
            unsent.add(id)
            return .over(.unavailable)
        }
    }

    private func mayConfirm(_ file: OrderFile, _ provider: ProviderID, at now: Moment) -> Bool {
        let facts = AttemptRules.StartFacts(
            outcome: file.order.outcome, attempts: file.attempts,
            cancelRequested: file.order.cancelRequestedAt != nil, deadline: file.order.deadline,
            maximumAttempts: routing.maximumAttempts + OrderFile.maximumCodeTries,
            failoverReasons: routing.failoverReasons.union([.wrongCode]),
            providerAdmits: providers[provider]?.admits(.collect, at: now) ?? false, holdsEpoch: gatekeeper.maySend)
        return AttemptRules.mayStart(facts, at: provider, now: now).isAllowed
    }
}
