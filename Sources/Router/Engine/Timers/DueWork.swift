/// What a timer does for an order once it is due.
final class DueWork: EnginePart {
    let context: EngineContext
    private let runner: AttemptRunner
    private let checker: StatusChecker
    private let duties: OwnDuties
    private let inbox: CallbackApplication

    init(
        _ context: EngineContext, _ runner: AttemptRunner, _ checker: StatusChecker, _ duties: OwnDuties,
        _ inbox: CallbackApplication
    ) {
        self.context = context
        self.runner = runner
        self.checker = checker
        self.duties = duties
        self.inbox = inbox
    }

    /// Does what is due for an order.
    ///
    /// The caller holds its lock.
    ///
    /// - Parameters:
    ///   - id: The order.
    ///   - isForced: Whether it is done although its moment has not come.
    func wake(_ id: OrderID, isForced: Bool) async {
        guard let aggregate = await reread(id) else { return }
        let now = time.now
        guard let due = aggregate.order.due, isForced || due.at <= now else { return }
        guard aggregate.order.kind != .transfer else { return await duties.transfers.advance(aggregate) }
        guard let live = aggregate.liveAttempt else { return await runner.advance(aggregate) }
        switch live.state {
        case .prepared: await checker.withdrawLeftOver(aggregate, live)
        case .sending: _ = await checker.endSending(aggregate, live)
        case .pending, .unknown: await ask(aggregate, live, due)
        case .succeeded:
            if aggregate.holdDuty(at: now) != nil { return await duties.holds.fulfil(aggregate) }
            // A hold that should be over: the operator tells whether it is.
            if aggregate.order.isAuthorized {
                await checker.check(aggregate, live)
            } else if let paid = aggregate.attemptWithoutGoods {
                await askForGoods(aggregate, paid)
            }
        case .conflict, .withdrawn, .notSent, .rejected, .notExecuted, .voided: break
        }
    }

    /// Asks once more what became of a bill that was paid without goods; calls people once the time for that is over.
    private func askForGoods(_ aggregate: OrderAggregate, _ paid: Attempt) async {
        let asked = await checker.check(aggregate, paid)
        guard let missing = asked?.attemptWithoutGoods, let until = missing.goodsAwaitedUntil, until <= time.now else {
            return
        }
        alarm(.goodsMissing, order: aggregate.order.id, missing.provider.text)
    }

    private func ask(_ aggregate: OrderAggregate, _ live: Attempt, _ due: TimerEntry) async {
        var known: OrderAggregate? = aggregate
        // The lock is ours, so a transmission that is still open is one whose process is gone.
        if live.hasOpenTransmission { known = await checker.endSending(aggregate, live) }
        guard let aggregate = known else { return }
        guard due.queue == .engine else { return await checker.askWhatIsDue(aggregate, live) }
        if let contract = providers[live.provider]?.contract(for: aggregate.operation),
            live.standingRefusal(contract, at: time.now) != nil
        {
            // What the operator has told already, and a process that died left unread, was said first.
            await inbox.applyWaiting(of: live.provider)
        }
        await checker.letTimePass(aggregate, live)
    }
}
