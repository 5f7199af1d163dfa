/// From an accepted payment to an operator's answer.
extension Engine {
    /// Goes on with a payment until nothing can be done at once.
    ///
    /// The caller holds the claim.
    func drive(_ start: OrderFile) async {
        var file = start
        while true {
            switch nextMove(file, at: time.now) {
            case .start(let candidate):
                guard let next = await attempt(file, candidate) else { return }
                file = next
            case .close, .lookAgain:
                await settle(file) { _ in }
                return
            case .wait, .nothing: return
            }
        }
    }

    /// Changes a payment, decides what follows, commits.
    ///
    /// A store that fails leaves it to the timer.
    @discardableResult
    func settle(
        _ file: OrderFile, inboxDone: InboxID? = nil, _ body: (inout OrderFile) -> Void
    ) async -> OrderFile? {
        let now = time.now
        do {
            return try await mutate(file.order.id, first: file, inboxDone: inboxDone) { file in
                body(&file)
                _ = conclude(&file, at: now)
                return file.isDirty || inboxDone != nil
            }
        } catch {
            observer.note(.alarm("not_stored", order: file.order.id, detail: "\(error)"))
            return nil
        }
    }

    /// One attempt at one candidate.
    ///
    /// - Returns: The payment as committed, or `nil` if nothing can go on now.
    private func attempt(_ file: OrderFile, _ candidate: Candidate) async -> OrderFile? {
        let now = time.now
        let operation = file.operation
        guard let runtime = providers[candidate.provider], runtime.begin(operation, at: now) else {
            await settle(file) { _ in }
            return nil
        }
        let attempt = newAttempt(file, candidate, runtime, at: now)
        let order = moneyOrder(file, attempt, runtime)
        let wire = wire(runtime, file.order.id, "prepare")
        let token: String?
        let prepared: Prepared
        do throws(PreparationFailure) {
            prepared = try await runtime.provider.prepare(order, asking: wire)
            token = try await sendToken(prepared, wire)
        } catch {
            runtime.finish(operation, success: !error.refusal.reason.isOutage, at: time.now)
            return await settle(file) { file in
                guard file.start(attempt, as: candidate) else { return }
                file.preparationFailed(attempt.id, error.refusal, at: now)
            }
        }
        switch prepared {
        case .request(let money):
            return await send(file, attempt, candidate, money, runtime, token: token)
        case .session(let session):
            runtime.finish(operation, success: true, at: time.now)
            return await settle(file) { file in
                // Lost to a cancel meanwhile: the session was never shown to anybody, and is dead.
                guard file.order.cancelRequestedAt == nil, file.start(attempt, as: candidate) else { return }
                _ = file.openSession(attempt.id, session, at: now)
            }
        case .input(let actions):
            runtime.abandon(file.operation)
            return await settle(file) { file in
                guard file.order.cancelRequestedAt == nil, file.liveAttempt == nil else { return }
                file.awaitInput(candidate, actions: actions)
            }
        }
    }

    /// The access token for a money request, so that no login stands between W3 and the wire.
    private func sendToken(_ prepared: Prepared, _ wire: AskingWire) async throws(PreparationFailure) -> String? {
        guard case .request(let money) = prepared else { return nil }
        do throws(AskFailure) {
            return try await wire.token(for: money.request)
        } catch {
            throw error.asPreparationFailure
        }
    }

    /// W2 and W3, then the wire.
    private func send(
        _ file: OrderFile, _ attempt: Attempt, _ candidate: Candidate, _ money: MoneyRequest,
        _ runtime: ProviderRuntime, token: String?
    ) async -> OrderFile? {
        var file = file
        let previous = file.order.status
        let id = file.order.id
        guard file.start(attempt, as: candidate) else {
            runtime.abandon(file.operation)
            return await reread(id)
        }
        file.seal(attempt.id, money)
        let prepared = file.takeUnit(scribe, at: time.now)
        guard openTransmission(&file, attempt.id, runtime) else {
            runtime.abandon(file.operation)
            return nil
        }
        switch await commit(file, earlier: [prepared], previous: previous) {
        case .done(let committed): return await transmit(committed, attempt.id, runtime, token: token)
        case .conflict(let conflict):
            runtime.abandon(file.operation)
            let stored = await reread(id)
            // A constraint that held will hold again: trying at once would never end. The timer tries later.
            if case .constraint(let name) = conflict, let stored {
                if name != Self.promptLock { observer.note(.alarm("constraint_held", order: id, detail: name)) }
                await settle(stored) { if name == Self.promptLock { $0.waitForWallet() } }
                return nil
            }
            return stored
        case .failed:
            runtime.abandon(file.operation)
            unsent.add(attempt.id)
            return nil
        }
    }

    /// The constraint behind one open prompt per wallet.
    private static let promptLock = "attempts.prompt_lock"

    /// Opens the next transmission of an attempt, in memory.
    func openTransmission(_ file: inout OrderFile, _ id: AttemptID, _ runtime: ProviderRuntime) -> Bool {
        let now = time.now
        guard let attempt = file.attempt(id) else { return false }
        let transmission = Transmission(
            ordinal: attempt.transmissions.count + 1,
            sendNotAfter: now.adding(milliseconds: settings.sendNotAfterMilliseconds),
            timeoutMilliseconds: Int64(runtime.manifest.wireLimits.totalMilliseconds), startedAt: now)
        guard file.open(id, transmission, epoch: epoch, at: now) else { return false }
        file.schedule(at: now, facts: scheduleFacts(file.operation))
        return true
    }

    func reread(_ id: OrderID) async -> OrderFile? {
        (try? await store.orderFile(id)) ?? nil
    }

    func wire(_ runtime: ProviderRuntime, _ order: OrderID?, _ operation: String) -> AskingWire {
        AskingWire(
            runtime: runtime, transport: transport, time: time, random: random, observer: observer, order: order,
            operation: operation)
    }
}

extension RefusalReason {
    /// Reasons that count against an operator's health.
    var isOutage: Bool { self == .notSent || self == .operatorUnavailable || self == .throttled }
}
