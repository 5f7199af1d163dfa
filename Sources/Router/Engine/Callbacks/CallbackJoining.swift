/// What a believed notification does to the order it is about.
final class CallbackJoining: EnginePart {
    let context: EngineContext
    private let committer: Committer
    private let joiner: ObservationJoiner
    private let runner: AttemptRunner
    private let hints: HintFollower

    init(
        _ context: EngineContext, _ committer: Committer, _ joiner: ObservationJoiner, _ runner: AttemptRunner,
        _ hints: HintFollower
    ) {
        self.context = context
        self.committer = committer
        self.joiner = joiner
        self.runner = runner
        self.hints = hints
    }

    private var matcher: CallbackMatcher { hints.matcher }

    /// Records a notice with its payment, whichever of the payment's orders it was found by; of a payout operators have
    /// none to give.
    func record(
        _ notice: OperatorNotice, _ message: InboxMessage, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) {
        guard CallbackRules.sender(notice.proof, contracts: runtime.contracts) == .signed else {
            return try await store.finish(message.id, .orphaned)
        }
        guard let (aggregate, _) = try await matcher.named(notice.about, runtime.id) else {
            return try await matcher.putOff(message)
        }
        let payment = aggregate.order.parent ?? aggregate.order.id
        guard payment.kind == .payment else {
            alarm(.orphanCallback, order: payment, message.provider.text)
            return try await store.finish(message.id, .orphaned)
        }
        let record = Notice(
            kind: notice.kind, operatorReference: notice.operatorReference, amount: notice.amount,
            reason: notice.reason, at: time.now)
        alarm(Alarm(notice.kind), order: aggregate.order.id, message.provider.text)
        _ = try await committer.mutate(payment, inboxDone: message.id) { aggregate in
            aggregate.record(record)
            aggregate.change { _ in }
            return true
        }
    }

    /// Joins a believed notification with the order it is about.
    ///
    /// - Returns: `false`, and nothing changed, if it names none.
    func join(
        _ fact: CallbackFact, _ message: InboxMessage, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) -> Bool {
        guard let (aggregate, known) = try await matcher.named(fact.about, runtime.id) else { return false }
        let now = time.now
        let isNew = try await matcher.operatorIDIsNew(fact, message, aggregate.order.id)
        var strength = Evidence.Strength.weak
        let joined = await committer.update(aggregate, inboxDone: message.id) { aggregate in
            strength = joiner.join(
                fact, body: message.callback?.body ?? [], operatorIDIsNew: isNew, known.id, &aggregate, runtime, at: now
            )
        }
        // A signed refusal may leave the order open for another provider.
        guard strength == .weak else {
            runner.advanceInBackground(joined)
            return true
        }
        guard let joined, let attempt = joined.attempt(known.id),
            let effect = hints.effect(joined, attempt, fact, runtime, at: now)
        else { return true }
        await hints.follow(effect, joined.order.id, attempt.id, runtime)
        return true
    }
}
