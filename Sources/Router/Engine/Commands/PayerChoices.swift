/// What payers do on hosted pages: choose a channel, and leave it for another one.
final class PayerChoices: EnginePart {
    let context: EngineContext
    private let planner: RoutePlanner
    private let progress: OrderProgress
    let committer: Committer
    let runner: AttemptRunner

    init(
        _ context: EngineContext, _ planner: RoutePlanner, _ progress: OrderProgress, _ committer: Committer,
        _ runner: AttemptRunner
    ) {
        self.context = context
        self.planner = planner
        self.progress = progress
        self.committer = committer
        self.runner = runner
    }

    /// The offer with which a payment's payer signs in; `nil` if it has none.
    func walletOffer(_ order: Order) -> Engine.Offer? { planner.offers(order).first(where: \.takesWallets) }

    /// Takes a payer's choice and starts to work on the payment.
    func choose(_ id: OrderID, channel: PaymentChannel, phone: MSISDN?) async -> Engine.Chosen {
        guard gatekeeper.admits, let aggregate = await reread(id) else { return .unavailable }
        guard aggregate.order.awaitsChoice else { return .tooLate(aggregate) }
        switch await lock(id, whileWaiting: \.order.awaitsChoice) {
        case .locked: break
        case .overtaken(let aggregate): return .tooLate(aggregate)
        case .busy: return .unavailable
        }
        let now = time.now
        var request = aggregate.order.request
        request.channels = [channel]
        request.customer.phone = phone ?? request.customer.phone
        let route = await route(aggregate, choosing: request, at: now)
        guard !route.decision.plan.isEmpty else {
            locks.release(id)
            return .noRoute(route.decision)
        }
        let counting = route.version.dailyCounting
        let choice = PayerChoice(
            plan: route.decision.plan, phone: phone,
            numberMark: counting.mark(request.customer.phone, chosenFor: aggregate.order),
            configuration: route.decision.configuration)
        var isTaken = false
        var isOverLimit = false
        var bill: BillRefusal?
        let committed = try? await committer.mutate(
            id, first: aggregate, onLimit: { _ in isOverLimit = true }, onBill: { bill = $0 }
        ) { aggregate in
            isTaken = aggregate.choose(choice)
            guard isTaken else { return false }
            if route.isHeld { aggregate.holdInstead() }
            aggregate.count(counting.uses(aggregate.order, at: now))
            if let question = route.question { aggregate.awaitInput(question.candidate, actions: question.actions) }
            aggregate.schedule(
                at: now, lookAgain: now.adding(seconds: OrderAggregate.leftOverSeconds),
                facts: progress.scheduleFacts(aggregate.operation))
            return true
        }
        if isOverLimit || bill != nil {
            locks.release(id)
            return bill.map { .billTaken($0) } ?? .overLimit
        }
        guard let committed = committed ?? nil, isTaken else {
            locks.release(id)
            return await reread(id).map(Engine.Chosen.tooLate) ?? .unavailable
        }
        // With nothing to do before the shop or the payer acts, the lock is not kept from whoever comes next.
        if committed.order.sendsNothingYet || committed.order.awaitsInput {
            locks.release(id)
            return .begun(committed)
        }
        let answered = await hub.wait(id, until: firstAnswerEnd, isEnough: \.hasFirstAnswer) {
            work(locked: id) { await self.runner.advance(committed) }
        }
        return .begun(answered ?? committed)
    }

    /// Where a payer's choice leads.
    struct ChosenRoute: Sendable {
        var decision: RouteDecision
        /// The version of the configuration that it was decided on.
        var version: ActiveConfiguration
        /// The amount is held until the shop accepts it.
        var isHeld = false
        /// What the payer is asked for, with nothing at any operator yet.
        var question: (candidate: Candidate, actions: [CustomerAction])?
    }

    /// Where a payer's choice leads: for what the shop has to accept, to a hold where one is possible, then to a code that
    /// the payer types, and otherwise nowhere before the acceptance.
    func route(_ aggregate: OrderAggregate, choosing request: OrderRequest, at now: Moment) async -> ChosenRoute {
        let order = aggregate.order
        let version = context.configuration.current
        let explained: (OrderRequest) -> RouteDecision = { request in
            self.planner.explain(
                request, id: order.id, app: order.app, environment: order.environment, on: version, at: now)
        }
        guard order.awaitsAcceptance else { return ChosenRoute(decision: explained(request), version: version) }
        var holding = request
        holding.capturesLater = true
        let hold = explained(holding)
        guard hold.plan.isEmpty else { return ChosenRoute(decision: hold, version: version, isHeld: true) }
        var route = ChosenRoute(decision: explained(request), version: version)
        var chosen = aggregate
        if let candidate = route.decision.plan.first,
            chosen.choose(PayerChoice(plan: route.decision.plan, phone: request.customer.phone)),
            let actions = await actionsBeforeSending(chosen, candidate, at: now)
        {
            route.question = (candidate, actions)
        }
        return route
    }

    /// What a provider has the payer do before anything is sent; `nil` if it sends or asks something first.
    private func actionsBeforeSending(
        _ aggregate: OrderAggregate, _ candidate: Candidate, at now: Moment
    ) async -> [CustomerAction]? {
        guard let trial = runner.trial(aggregate, candidate, at: now), trial.runtime.provider is any Confirming,
            !runner.asksOperator(aggregate, trial),
            case .success(.input(let actions)) = await runner.prepare(aggregate, trial, asking: ClosedWire())
        else { return nil }
        return actions
    }

    /// The ways out of a payment whose operator's page is open and can be ended; none otherwise.
    func waysToLeave(_ aggregate: OrderAggregate) -> Engine.WaysToLeave {
        guard let page = aggregate.openPage, providers.canWithdraw(page, aggregate.operation),
            time.now < aggregate.withdrawalDue
        else { return [] }
        return progress.mayChangeChannel(aggregate) ? [.change, .cancel] : [.cancel]
    }

    /// Wishes that the page of the chosen channel ends, so that the payer can choose another one.
    ///
    /// - Returns: The payment with its wish; `nil` if there is no such payment.
    func wishToChange(_ id: OrderID) async throws(StoreFailure) -> OrderAggregate? {
        let now = time.now
        return try await committer.mutate(id) { aggregate in
            guard progress.mayChangeChannel(aggregate) else { return false }
            aggregate.requestChange(at: now)
            progress.conclude(&aggregate, at: now)
            return true
        }
    }
}

extension Engine {
    /// What became of a payer's choice.
    package enum Chosen: Sendable {
        /// Work on it began.
        case begun(OrderAggregate)
        /// No provider takes it so; nothing changed.
        case noRoute(RouteDecision)
        /// A daily limit of the payer's number is reached; nothing changed.
        case overLimit
        /// The bill is another payment's, or gone; nothing changed.
        case billTaken(BillRefusal)
        /// The payment does not wait for a choice any more.
        case tooLate(OrderAggregate)
        case unavailable
    }

    /// What the payer of an open page can still do besides paying.
    package struct WaysToLeave: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        /// Go back and choose another channel.
        package static let change = WaysToLeave(rawValue: 1)
        /// End the payment.
        package static let cancel = WaysToLeave(rawValue: 2)
    }
}
