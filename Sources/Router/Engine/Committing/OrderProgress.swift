/// What follows from an order's records, with the facts of this installation: the pure decisions of ``OrderAggregate`` and
/// ``AttemptRules`` are asked here and nowhere else.
final class OrderProgress: EnginePart {
    let context: EngineContext
    private let planner: RoutePlanner

    init(_ context: EngineContext, _ planner: RoutePlanner) {
        self.context = context
        self.planner = planner
    }

    /// What comes next for an order; see ``OrderAggregate/nextMove(at:mayStart:)``.
    func nextMove(_ aggregate: OrderAggregate, at now: Moment) -> NextMove {
        aggregate.nextMove(at: now) { provider in
            let admits = providers[provider].map { self.admits(aggregate, $0, at: now) } ?? false
            return AttemptRules.mayStart(startFacts(aggregate, providerAdmits: admits), at: provider, now: now)
        }
    }

    /// Decides what follows from the present records, closes what is over and sets the timer.
    ///
    /// Pure but for jitter.
    func conclude(_ aggregate: inout OrderAggregate, at now: Moment) {
        guard aggregate.order.kind != .transfer else { return concludeTransfer(&aggregate, at: now) }
        if aggregate.order.isAuthorized, aggregate.order.heldUntil == nil, let paid = aggregate.collection,
            let facts = providers.runtime(of: paid, aggregate.operation)?.manifest.authorization
        {
            aggregate.change { $0.heldUntil = now.adding(seconds: facts.lifetimeSeconds) }
        }
        var lookAgain: Moment?
        switch nextMove(aggregate, at: now) {
        case .close(let end, let failure):
            if end == .failed, let page = pageToAskForChannel(aggregate, at: now) {
                aggregate.awaitChoice(.redirect(url: page))
            } else {
                aggregate.close(end, failure)
            }
        case .chooseAgain:
            if let page = context.pages.url(aggregate.order, settings.publicURL) {
                aggregate.chooseAgain(.redirect(url: page))
            } else {
                aggregate.close(.failed, aggregate.attempts.last?.refusal.map(OrderFailure.init))
            }
        case .lookAgain(let moment): lookAgain = moment
        // The task that holds the lock goes on at once; the timer is for the case that it dies.
        case .start: lookAgain = now.adding(seconds: aggregate.waitsForWallet ? 3 : OrderAggregate.leftOverSeconds)
        case .wait, .nothing: break
        }
        aggregate.schedule(at: now, lookAgain: lookAgain, facts: scheduleFacts(aggregate.operation))
    }

    /// The same for a transfer: its orders have timers of their own, so that its own is due where something has to begin.
    private func concludeTransfer(_ transfer: inout OrderAggregate, at now: Moment) {
        guard let state = transfer.transferState else { return }
        let move = context.transferRules.next(state, now)
        transfer.take(move, at: now)
        guard transfer.order.outcome == .open, transfer.order.review == nil else { return transfer.setDue(nil) }
        switch move {
        case .startCredit, .startCompensation: transfer.setDue(TimerEntry(at: now, queue: .engine))
        case .lookAgain(let moment): transfer.setDue(TimerEntry(at: moment, queue: .engine))
        case .wait, .complete, .fail, .cancel, .giveUp, .park:
            guard transfer.order.due.map({ $0.at <= now }) ?? true else { return }
            transfer.setDue(TimerEntry(at: now.adding(seconds: Self.transferPatience), queue: .engine))
        }
    }

    /// How often a transfer that waits for its orders is looked at all the same, in seconds.
    private static let transferPatience: Int64 = 3_600

    /// Whether a code may be sent as an attempt of its own.
    func mayConfirm(_ aggregate: OrderAggregate, at provider: ProviderID, now: Moment) -> AttemptRules.Decision {
        var facts = startFacts(aggregate, providerAdmits: providers[provider]?.admits(.collect, at: now) ?? false)
        facts.maximumAttempts += OrderAggregate.maximumCodeTries
        facts.failoverReasons.insert(.wrongCode)
        return AttemptRules.mayStart(facts, at: provider, now: now)
    }

    /// What the timer has to know of the provider of an attempt.
    func scheduleFacts(_ operation: MoneyOperation) -> (Attempt) -> OrderAggregate.ScheduleFacts? {
        { [context] attempt in
            context.providers.runtime(of: attempt, operation).map {
                OrderAggregate.ScheduleFacts(
                    contract: $0.contract(for: operation), jitter: context.jitter(), canWithdraw: $0.canWithdraw)
            }
        }
    }

    /// Whether the payer of an open page may go back and choose another channel.
    ///
    /// Not where money begun in a browser is only held: what a changed channel could not hold would be taken.
    func mayChangeChannel(_ aggregate: OrderAggregate) -> Bool {
        let order = aggregate.order
        guard order.kind == .payment, order.request.isHosted || order.asksChannel, !order.request.needsAcceptance,
            order.outcome == .open, !order.isDisputed, time.now < aggregate.withdrawalDue, hasTriesLeft(aggregate),
            let page = aggregate.openPage, providers.canWithdraw(page, aggregate.operation)
        else { return false }
        return planner.offers(order).contains { $0.channel != page.channel }
    }

    /// The page on which the payer chooses the next channel, after the plan has come to nothing; `nil` if nobody is asked.
    ///
    /// A plan holds the wallets of one operator. Where others would fit as well, the prefix proves nothing, and another
    /// wallet under the same number may be a stranger's or an old one: the payer says which, once.
    private func pageToAskForChannel(_ aggregate: OrderAggregate, at now: Moment) -> String? {
        let order = aggregate.order
        let active = context.configuration.current
        guard order.kind == .payment, order.choice == nil, !order.asksChannel, !order.request.isHosted,
            order.cancelRequestedAt == nil, now < order.deadline, hasTriesLeft(aggregate),
            aggregate.attempts.last?.allowsAnother(failoverReasons: planner.version(of: order).failoverReasons) ?? true,
            planner.explain(
                order.request, id: order.id, app: order.app, environment: order.environment, on: active, at: now
            ).mayAskPayer
        else { return nil }
        var asked = aggregate
        asked.awaitChoice(.wait)
        return planner.offers(asked.order, on: active).isEmpty ? nil : context.pages.url(order, settings.publicURL)
    }

    private func hasTriesLeft(_ aggregate: OrderAggregate) -> Bool {
        aggregate.attempts.count(where: { !$0.foundNoRoom }) < planner.version(of: aggregate.order).maximumAttempts
    }

    private func startFacts(_ aggregate: OrderAggregate, providerAdmits: Bool) -> AttemptRules.StartFacts {
        let version = planner.version(of: aggregate.order)
        return AttemptRules.StartFacts(
            outcome: aggregate.order.outcome, attempts: aggregate.attempts,
            cancelRequested: aggregate.order.cancelRequestedAt != nil, deadline: aggregate.order.deadline,
            maximumAttempts: version.maximumAttempts, failoverReasons: version.failoverReasons,
            providerAdmits: providerAdmits, holdsEpoch: gatekeeper.maySend)
    }

    /// Whether a provider that is not named any more was still open on the version that an order was decided on.
    ///
    /// One that somebody retired takes nothing of any version.
    private func isStillOpen(_ runtime: ProviderRuntime, for order: Order) -> Bool {
        runtime.isRemoved && planner.version(of: order).opens(runtime.id)
    }

    private func admits(_ aggregate: OrderAggregate, _ runtime: ProviderRuntime, at now: Moment) -> Bool {
        if runtime.isRetired, !aggregate.order.kind.hasParent, !isStillOpen(runtime, for: aggregate.order) {
            return false
        }
        guard providers.isAtItsOperator(aggregate, runtime) else { return false }
        return runtime.admits(aggregate.operation, at: now)
            && planner.isWithinExposure(aggregate.order.amount, at: runtime)
    }
}
