/// What follows from an order's records, with the facts of this installation: the pure decisions of ``OrderFile`` and
/// ``AttemptRules`` are asked here and nowhere else.
final class OrderProgress: EnginePart {
    let context: EngineContext
    private let planner: RoutePlanner

    init(_ context: EngineContext, _ planner: RoutePlanner) {
        self.context = context
        self.planner = planner
    }

    /// What comes next for an order; see ``OrderFile/nextMove(at:mayStart:)``.
    func nextMove(_ file: OrderFile, at now: Moment) -> NextMove {
        file.nextMove(at: now) { provider in
            let admits = providers[provider].map { self.admits(file, $0, at: now) } ?? false
            return AttemptRules.mayStart(startFacts(file, providerAdmits: admits), at: provider, now: now)
        }
    }

    /// Decides what follows from the present records, closes what is over and sets the timer.
    ///
    /// Pure but for jitter.
    func conclude(_ file: inout OrderFile, at now: Moment) {
        if file.order.isAuthorized, file.order.heldUntil == nil, let paid = file.collection,
            let facts = providers.runtime(of: paid, file.operation)?.manifest.authorization
        {
            file.change { $0.heldUntil = now.adding(seconds: facts.lifetimeSeconds) }
        }
        var lookAgain: Moment?
        switch nextMove(file, at: now) {
        case .close(let end, let failure):
            if end == .failed, let page = pageToAskForChannel(file, at: now) {
                file.awaitChoice(.redirect(url: page))
            } else {
                file.close(end, failure)
            }
        case .chooseAgain:
            if let page = context.pages.url(file.order, settings.publicURL) {
                file.chooseAgain(.redirect(url: page))
            } else {
                file.close(.failed, file.attempts.last?.refusal.map(OrderFailure.init))
            }
        case .lookAgain(let moment): lookAgain = moment
        // The task that holds the lock goes on at once; the timer is for the case that it dies.
        case .start: lookAgain = now.adding(seconds: file.waitsForWallet ? 3 : OrderFile.leftOverSeconds)
        case .wait, .nothing: break
        }
        file.schedule(at: now, lookAgain: lookAgain, facts: scheduleFacts(file.operation))
    }

    /// Whether a code may be sent as an attempt of its own.
    func mayConfirm(_ file: OrderFile, at provider: ProviderID, now: Moment) -> AttemptRules.Decision {
        var facts = startFacts(file, providerAdmits: providers[provider]?.admits(.collect, at: now) ?? false)
        facts.maximumAttempts += OrderFile.maximumCodeTries
        facts.failoverReasons.insert(.wrongCode)
        return AttemptRules.mayStart(facts, at: provider, now: now)
    }

    /// What the timer has to know of the provider of an attempt.
    func scheduleFacts(_ operation: MoneyOperation) -> (Attempt) -> OrderFile.ScheduleFacts? {
        { [context] attempt in
            context.providers.runtime(of: attempt, operation).map {
                OrderFile.ScheduleFacts(
                    contract: $0.contract(for: operation), jitter: context.jitter(), canWithdraw: $0.canWithdraw)
            }
        }
    }

    /// Whether the payer of an open page may go back and choose another channel.
    ///
    /// Not where money begun in a browser is only held: what a changed channel could not hold would be taken.
    func mayChangeChannel(_ file: OrderFile) -> Bool {
        let order = file.order
        guard order.kind == .payment, order.request.isHosted || order.asksChannel, !order.request.needsAcceptance,
            order.outcome == .open, !order.isDisputed, time.now < file.withdrawalDue, hasTriesLeft(file),
            let page = file.openPage, providers.canWithdraw(page, file.operation)
        else { return false }
        return planner.offers(order).contains { $0.channel != page.channel }
    }

    /// The page on which the payer chooses the next channel, after the plan has come to nothing; `nil` if nobody is asked.
    ///
    /// A plan holds the wallets of one operator. Where others would fit as well, the prefix proves nothing, and another
    /// wallet under the same number may be a stranger's or an old one: the payer says which, once.
    private func pageToAskForChannel(_ file: OrderFile, at now: Moment) -> String? {
        let order = file.order
        guard order.kind == .payment, order.choice == nil, !order.asksChannel, !order.request.isHosted,
            order.cancelRequestedAt == nil, now < order.deadline, hasTriesLeft(file),
            file.attempts.last?.allowsAnother(failoverReasons: planner.failoverReasons) ?? true,
            planner.explain(order.request, id: order.id, app: order.app, environment: order.environment, at: now)
                .mayAskPayer
        else { return nil }
        var asked = file
        asked.awaitChoice(.wait)
        return planner.offers(asked.order).isEmpty ? nil : context.pages.url(order, settings.publicURL)
    }

    private func hasTriesLeft(_ file: OrderFile) -> Bool {
        file.attempts.count(where: { !$0.foundNoRoom }) < planner.maximumAttempts
    }

    private func startFacts(_ file: OrderFile, providerAdmits: Bool) -> AttemptRules.StartFacts {
        AttemptRules.StartFacts(
            outcome: file.order.outcome, attempts: file.attempts,
            cancelRequested: file.order.cancelRequestedAt != nil, deadline: file.order.deadline,
            maximumAttempts: planner.maximumAttempts, failoverReasons: planner.failoverReasons,
            providerAdmits: providerAdmits, holdsEpoch: gatekeeper.maySend)
    }

    private func admits(_ file: OrderFile, _ runtime: ProviderRuntime, at now: Moment) -> Bool {
        if runtime.isRetired, !file.order.kind.hasParent { return false }
        guard providers.isAtItsOperator(file, runtime) else { return false }
        return runtime.admits(file.operation, at: now) && planner.isWithinExposure(file.order.amount, at: runtime)
    }
}
