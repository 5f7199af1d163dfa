/// What notifications that prove nothing lead to: a question to the operator or, where nobody can be asked, a person.
final class HintFollower: EnginePart {
    let context: EngineContext
    let matcher: CallbackMatcher
    private let committer: Committer
    private let checker: StatusChecker
    private let pace = HintPace()

    init(_ context: EngineContext, _ matcher: CallbackMatcher, _ committer: Committer, _ checker: StatusChecker) {
        self.context = context
        self.matcher = matcher
        self.committer = committer
        self.checker = checker
    }

    /// What a hint leads to.
    enum Effect: Sendable, Hashable {
        /// The next check comes at a moment at the latest.
        case ask(Moment)
        /// A final record is looked at again, so that a late success is not missed.
        case lookAgain
        case review
    }

    /// What a hint about an attempt leads to; `nil` if nothing.
    ///
    /// Asked once per hint: it counts against the attempt's pace.
    func effect(
        _ aggregate: OrderAggregate, _ attempt: Attempt, _ fact: CallbackFact?, _ runtime: ProviderRuntime,
        at now: Moment
    ) -> Effect? {
        let contract = runtime.contract(for: aggregate.operation)
        switch attempt.state {
        case .pending, .unknown:
            guard contract.check != .none else { return aggregate.order.review == nil ? .review : nil }
            return pace.next(attempt.id, at: now).map(Effect.ask)
        case .rejected, .notExecuted, .notSent, .withdrawn, .voided:
            guard contract.check != .none else {
                let contradicts: Bool =
                    switch fact.map({ Classifier.claim($0, contract: contract, attempt: attempt) }) {
                    case .executed?, .mismatched?: true
                    default: false
                    }
                return contradicts && aggregate.order.review == nil ? .review : nil
            }
            guard runtime.checksAvailable(at: now) > 0, let moment = pace.next(attempt.id, at: now), moment <= now
            else { return nil }
            return .lookAgain
        case .prepared, .sending, .succeeded, .conflict: return nil
        }
    }

    /// Does what a hint leads to in a task of its own, then finishes the message it came in.
    func followLater(
        _ effect: Effect, _ order: OrderID, _ attempt: AttemptID, _ runtime: ProviderRuntime, finishing id: InboxID
    ) {
        gatekeeper.begin()
        spawner.spawn {
            await self.follow(effect, order, attempt, runtime)
            do throws(StoreFailure) { try await self.store.finish(id, .applied) } catch {
                self.record(.storeFailed(error))
            }
            self.gatekeeper.end()
        }
    }

    /// Does what a hint leads to.
    func follow(_ effect: Effect, _ id: OrderID, _ attempt: AttemptID, _ runtime: ProviderRuntime) async {
        switch effect {
        case .ask(let moment):
            let due = TimerEntry(at: moment, queue: .provider(runtime.id))
            _ = try? await committer.mutate(id) { aggregate in
                guard let state = aggregate.attempt(attempt)?.state, state == .pending || state == .unknown,
                    aggregate.order.due.map({ due.at < $0.at }) ?? true
                else { return false }
                aggregate.change { $0.due = due }
                return true
            }
        case .lookAgain:
            guard locks.lock(id) else { return }
            runtime.spendChecks(1)
            work(locked: id) {
                guard let aggregate = await self.reread(id), let attempt = aggregate.attempt(attempt) else { return }
                await self.checker.check(aggregate, attempt)
            }
        case .review:
            let now = time.now
            _ = try? await committer.mutate(id) { aggregate in
                guard aggregate.order.review == nil else { return false }
                aggregate.openReview(.outcomeUnknown, at: now)
                return true
            }
        }
    }

    /// A stored stranger's message, or one that turned out to be a stranger's: acts on it once it matches an attempt.
    func apply(
        _ message: InboxMessage, _ fact: CallbackFact?, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) {
        guard let subject = message.subject, let (aggregate, attempt) = try await matcher.named(subject, runtime.id)
        else {
            return try await matcher.putOff(message)
        }
        var kept = message
        (kept.trust, kept.attempt, kept.state) = (.stranger, attempt.id, .applied)
        if let callback = message.callback, callback.size > settings.callbacks.keptBytes { kept.callback = nil }
        if let effect = effect(aggregate, attempt, fact, runtime, at: time.now) {
            await follow(effect, aggregate.order.id, attempt.id, runtime)
        }
        try await store.keep(kept, newest: settings.callbacks.hintsPerAttempt)
    }
}
