/// Accepting payments and payouts.
final class PaymentCreation: EnginePart {
    let context: EngineContext
    private let planner: RoutePlanner
    let committer: Committer
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

    /// Accepts an order and starts to work on it (W1 and W2; W3 too where nobody has to be asked first).
    func create(_ command: Engine.CreateCommand) async -> Engine.CommandResult {
        await commands.onceAccepted(command.identity) { await accept(command) }
    }

    private func accept(_ command: Engine.CreateCommand) async -> KeyedCommands.Outcome {
        guard !context.transport.isExhausted else { return .ended(.unavailable) }
        let now = time.now
        let id = OrderID(command.kind, at: now, from: random)
        let active = context.configuration.current
        let decision = planner.explain(
            command.request, id: id, app: command.app, environment: command.environment, on: active, at: now)
        let mayAsk = command.kind == .payment && decision.mayAskPayer
        guard !decision.plan.isEmpty || command.request.isHosted || mayAsk else {
            return .ended(decision.isHopeless ? .noRoute(decision) : .noProviderNow(decision))
        }
        let aggregate = newOrder(command, id: id, decision, on: active, at: now)
        guard !aggregate.order.awaitsChoice || !planner.offers(aggregate.order, on: active).isEmpty else {
            return .ended(
                decision.isHopeless || command.request.isHosted ? .noRoute(decision) : .noProviderNow(decision))
        }
        _ = locks.lock(id)
        let first = aggregate.order.awaitsChoice ? nil : await runner.beginFirst(aggregate, at: now)
        switch await commit(aggregate, first, command, at: now) {
        case .success((let accepted, let step)):
            if accepted.order.outcome.isFinal {
                if let step { step.runtime.finish(accepted.operation, success: true, at: now) }
                locks.release(id)
                return .ended(.done(accepted, status: command.respondsAsync ? 202 : 201))
            }
            guard !accepted.order.awaitsChoice else {
                locks.release(id)
                return .ended(.done(accepted, status: 201))
            }
            return commands.begin(accepted, respondsAsync: command.respondsAsync) {
                guard let step else { return await self.runner.advance(accepted) }
                await self.runner.proceed(accepted, step)
            }
        case .failure(let refusal):
            locks.release(id)
            return refusal.outcome
        }
    }

    /// Makes a new order durable, with its idempotency key, its place under its order number and the first attempt where it
    /// can begin.
    private func commit(
        _ aggregate: OrderAggregate, _ first: (aggregate: OrderAggregate, step: NextStep)?,
        _ command: Engine.CreateCommand,
        at now: Moment
    ) async -> Result<(OrderAggregate, NextStep?), NotAccepted> {
        var (started, step) = (first?.aggregate ?? aggregate, first?.step)
        func refused(
            _ refusal: NotAccepted, mayBeStored: Bool = false
        ) -> Result<(OrderAggregate, NextStep?), NotAccepted> {
            if let step {
                runner.giveBack(step, aggregate.operation, mayBeStoredIn: mayBeStored ? aggregate.order.id : nil)
            }
            return .failure(refusal)
        }
        var place = OrderNumberPlace.fresh(aggregate.order)
        var mustDecide = aggregate.order.request.repeatOf != nil
        let numbers = OrderNumbers(context: context, committer: committer)
        for _ in 0..<OrderNumbers.numberTries {
            if mustDecide {
                switch await numbers.findPlace(of: aggregate.order) {
                case .success(let found): place = found
                case .failure(let refusal): return refused(refusal)
                }
            }
            let idempotencyRecord = command.identity.idempotencyRecord(
                aggregate.order.id, status: command.respondsAsync ? 202 : 201, at: now)
            let repeated = numbers.wishToCancel(place.repeated, at: now)
            let extras = Committer.Extras(
                idempotencyRecord: idempotencyRecord, claim: place.claim, consent: command.consent,
                joined: repeated.map { [$0] } ?? [])
            switch await committer.commit(started, extras) {
            case .done(let accepted): return .success((accepted, step))
            case .conflict(.claim): mustDecide = true
            // The repeated payment changed meanwhile.
            case .conflict(.version) where repeated != nil: mustDecide = true
            case .conflict(.constraint(.repetition)): return refused(await numbers.repeatedTwice(aggregate.order))
            case .conflict(.constraint) where step != nil:
                // A constraint that forbids the attempt does not forbid the payment.
                if let step { runner.giveBack(step, aggregate.operation) }
                (started, step) = (aggregate, nil)
            case .conflict(.ledger(let refusal)):
                if let wallet = WalletRefusal(refusal, aggregate.order) {
                    return refused(NotAccepted(.walletRefused(wallet)))
                }
                // A holder's code is not used up for a payment that fails at once.
                guard case .booked(let trial) = step, !aggregate.order.setsAside(refusal.account),
                    command.consent == nil
                else {
                    return refused(NotAccepted(.ledgerRefused(refusal)))
                }
                runner.giveBack(.booked(trial), aggregate.operation)
                (started, step) = (runner.refuse(aggregate, trial, refusal, at: now), nil)
            case .conflict(.idempotencyRecord(let idempotencyRecord)):
                return refused(NotAccepted(.bound(idempotencyRecord)))
            case .conflict(.challenge(let refusal)): return refused(NotAccepted(.challengeRefused(refusal)))
            case .conflict(.bill(let refusal)): return refused(NotAccepted(.billRefused(refusal)))
            case .conflict: return refused(NotAccepted(.unavailable))
            case .failed: return refused(NotAccepted(.notStored), mayBeStored: true)
            }
        }
        return refused(NotAccepted(.unavailable))
    }

    private func newOrder(
        _ command: Engine.CreateCommand, id: OrderID, _ decision: RouteDecision, on active: ActiveConfiguration,
        at now: Moment
    ) -> OrderAggregate {
        let end = HostedPages.end(now.adding(seconds: command.request.expiresInSeconds))
        var aggregate = OrderAggregate(
            accepting: Order(
                id: id, app: command.app, environment: command.environment, request: command.request,
                idempotencyKey: command.idempotencyKey, requestID: command.requestID, createdAt: now,
                plan: command.request.isHosted ? [] : decision.plan, explanation: decision.json,
                pageEnd: command.kind == .payment ? end : nil, configuration: decision.configuration))
        let isAsked = command.request.isHosted || (command.kind == .payment && aggregate.order.plan.isEmpty)
        if isAsked, let page = context.pages.url(aggregate.order, settings.publicURL) {
            aggregate.awaitChoice(.redirect(url: page))
            committer.setTimer(&aggregate, at: now)
        } else {
            aggregate.becomeLeftOver(at: now)
        }
        aggregate.count(active.dailyCounting.uses(aggregate.order, at: now))
        return aggregate
    }
}

extension Engine {
    /// A checked request to create a payment or a payout.
    package struct CreateCommand: Sendable {
        package var app: AppID
        package var environment: PayEnvironment
        package var request: OrderRequest
        package var idempotencyKey: String
        /// SHA-256 over method, route and canonical body.
        package var fingerprint: [UInt8]
        package var requestID: RequestID
        /// The caller does not want to wait for the operator.
        package var respondsAsync: Bool
        /// The code with which a holder lets money out of a wallet.
        package var consent: ChallengeUse?
        /// A payment or a payout.
        package var kind: OrderKind

        package init(
            kind: OrderKind = .payment, app: AppID, environment: PayEnvironment, request: OrderRequest,
            idempotencyKey: String,
            fingerprint: [UInt8], requestID: RequestID, respondsAsync: Bool
        ) {
            self.kind = kind
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
                key: IdempotencyRecord.Key(.create(kind), app: app, environment: environment, key: idempotencyKey),
                fingerprint: fingerprint, requestID: requestID)
        }
    }
}
