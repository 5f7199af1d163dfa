/// What notifications that prove nothing lead to: a question to the operator or, where nobody can be asked, a person.
extension Engine {
    /// What a hint leads to.
    enum HintEffect: Sendable, Hashable {
        /// The next check comes at a moment at the latest.
        case ask(Moment)
        /// A final record is looked at again, so that a late success is not missed.
        case lookAgain
        case review
    }

    /// What a hint about an attempt leads to; `nil` if nothing.
    ///
    /// Asked once per hint: it counts against the attempt's pace.
    func next(
        _ file: OrderFile, _ attempt: Attempt, _ fact: CallbackFact?, _ runtime: ProviderRuntime, at now: Moment
    ) -> HintEffect? {
        let contract = runtime.contract(for: file.operation)
        switch attempt.state {
        case .pending, .unknown:
            guard contract.check != .none else { return file.order.review == nil ? .review : nil }
            return pace.next(attempt.id, at: now).map(HintEffect.ask)
        case .rejected, .notExecuted, .notSent, .withdrawn, .voided:
            guard contract.check != .none else {
                let contradicts: Bool =
                    switch fact.map({ Classifier.claim($0, contract: contract, attempt: attempt) }) {
                    case .executed?, .mismatched?: true
                    default: false
                    }
                return contradicts && file.order.review == nil ? .review : nil
            }
            guard runtime.checksAvailable(at: now) > 0, let moment = pace.next(attempt.id, at: now), moment <= now
            else {
                return nil
            }
            return .lookAgain
        case .prepared, .sending, .succeeded, .conflict: return nil
        }
    }

    func actLater(
        _ effect: HintEffect, _ order: OrderID, _ attempt: AttemptID, _ runtime: ProviderRuntime, settles id: InboxID
    ) {
        gatekeeper.begin()
        spawner.spawn {
            await self.act(effect, order, attempt, runtime)
            do throws(StoreFailure) { try await self.store.settle(id, .applied) } catch {
                self.observer.note(.storeFailed(error))
            }
            self.gatekeeper.end()
        }
    }

    func act(_ effect: HintEffect, _ id: OrderID, _ attempt: AttemptID, _ runtime: ProviderRuntime) async {
        switch effect {
        case .ask(let moment):
            let due = Due(at: moment, lane: .provider(runtime.id))
            _ = try? await mutate(id) { file in
                guard let state = file.attempt(attempt)?.state, state == .pending || state == .unknown,
                    file.order.due.map({ due.at < $0.at }) ?? true
                else { return false }
                file.change { $0.due = due }
                return true
            }
        case .lookAgain:
            guard claims.claim(id) else { return }
            runtime.takeChecks(1)
            work(claimed: id) {
                guard let file = await self.reread(id), let attempt = file.attempt(attempt) else { return }
                await self.check(file, attempt)
            }
        case .review:
            let now = time.now
            _ = try? await mutate(id) { file in
                guard file.order.review == nil else { return false }
                file.openReview(.outcomeUnknown, at: now)
                return true
            }
        }
    }

    /// A stored stranger's message, or one that turned out to be a stranger's: acts on it once it matches an attempt.
    func applyHint(
        _ message: InboxMessage, _ fact: CallbackFact?, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) {
        guard let subject = message.subject, let (file, attempt) = try await named(subject, runtime.id) else {
            return try await putOff(message)
        }
        var kept = message
        (kept.trust, kept.attempt, kept.state) = (.stranger, attempt.id, .applied)
        if let callback = message.callback, callback.size > settings.callbacks.keptBytes { kept.callback = nil }
        if let effect = next(file, attempt, fact, runtime, at: time.now) {
            await act(effect, file.order.id, attempt.id, runtime)
        }
        try await store.keep(kept, newest: settings.callbacks.hintsPerAttempt)
    }
}
