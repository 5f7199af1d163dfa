/// What a timer does for an order once it is due.
final class DueWork: EnginePart {
    let context: EngineContext
    private let runner: AttemptRunner
    private let checker: StatusChecker
    private let holds: HoldKeeper
    private let inbox: CallbackApplication

    init(
        _ context: EngineContext, _ runner: AttemptRunner, _ checker: StatusChecker, _ holds: HoldKeeper,
        _ inbox: CallbackApplication
    ) {
        self.context = context
        self.runner = runner
        self.checker = checker
        self.holds = holds
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
        guard let file = await reread(id) else { return }
        let now = time.now
        guard let due = file.order.due, isForced || due.at <= now else { return }
        guard let live = file.liveAttempt else { return await runner.drive(file) }
        switch live.state {
        case .prepared: await checker.withdrawLeftOver(file, live)
        case .sending: _ = await checker.endSending(file, live)
        case .pending, .unknown: await ask(file, live, due)
        case .succeeded:
            if file.holdDuty(at: now) != nil { return await holds.settle(file) }
            // A hold that should be over: the operator tells whether it is.
            if file.order.isAuthorized { await checker.check(file, live) }
        case .conflict, .withdrawn, .notSent, .rejected, .notExecuted, .voided: break
        }
    }

    private func ask(_ file: OrderFile, _ live: Attempt, _ due: Due) async {
        var known: OrderFile? = file
        // The lock is ours, so a transmission that is still open is one whose process is gone.
        if live.hasOpenTransmission { known = await checker.endSending(file, live) }
        guard let file = known else { return }
        guard due.lane == .engine else { return await checker.askWhatIsDue(file, live) }
        if let contract = providers[live.provider]?.contract(for: file.operation),
            live.standingRefusal(contract, at: time.now) != nil
        {
            // What the operator has told already, and a process that died left unread, was said first.
            await inbox.applyWaiting(of: live.provider)
        }
        await checker.letTimePass(file, live)
    }
}
