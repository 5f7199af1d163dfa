/// The shop accepts, with its secret key, what was begun with its publishable key.
extension Engine {
    /// The amount a shop expects a payment to be about, with its own idempotency key.
    package struct AcceptCommand: Sendable {
        package var payment: OrderID
        package var amount: Money
        package var idempotencyKey: String
        package var fingerprint: [UInt8]
        package var requestID: RequestID

        package init(
            payment: OrderID, amount: Money, idempotencyKey: String, fingerprint: [UInt8], requestID: RequestID
        ) {
            self.payment = payment
            self.amount = amount
            self.idempotencyKey = idempotencyKey
            self.fingerprint = fingerprint
            self.requestID = requestID
        }

        func bindingKey(_ order: Order) -> Binding.Key {
            Binding.Key(
                app: order.app, environment: order.environment, operation: "payment.accept:\(order.id)",
                key: idempotencyKey)
        }
    }

    /// Accepts a payment and goes on with it: sends what waited, or collects what is held.
    ///
    /// The acceptance is durable before anything follows from it.
    package func accept(_ command: AcceptCommand) async -> CommandResult {
        guard gatekeeper.admits else { return .unavailable }
        for _ in 0..<50 {
            guard var file = await reread(command.payment) else { return .unavailable }
            let key = command.bindingKey(file.order)
            if let replay = await replay(key, command.fingerprint) { return replay }
            let now = time.now
            switch file.admitAcceptance(of: command.amount, at: now) {
            case .failure(let refusal): return .notAccepted(file, refusal)
            case .success(.nothingToDo): return .done(file, status: 200)
            case .success(.fresh): break
            }
            let previous = file.order.status
            file.accept(at: now)
            file.schedule(at: now, facts: scheduleFacts(file.operation))
            let binding = Binding(
                key: key, fingerprint: command.fingerprint, order: file.order.id, requestID: command.requestID,
                status: 200, createdAt: now)
            switch await commit(file, previous: previous, binding: binding) {
            case .done(let accepted):
                let result = await goOn(accepted, key)
                // A payer who cancelled in the same instant was first: nothing will be taken.
                guard case .done(let file, _) = result, file.order.status == .cancelled else { return result }
                return .notAccepted(file, .over)
            case .conflict(.binding(let binding)): return await replay(binding, command.fingerprint)
            case .conflict(.version): continue
            case .conflict, .failed: return .unavailable
            }
        }
        return .unavailable
    }

    /// Does what an acceptance makes possible, and waits for the operator's first answer.
    private func goOn(_ accepted: OrderFile, _ key: Binding.Key) async -> CommandResult {
        let (id, order) = (accepted.order.id, accepted.order)
        let maySend = order.outcome == .open && accepted.liveAttempt == nil && !order.awaitsInput
        guard maySend || accepted.holdDuty(at: time.now) != nil else { return .done(accepted, status: 200) }
        return await firstAnswer(accepted, key) {
            // Whoever holds the claim now lets it go at once; the timer, which is due already, goes on then.
            guard self.claims.claim(id) else { return }
            self.work(claimed: id) { await self.wake(id, force: true) }
        }
    }

    /// Begins the capture or the release that is owed to a held payment.
    ///
    /// The caller holds the payment's claim. The order is its own and is driven like any; it is begun in one commit with the
    /// payment, which compares what was decided on.
    func settleHold(_ file: OrderFile) async {
        let now = time.now
        guard let duty = file.holdDuty(at: now) else { return }
        // Callers' keys hold no control characters.
        let key = duty == .capture ? "\u{1F}accepted" : "\u{1F}not-accepted-\(file.refusedReleases)"
        var command = FollowUpCommand(
            duty == .capture ? .capture : .void, of: file.order.id, idempotencyKey: key, fingerprint: [],
            requestID: file.order.requestID, respondsAsync: true)
        command.duty = duty
        switch await follow(command) {
        case .done, .replayed, .notPossible: return
        default: break
        }
        observer.note(
            .alarm("hold_not_settled", order: file.order.id, detail: "\(duty) could not begin; it is tried again"))
        _ = try? await mutate(file.order.id) { file in
            guard file.holdDuty(at: now) == duty else { return false }
            file.change { $0.due = Due(at: now.adding(seconds: 60), lane: .engine) }
            return true
        }
    }

    /// Where a payer's choice leads.
    struct ChosenRoute: Sendable {
        var decision: RouteDecision
        /// The amount is held until the shop accepts it.
        var isHeld = false
        /// What the payer is asked for, with nothing at any operator yet.
        var question: (candidate: Candidate, actions: [CustomerAction])?
    }

    /// Where a payer's choice leads: for what the shop has to accept, to a hold where one is possible, then to a code that
    /// the payer types, and otherwise nowhere before the acceptance.
    func route(_ file: OrderFile, choosing request: OrderRequest, at now: Moment) async -> ChosenRoute {
        let order = file.order
        let explained: (OrderRequest) -> RouteDecision = { request in
            self.explain(request, id: order.id, app: order.app, environment: order.environment, at: now)
        }
        guard file.order.awaitsAcceptance else { return ChosenRoute(decision: explained(request)) }
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
        guard let runtime = providers[candidate.provider], runtime.provider is any Confirming else { return nil }
        let wire = ClosedWire()
        let attempt = newAttempt(file, candidate, runtime, at: now)
        let prepared = try? await runtime.provider.prepare(moneyOrder(file, attempt, runtime), asking: wire)
        guard case .input(let actions) = prepared, !wire.wasAsked else { return nil }
        return actions
    }
}
