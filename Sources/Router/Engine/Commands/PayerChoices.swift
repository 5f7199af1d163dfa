/// What payers do on hosted pages: choose a channel, and leave it for another one.
final class PayerChoices: EnginePart {
    let context: EngineContext
    private let planner: RoutePlanner
    private let progress: OrderProgress
    private let committer: Committer
    private let runner: AttemptRunner

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

    /// Takes a payer's choice and starts to work on the payment.
    func choose(_ id: OrderID, channel: Channel, phone: MSISDN?) async -> Engine.Chosen {
        guard gatekeeper.admits, let file = await reread(id) else { return .unavailable }
        guard file.order.awaitsChoice else { return .tooLate(file) }
        switch await lock(id, whileWaiting: \.order.awaitsChoice) {
        case .locked: break
        case .overtaken(let file): return .tooLate(file)
        case .busy: return .unavailable
        }
        let now = time.now
        var request = file.order.request
        request.channels = [channel]
        request.customer.phone = phone ?? request.customer.phone
        let route = await route(file, choosing: request, at: now)
        guard !route.decision.plan.isEmpty else {
            locks.release(id)
            return .noRoute(route.decision)
        }
        let choice = PayerChoice(plan: route.decision.plan, phone: phone)
        var isTaken = false
        let committed = try? await committer.mutate(id, first: file) { file in
            isTaken = file.choose(choice)
            guard isTaken else { return false }
            if route.isHeld { file.holdInstead() }
            if let question = route.question { file.awaitInput(question.candidate, actions: question.actions) }
            file.schedule(
                at: now, lookAgain: now.adding(seconds: OrderFile.leftOverSeconds),
                facts: progress.scheduleFacts(file.operation))
            return true
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
            work(locked: id) { await self.runner.drive(committed) }
        }
        return .begun(answered ?? committed)
    }

    /// Where a payer's choice leads.
    private struct ChosenRoute: Sendable {
        var decision: RouteDecision
        /// The amount is held until the shop accepts it.
        var isHeld = false
        /// What the payer is asked for, with nothing at any operator yet.
        var question: (candidate: Candidate, actions: [CustomerAction])?
    }

    /// Where a payer's choice leads: for what the shop has to accept, to a hold where one is possible, then to a code that
    /// the payer types, and otherwise nowhere before the acceptance.
    private func route(_ file: OrderFile, choosing request: OrderRequest, at now: Moment) async -> ChosenRoute {
        let order = file.order
        let explained: (OrderRequest) -> RouteDecision = { request in
            self.planner.explain(request, id: order.id, app: order.app, environment: order.environment, at: now)
        }
        guard order.awaitsAcceptance else { return ChosenRoute(decision: explained(request)) }
        var holding = request
        holding.capturesLater = true
        let hold = explained(holding)
        guard hold.plan.isEmpty else { return ChosenRoute(decision: hold, isHeld: true) }
        var route = ChosenRoute(decision: explained(request))
        var chosen = file
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
        _ file: OrderFile, _ candidate: Candidate, at now: Moment
    ) async -> [CustomerAction]? {
        guard let trial = runner.trial(file, candidate, at: now), trial.runtime.provider is any Confirming,
            !runner.asksOperator(file, trial),
            case .success(.input(let actions)) = await runner.prepare(file, trial, asking: ClosedWire())
        else { return nil }
        return actions
    }

    /// The ways out of a payment whose operator's page is open and can be ended; none otherwise.
    func waysToLeave(_ file: OrderFile) -> Engine.WaysToLeave {
        guard let page = file.openPage, providers.canWithdraw(page, file.operation), time.now < file.withdrawalDue
        else { return [] }
        return progress.mayChangeChannel(file) ? [.change, .cancel] : [.cancel]
    }

    /// Wishes that the page of the chosen channel ends, so that the payer can choose another one.
    ///
    /// - Returns: The payment with its wish; `nil` if there is no such payment.
    func wishToChange(_ id: OrderID) async throws(StoreFailure) -> OrderFile? {
        let now = time.now
        return try await committer.mutate(id) { file in
            guard progress.mayChangeChannel(file) else { return false }
            file.requestChange(at: now)
            progress.conclude(&file, at: now)
            return true
        }
    }
}

extension Engine {
    /// What became of a payer's choice.
    package enum Chosen: Sendable {
        /// Work on it began.
        case begun(OrderFile)
        /// No provider takes it so; nothing changed.
        case noRoute(RouteDecision)
        /// The payment does not wait for a choice any more.
        case tooLate(OrderFile)
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
