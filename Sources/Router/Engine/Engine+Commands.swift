/// What callers may do with a payment that exists.
extension Engine {
    /// A code typed by the payer, with its own idempotency key (design, ruling 7).
    package struct ConfirmCommand: Sendable {
        package var file: OrderFile
        package var confirmation: Confirmation
        package var idempotencyKey: String
        package var fingerprint: [UInt8]
        package var requestID: RequestID

        package init(
            file: OrderFile, confirmation: Confirmation, idempotencyKey: String, fingerprint: [UInt8],
            requestID: RequestID
        ) {
            self.file = file
            self.confirmation = confirmation
            self.idempotencyKey = idempotencyKey
            self.fingerprint = fingerprint
            self.requestID = requestID
        }

        var bindingKey: Binding.Key {
            Binding.Key(
                app: file.order.app, environment: file.order.environment,
                operation: "payment.confirm:\(file.order.id)", key: idempotencyKey)
        }
    }

    /// Sends the payer's code: one attempt with one transmission.
    package func confirm(_ command: ConfirmCommand) async -> CommandResult {
        guard gatekeeper.admits else { return .unavailable }
        if let replay = await replay(command.bindingKey, command.fingerprint) { return replay }
        let id = command.file.order.id
        guard claims.claim(id) else { return .notPossible(command.file) }
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

    private func confirmClaimed(_ command: ConfirmCommand) async -> Confirmed {
        guard var file = await reread(command.file.order.id) else { return .over(.unavailable) }
        let now = time.now
        guard file.order.awaitsInput, !file.order.awaitsChoice, let candidate = file.order.chosen,
            let runtime = providers[candidate.provider], let provider = runtime.provider as? any Confirming,
            mayConfirm(file, candidate.provider, at: now)
        else { return .over(.notPossible(file)) }
        var attempt = newAttempt(file, candidate, runtime, at: now)
        attempt.isConfirmation = true
        let money: MoneyRequest
        do throws(PreparationFailure) {
            money = try await provider.prepare(
                collectOrder(file, attempt, runtime), confirmedBy: command.confirmation,
                asking: wire(runtime, file.order.id, "confirm"))
        } catch {
            let isAboutInput = [.invalidRequest, .wrongCode].contains(error.refusal.reason)
            return .over(isAboutInput ? .unusableInput(error.detail) : .unavailable)
        }
        let previous = file.order.status
        let token: String?
        do throws(AskFailure) {
            token = try await wire(runtime, file.order.id, "confirm").token(for: money.request)
        } catch {
            return .over(.unavailable)
        }
        guard file.start(attempt, as: candidate) else { return .over(.notPossible(file)) }
        file.seal(attempt.id, money)
        var prepared = file.takeUnit(scribe, at: now)
        prepared.binding = Binding(
            key: command.bindingKey, fingerprint: command.fingerprint, order: file.order.id,
            requestID: command.requestID, status: 200, createdAt: now)
        guard openTransmission(&file, attempt.id, runtime), runtime.begin(.collect, at: now) else {
            return .over(.unavailable)
        }
        switch await commit(file, earlier: [prepared], previous: previous) {
        case .done(let committed):
            return .sending(committed, Opening(attempt: attempt.id, runtime: runtime, token: token))
        case .conflict(let conflict):
            runtime.abandon(.collect)
            exposure.release(attempt.id, at: runtime.id)
            if case .binding(let binding) = conflict { return .replay(binding) }
            return .over(.notPossible(file))
        case .failed:
            runtime.abandon(.collect)
            unsent.add(attempt.id)
            return .over(.unavailable)
        }
    }

    private func mayConfirm(_ file: OrderFile, _ provider: ProviderID, at now: Moment) -> Bool {
        let facts = AttemptRules.StartFacts(
            movement: file.order.movement, attempts: file.attempts,
            cancelRequested: file.order.cancelRequestedAt != nil, deadline: file.order.deadline,
            maximumAttempts: routing.maximumAttempts + OrderFile.maximumCodeTries,
            failoverReasons: routing.failoverReasons.union([.wrongCode]),
            providerAdmits: providers[provider]?.admits(.collect, at: now) ?? false, holdsEpoch: gatekeeper.maySend)
        return AttemptRules.mayStart(facts, at: provider, now: now).isAllowed
    }

    /// Cancels, or records the wish.
    ///
    /// What is under way at an operator is never called cancelled.
    package func cancel(_ id: OrderID) async throws(StoreFailure) -> OrderFile? {
        let now = time.now
        return try await mutate(id) { file in
            guard file.order.movement.state == .open, file.order.cancelRequestedAt == nil else { return false }
            file.requestCancel(at: now)
            _ = conclude(&file, at: now)
            return true
        }
    }

    /// What asking an operator at a caller's wish led to.
    package enum CheckResult: Sendable {
        case checked(OrderFile)
        /// The operator's rate is used up; look again at this moment.
        case tooOften(Moment)
        case unavailable
    }

    /// Asks the operator now, within its rate.
    package func checkNow(_ file: OrderFile) async -> CheckResult {
        guard let live = file.liveAttempt, [.pending, .unknown].contains(live.state),
            let runtime = providers[live.provider], runtime.contract(for: file.operation).check != .none
        else { return .checked(file) }
        guard runtime.checksAvailable(at: time.now) > 0 else { return .tooOften(runtime.nextCheck(after: time.now)) }
        let id = file.order.id
        guard claims.claim(id) else { return .checked(file) }
        runtime.takeChecks(1)
        let until = time.now.adding(milliseconds: settings.firstAnswerMilliseconds)
        let count = live.checks
        let isAsked: @Sendable (OrderFile) -> Bool = { ($0.attempt(live.id)?.checks ?? 0) > count }
        let asked = await hub.wait(id, until: until, isEnough: isAsked) {
            self.work(claimed: id) { if let file = await self.reread(id) { await self.check(file, live) } }
        }
        if let asked { return .checked(asked) }
        return await reread(id).map(CheckResult.checked) ?? .unavailable
    }
}

extension Engine {
    /// Waits until a payment changes, but not longer than asked.
    package func waitForChange(_ file: OrderFile, milliseconds: Int64) async -> OrderFile {
        guard !file.order.status.isFinal, milliseconds > 0 else { return file }
        let (status, count) = (file.order.status, file.attempts.flatMap(\.history).count)
        let until = time.now.adding(milliseconds: milliseconds)
        let changed = await hub.wait(file.order.id, until: until) { present in
            present.order.status != status || present.attempts.flatMap(\.history).count != count
        } begin: {
        }
        if let changed { return changed }
        return await reread(file.order.id) ?? file
    }
}
