/// Asking operators what became of an attempt (W7), and to end their pages.
///
/// The wish to end a page is durable before the operator is asked, and asking is harmless when repeated: a process that
/// dies in between leaves a wish whose timer asks again.
final class StatusChecker: EnginePart {
    let context: EngineContext
    private let committer: Committer
    private let joiner: ObservationJoiner
    private let runner: AttemptRunner
    private let sender: AttemptSender

    init(
        _ context: EngineContext, _ committer: Committer, _ joiner: ObservationJoiner, _ runner: AttemptRunner,
        _ sender: AttemptSender
    ) {
        self.context = context
        self.committer = committer
        self.joiner = joiner
        self.runner = runner
        self.sender = sender
    }

    /// Asks the operator about an attempt, joins the answer, and goes on: resend where allowed, next attempt where the
    /// order stays open.
    ///
    /// The caller holds the order's lock.
    ///
    /// - Returns: The order as committed.
    @discardableResult
    func check(_ aggregate: OrderAggregate, _ attempt: Attempt) async -> OrderAggregate? {
        // What a wallet holds is in our own books: at its end it is given back, and nobody has to be asked.
        if attempt.wallet != nil {
            let now = time.now
            return await committer.update(aggregate) { $0.lapse(at: now) }
        }
        guard let runtime = providers.runtime(of: attempt, aggregate.operation),
            let provider = runtime.provider as? any Checking
        else { return await committer.update(aggregate) }
        let order = joiner.instructions.order(aggregate, attempt, runtime)
        let asked = time.now
        let wire = wire(runtime, aggregate.order.id, "check")
        runtime.beginCheck()
        let finding = await provider.check(order, asking: wire)
        runtime.endCheck()
        // Nobody was asked: the same step of the ladder comes again.
        guard finding.isAnswer || !wire.witness.hasFoundNone else { return await committer.update(aggregate) }
        if runtime.loggingIn == nil, finding.isAnswer { runtime.credentialsProved(askedAt: asked) }
        let now = time.now
        let checked = await committer.update(aggregate) { aggregate in
            joiner.join(finding, attempt.id, &aggregate, runtime, at: now)
        }
        guard let checked else { return nil }
        guard let present = checked.attempt(attempt.id), present.state == .unknown else {
            await runner.advanceIfIdle(checked)
            return checked
        }
        return await sender.resend(checked, present, runtime) ?? checked
    }

    /// Asks the operator to end its page, joins the answer, and goes on.
    ///
    /// An answer that does not say "dead" proves nothing: the operator is asked what became of the payment, so that a payer who
    /// came first wins at once; if it is still open, the timer asks for the end again.
    ///
    /// The caller holds the order's lock.
    ///
    /// - Returns: The order as committed.
    @discardableResult
    func withdraw(_ aggregate: OrderAggregate, _ attempt: Attempt) async -> OrderAggregate? {
        guard let runtime = providers.runtime(of: attempt, aggregate.operation), gatekeeper.maySend,
            let provider = runtime.provider as? any Withdrawing
        else { return await check(aggregate, attempt) }
        let order = joiner.instructions.collection(aggregate, attempt, runtime)
        let answer = await provider.withdraw(order, asking: wire(runtime, aggregate.order.id, "withdraw"))
        let now = time.now
        let asked = await committer.update(aggregate) { aggregate in
            joiner.join(answer, attempt.id, &aggregate, runtime, at: now)
        }
        guard let asked else { return nil }
        guard let present = asked.attempt(attempt.id), present.state == .pending else {
            await runner.advanceIfIdle(asked)
            return asked
        }
        runtime.spendChecks(1)
        return await check(asked, present) ?? asked
    }

    /// Does what is due for an attempt whose outcome is open: asks the operator to end its page, or what became of it.
    ///
    /// The caller holds the order's lock.
    func askWhatIsDue(_ aggregate: OrderAggregate, _ live: Attempt) async {
        if aggregate.wantsWithdrawal(at: time.now), providers.canWithdraw(live, aggregate.operation) {
            await withdraw(aggregate, live)
        } else {
            await check(aggregate, live)
        }
    }

    /// Lets the refusal on file stand once it cannot turn into a success, where nobody is asked.
    func letTimePass(_ aggregate: OrderAggregate, _ live: Attempt) async {
        let now = time.now
        let contract = providers[live.provider]?.contract(for: aggregate.operation)
        let passed = await committer.update(aggregate) { aggregate in
            if let contract { aggregate.letRefusalStand(live.id, contract: contract, at: now) }
        }
        if let passed { await runner.advanceIfIdle(passed) }
    }

    /// Ends the sending of an attempt whose owner is gone, or could not store the answer.
    ///
    /// The caller holds the order's lock, so that nobody in this process works on it.
    ///
    /// - Returns: The order as committed.
    func endSending(_ aggregate: OrderAggregate, _ live: Attempt) async -> OrderAggregate? {
        let now = time.now
        guard live.state == .sending, sender.unsent.remove(live.id) else {
            return await committer.update(aggregate) { $0.ownerLost(at: now) }
        }
        let over = await committer.update(aggregate) { $0.neverSent(live.id, at: now) }
        if let over { await runner.advance(over) }
        return over
    }

    /// Withdraws an attempt that was left in PREPARED, and goes on.
    func withdrawLeftOver(_ aggregate: OrderAggregate, _ live: Attempt) async {
        let now = time.now
        let withdrawn = await committer.update(aggregate) { aggregate in
            aggregate.withdraw(live.id, cause: "left over from before a restart", at: now)
        }
        if let withdrawn { await runner.advance(withdrawn) }
    }
}

extension StatusCheckResult {
    /// Whether the operator answered the question; only whoever it knows is answered.
    fileprivate var isAnswer: Bool {
        if case .couldNotAnswer = self { false } else { true }
    }
}

extension OrderAggregate {
    /// Counts a check, which moves the attempt up its ladder.
    mutating func countCheck(_ id: AttemptID) { _ = change(id) { $0.checks += 1 } }
}
