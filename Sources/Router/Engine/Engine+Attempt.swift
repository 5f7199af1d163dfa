/// One attempt, from its candidate to the wire.
extension Engine {
    /// One attempt at one candidate.
    ///
    /// - Returns: The payment as committed, or `nil` if nothing can go on now.
    func attempt(_ file: OrderFile, _ candidate: Candidate) async -> OrderFile? {
        let now = time.now
        guard let runtime = providers[candidate.provider], runtime.begin(file.operation, at: now) else {
            await settle(file) { _ in }
            return nil
        }
        let beginning = Beginning(
            attempt: newAttempt(file, candidate, runtime, at: now), candidate: candidate, runtime: runtime)
        let closed = ClosedWire()
        let prepared = await prepare(file, beginning, asking: closed)
        guard closed.wasAsked else { return await goOn(file, beginning, prepared) }
        var started = file
        guard started.start(beginning.attempt, as: candidate) else {
            runtime.abandon(file.operation)
            return await reread(file.order.id)
        }
        started.schedule(at: now, facts: scheduleFacts(file.operation))
        switch await commit(started, previous: file.order.status) {
        case .done(let stored): return await ask(stored, beginning)
        case .conflict(let conflict): return await notStarted(file.order.id, file.operation, beginning, conflict)
        case .failed:
            runtime.abandon(file.operation)
            return nil
        }
    }

    /// Asks what a preparation needs, under an attempt that is durable in PREPARED (W2).
    ///
    /// What the operator opens then carries a reference of its own: if the process dies before it is published, the
    /// attempt is withdrawn, and the next one never meets what this one left behind.
    func ask(_ file: OrderFile, _ beginning: Beginning) async -> OrderFile? {
        let wire = wire(beginning.runtime, file.order.id, "prepare", waits: true)
        return await goOn(file, beginning, await prepare(file, beginning, asking: wire))
    }

    private func prepare(
        _ file: OrderFile, _ beginning: Beginning, asking wire: any Asking
    ) async -> Result<Prepared, PreparationFailure> {
        let order = moneyOrder(file, beginning.attempt, beginning.runtime)
        do throws(PreparationFailure) {
            return .success(try await beginning.runtime.provider.prepare(order, asking: wire))
        } catch { return .failure(error) }
    }

    /// Goes on from what a preparation gave.
    private func goOn(
        _ file: OrderFile, _ beginning: Beginning, _ result: Result<Prepared, PreparationFailure>
    ) async -> OrderFile? {
        let (attempt, candidate, runtime) = (beginning.attempt, beginning.candidate, beginning.runtime)
        let now = time.now
        let prepared: Prepared
        let token: String?
        do throws(PreparationFailure) {
            prepared = try result.get()
            token = try await sendToken(prepared, wire(runtime, file.order.id, "prepare", waits: true))
        } catch {
            if error.refusal.reason == .capacityExhausted {
                runtime.abandon(file.operation)
            } else {
                runtime.finish(file.operation, success: !error.refusal.reason.isOutage, at: time.now)
            }
            return await settle(file) { file in
                guard file.ensureStarted(attempt, as: candidate) else { return }
                file.preparationFailed(attempt.id, error.refusal, at: now)
            }
        }
        switch prepared {
        case .request(let money):
            return await send(file, beginning, money, token: token)
        case .session(let session):
            runtime.finish(file.operation, success: true, at: time.now)
            return await settle(file) { file in
                // Lost to a cancel meanwhile: the session was never shown to anybody, and is dead.
                guard file.order.cancelRequestedAt == nil, file.ensureStarted(attempt, as: candidate) else { return }
                _ = file.openSession(attempt.id, session, at: now)
            }
        case .input(let actions):
            runtime.abandon(file.operation)
            return await settle(file) { file in
                file.withdraw(attempt.id, cause: "the payer is asked first", at: now)
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

    /// W2 unless it is stored already, and W3, then the wire.
    private func send(
        _ file: OrderFile, _ beginning: Beginning, _ money: MoneyRequest, token: String?
    ) async -> OrderFile? {
        let (attempt, runtime) = (beginning.attempt, beginning.runtime)
        var file = file
        let previous = file.order.status
        let id = file.order.id
        let isStored = file.attempt(attempt.id) != nil
        guard file.ensureStarted(attempt, as: beginning.candidate) else {
            runtime.abandon(file.operation)
            return await reread(id)
        }
        file.seal(attempt.id, money)
        let earlier = isStored ? [] : [file.takeUnit(scribe, at: time.now)]
        guard openTransmission(&file, attempt.id, runtime) else {
            runtime.abandon(file.operation)
            return nil
        }
        switch await commit(file, earlier: earlier, previous: previous) {
        case .done(let committed): return await transmit(committed, attempt.id, runtime, token: token)
        case .conflict(let conflict): return await notStarted(id, file.operation, beginning, conflict)
        case .failed:
            runtime.abandon(file.operation)
            unsent.add(attempt.id)
            return nil
        }
    }

    /// Somebody else wrote first, or a constraint keeps the attempt away.
    private func notStarted(
        _ id: OrderID, _ operation: MoneyOperation, _ beginning: Beginning, _ conflict: Conflict
    ) async -> OrderFile? {
        beginning.runtime.abandon(operation)
        exposure.release(beginning.attempt.id, at: beginning.runtime.id)
        guard var stored = await reread(id) else { return nil }
        if stored.attempt(beginning.attempt.id)?.state == .prepared {
            let now = time.now
            let withdrawn = await settle(stored) { file in
                file.withdraw(beginning.attempt.id, cause: "overtaken", at: now)
            }
            guard let withdrawn else { return nil }
            stored = withdrawn
        }
        // A constraint that held will hold again: trying at once would never end. The timer tries later.
        guard case .constraint(let name) = conflict else { return stored }
        if name != Self.promptLock { observer.note(.alarm("constraint_held", order: id, detail: name)) }
        await settle(stored) { if name == Self.promptLock { $0.waitForWallet() } }
        return nil
    }

    /// The constraint behind one open prompt per wallet.
    private static let promptLock = "attempts.prompt_lock"
}
