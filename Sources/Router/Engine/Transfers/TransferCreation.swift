/// Accepting transfers.
final class TransferCreation: EnginePart {
    let context: EngineContext
    private let planner: RoutePlanner
    private let committer: Committer
    private let runner: AttemptRunner
    private let commands: KeyedCommands

    init(
        _ context: EngineContext, _ planner: RoutePlanner, _ committer: Committer, _ runner: AttemptRunner,
        _ commands: KeyedCommands
    ) {
        self.context = context
        self.planner = planner
        self.committer = committer
        self.runner = runner
        self.commands = commands
    }

    /// Accepts a transfer together with its first order, or moves it at once where it is between wallets of ours.
    func create(_ command: Engine.TransferCommand) async -> Engine.CommandResult {
        let identity = command.identity
        // Operators are asked about the recipient only where nothing was decided before.
        if let known = await commands.known(identity) { return known }
        // Whoever sent the same at the same moment may have done it meanwhile: then the key speaks, not the refusal.
        if let refusal = await TransferChecks(context).objection(command) {
            return await commands.known(identity) ?? refusal
        }
        if let consent = command.consent, let refusal = await HolderConsents(context).objection(to: consent) {
            return await commands.known(identity) ?? refusal
        }
        return await commands.onceAccepted(identity) { await accept(command, identity) }
    }

    private func accept(
        _ command: Engine.TransferCommand, _ identity: KeyedCommands.Identity
    ) async -> KeyedCommands.Outcome {
        let now = time.now
        guard var terms = command.request.transfer else { return .ended(.unavailable) }
        if terms.shape != .inside, context.transport.isExhausted { return .ended(.unavailable) }
        let id = OrderID(.transfer, at: now, from: random)
        var request = command.request
        if case .between = terms.shape {
            let credit = newOrder(command, id: id, request, RouteDecision.none, at: now)
            switch creditRoute(credit.order, terms, at: now) {
            case .success(let reservation): terms.reservation = reservation
            case .failure(let refusal): return .ended(refusal.result)
            }
            request.transfer = terms
        } else if case .out = terms.shape {
            let credit = newOrder(command, id: id, request, RouteDecision.none, at: now)
            if case .failure(let refusal) = creditRoute(credit.order, terms, at: now) { return .ended(refusal.result) }
        }
        var transfer = newOrder(command, id: id, request, RouteDecision.none, at: now)
        transfer.count(context.dailyCounting.uses(transfer.order, at: now))
        let record = identity.idempotencyRecord(id, status: command.respondsAsync ? 202 : 201, at: now)
        if terms.shape == .inside {
            transfer.executeInside(at: now)
            committer.conclude(&transfer, at: now)
            return outcome(await commit(transfer, record, command), transfer, command)
        }
        return await acceptWithLeg(transfer, terms, record, command, at: now)
    }

    private func acceptWithLeg(
        _ accepted: OrderAggregate, _ terms: TransferTerms, _ record: IdempotencyRecord,
        _ command: Engine.TransferCommand, at now: Moment
    ) async -> KeyedCommands.Outcome {
        var transfer = accepted
        let kind: OrderKind = terms.shape == .out ? .payout : .payment
        guard
            let request = kind == .payout
                ? TransferLegs.credit(transfer.order, terms) : TransferLegs.debit(transfer.order, terms)
        else { return .ended(.unavailable) }
        let id = OrderID(kind, at: now, from: random)
        let decision = planner.explain(
            request, id: id, app: transfer.order.app, environment: transfer.order.environment, at: now)
        guard !decision.plan.isEmpty else {
            return .ended(decision.isHopeless ? .noRoute(decision) : .noProviderNow(decision))
        }
        let leg = OrderAggregate.leg(of: transfer.order, id: id, request, decision, number: 1, at: now)
        _ = locks.lock(id)
        var (started, step) = (leg, NextStep?.none)
        if let first = await runner.beginFirst(leg, at: now) { (started, step) = (first.aggregate, first.step) }
        transfer.attach(FollowUp(started))
        committer.conclude(&transfer, at: now)
        var result = await commit(transfer, record, command, with: started)
        if case .success(.conflict(.constraint(let constraint))) = result, constraint != .repetition, let refused = step
        {
            // A constraint that forbids the attempt does not forbid the transfer.
            runner.giveBack(refused, leg.operation)
            (started, step) = (leg, nil)
            result = await commit(transfer, record, command, with: leg)
        }
        guard case .success(.done(let stored)) = result else {
            let isInDoubt = if case .success(.failed) = result { true } else { false }
            if let step { runner.giveBack(step, leg.operation, mayBeStoredIn: isInDoubt ? id : nil) }
            locks.release(id)
            return outcome(result, transfer, command)
        }
        // As committed: the steps of the leg's task compare its version.
        let (begun, next) = (await reread(id) ?? started, step)
        let work: @Sendable () -> Void = { [runner] in
            self.work(locked: id) {
                if let next { await runner.proceed(begun, next) } else { await runner.advance(begun) }
            }
        }
        guard command.respondsAsync else { return .goesOn(stored, begin: work) }
        work()
        return .ended(.done(stored, status: 202))
    }

    /// Makes a transfer durable, with its key, its place under its order number and its first order.
    private func commit(
        _ transfer: OrderAggregate, _ record: IdempotencyRecord, _ command: Engine.TransferCommand,
        with leg: OrderAggregate? = nil
    ) async -> Result<Committer.Committed, NotAccepted> {
        let numbers = OrderNumbers(context: context, committer: committer)
        var place = OrderNumberPlace.fresh(transfer.order)
        var mustDecide = transfer.order.request.repeatOf != nil
        for _ in 0..<OrderNumbers.numberTries {
            if mustDecide {
                switch await numbers.findPlace(of: transfer.order) {
                case .success(let found): place = found
                case .failure(let refusal): return .failure(refusal)
                }
            }
            let extras = Committer.Extras(
                idempotencyRecord: record, claim: place.claim, consent: command.consent, joined: leg.map { [$0] } ?? [])
            switch await committer.commit(transfer, extras) {
            case .conflict(.claim): mustDecide = true
            case .conflict(.constraint(.repetition)): return .failure(await numbers.repeatedTwice(transfer.order))
            case let result: return .success(result)
            }
        }
        return .failure(NotAccepted(.unavailable))
    }

    private func outcome(
        _ result: Result<Committer.Committed, NotAccepted>, _ transfer: OrderAggregate,
        _ command: Engine.TransferCommand
    ) -> KeyedCommands.Outcome {
        switch result {
        case .success(.done(let stored)): .ended(.done(stored, status: command.respondsAsync ? 202 : 201))
        case .success(.conflict(.idempotencyRecord(let record))): .bound(record)
        case .success(.conflict(.ledger(let refusal))):
            .ended(WalletRefusal(refusal, transfer.order).map { .walletRefused($0) } ?? .ledgerRefused(refusal))
        case .success(.conflict(.challenge(let refusal))): .ended(.challengeRefused(refusal))
        case .success(.conflict): .ended(.unavailable)
        case .success(.failed): .notStored
        case .failure(let refusal): refusal.outcome
        }
    }

    private struct NoRoute: Error { let result: Engine.CommandResult }

    /// Where the recipient will be paid, with the room that is kept there.
    private func creditRoute(
        _ transfer: Order, _ terms: TransferTerms, at now: Moment
    ) -> Result<TransferTerms.Reservation?, NoRoute> {
        guard let request = TransferLegs.credit(transfer, terms) else { return .success(nil) }
        let decision = planner.explain(
            request, kind: .payout, app: transfer.app, environment: transfer.environment, at: now)
        guard let first = decision.plan.first else {
            return .failure(NoRoute(result: decision.isHopeless ? .noRoute(decision) : .noProviderNow(decision)))
        }
        let facts = providers[first.provider]?.facts(at: now, for: .payout)
        let known = facts?.balances.filter {
            $0.available.currency == request.amount.currency
                && ($0.channels.isEmpty || $0.channels.contains(first.channel))
        }
        return .success(
            TransferTerms.Reservation(
                provider: first.provider, available: known?.map(\.available.minorUnits).max()))
    }

    private func newOrder(
        _ command: Engine.TransferCommand, id: OrderID, _ request: OrderRequest, _ decision: JSONValue, at now: Moment
    ) -> OrderAggregate {
        OrderAggregate(
            accepting: Order(
                id: id, app: command.app, environment: command.environment, request: request,
                idempotencyKey: command.idempotencyKey, requestID: command.requestID, createdAt: now, plan: [],
                explanation: decision))
    }
}

extension RouteDecision {
    /// Of orders that are routed nowhere themselves.
    static let none: JSONValue = .null
}

extension OrderAggregate {
    /// An order of a transfer, not stored yet.
    static func leg(
        of transfer: Order, id: OrderID, _ request: OrderRequest, _ decision: RouteDecision, number: Int,
        at now: Moment
    ) -> OrderAggregate {
        var leg = OrderAggregate(
            accepting: Order(
                id: id, parent: transfer.id, app: transfer.app, environment: transfer.environment, request: request,
                idempotencyKey: "\(transfer.id)\u{1F}\(id.kind.rawValue)\u{1F}\(number)",
                requestID: transfer.requestID, createdAt: now, plan: decision.plan, explanation: decision.json,
                configuration: decision.configuration))
        leg.becomeLeftOver(at: now)
        return leg
    }
}

extension Engine {
    /// A checked request to move money from one wallet to another.
    package struct TransferCommand: Sendable {
        package var app: AppID
        package var environment: PayEnvironment
        /// With ``OrderRequest/transfer``.
        package var request: OrderRequest
        package var idempotencyKey: String
        /// SHA-256 over method, route and canonical body.
        package var fingerprint: [UInt8]
        package var requestID: RequestID
        /// The caller does not want to wait for the operator.
        package var respondsAsync: Bool
        /// The code with which a holder lets money out of a wallet.
        package var consent: ChallengeUse?

        package init(
            app: AppID, environment: PayEnvironment, request: OrderRequest, idempotencyKey: String,
            fingerprint: [UInt8], requestID: RequestID, respondsAsync: Bool
        ) {
            self.app = app
            self.environment = environment
            self.request = request
            self.idempotencyKey = idempotencyKey
            self.fingerprint = fingerprint
            self.requestID = requestID
            self.respondsAsync = respondsAsync
        }

        var identity: KeyedCommands.Identity {
            KeyedCommands.Identity(
                key: IdempotencyRecord.Key(.create(.transfer), app: app, environment: environment, key: idempotencyKey),
                fingerprint: fingerprint, requestID: requestID)
        }
    }
}
