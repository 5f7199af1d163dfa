/// Accepting payments.
extension Engine {
    /// A checked request to create a payment.
    package struct CreateCommand: Sendable {
        package var app: AppID
        package var environment: Environment
        package var request: OrderRequest
        package var idempotencyKey: String
        /// SHA-256 over method, route and canonical body.
        package var fingerprint: [UInt8]
        package var requestID: RequestID
        /// The caller does not want to wait for the operator.
        package var respondsAsync: Bool
        /// A payment or a payout.
        package var kind: OrderKind

        package init(
            kind: OrderKind = .payment, app: AppID, environment: Environment, request: OrderRequest,
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

        var bindingKey: Binding.Key {
            Binding.Key(app: app, environment: environment, operation: kind.createOperation, key: idempotencyKey)
        }
    }

    /// What became of a command that carries an idempotency key.
    package enum CommandResult: Sendable {
        /// Done now; `status` is 201 when the operator's first answer is known, 202 otherwise.
        case done(OrderFile, status: Int)
        /// The same command was done before; this is the payment as it is now.
        case replayed(OrderFile, Binding)
        /// The key belongs to another request.
        case keyReused(Binding)
        /// No provider can take such a payment.
        case noRoute(RouteDecision)
        /// No provider can take it at the moment; nothing was stored.
        case noProviderNow(RouteDecision)
        /// The router is draining or its store does not work; nothing was stored.
        case unavailable
        /// The payment is not in a state for this command.
        case notPossible(OrderFile)
        /// The payer's input cannot be used as it is.
        case unusableInput(String)
        /// The operator was asked about the payer's code and refused it; the payment as it is after that.
        case wrongCode(OrderFile)
        /// The shop has to accept the payment first, or cannot accept it so.
        case notAccepted(OrderFile, AcceptanceRefusal)
        /// The same order of the same app already waits for the same wallet and amount, under another key; which one it
        /// is, unless it has just ended.
        case possibleDuplicate(OrderID?)
        /// The payment does not allow such an order about it.
        case refused(OrderFile, FollowUpRefusal)
    }

    /// Accepts a payment and starts to work on it (W1 and W2; W3 too where nobody has to be asked first).
    package func create(_ command: CreateCommand) async -> CommandResult {
        guard gatekeeper.admits else { return .unavailable }
        let now = time.now
        let id = OrderID(command.kind, at: now, from: random)
        if command.kind == .payout { await refreshBalances(command.environment) }
        let decision = explain(command.request, id: id, app: command.app, environment: command.environment, at: now)
        guard !decision.plan.isEmpty || command.request.isHosted else {
            if let replay = await replay(command.bindingKey, command.fingerprint) { return replay }
            return decision.isHopeless ? .noRoute(decision) : .noProviderNow(decision)
        }
        let file = accept(command, id: id, decision, at: now)
        if file.order.awaitsChoice, offers(file.order).isEmpty { return .noRoute(decision) }
        let first = file.order.awaitsChoice ? nil : await firstStep(file, at: now)
        var step = first?.step
        _ = claims.claim(id)
        var committed = await commitFirst(first?.file ?? file, command, at: now)
        if committed.result != .committed, let unused = step {
            unused.runtime.abandon(file.operation)
            if case .failed = committed.result, case .send(let opening) = unused { unsent.add(opening.attempt) }
            step = nil
            // A constraint that forbids the attempt does not forbid the payment.
            if case .conflict(_, .constraint(let name)) = committed.result, name != Self.walletLock {
                committed = await commitFirst(file, command, at: now)
            }
        }
        guard committed.result == .committed else {
            claims.release(id)
            return await notAccepted(committed.result, file.order, command.fingerprint)
        }
        let (accepted, next) = (committed.file, step)
        announce(accepted, committed.unit, created: true, previous: nil)
        let begin: @Sendable () -> Void = {
            self.work(claimed: id) {
                guard let next else { return await self.drive(accepted) }
                await self.go(on: accepted, next)
            }
        }
        guard !accepted.order.awaitsChoice else {
            claims.release(id)
            return .done(accepted, status: 201)
        }
        if command.respondsAsync {
            begin()
            return .done(accepted, status: 202)
        }
        return await firstAnswer(accepted, command.bindingKey, begin)
    }

    /// The constraint behind one open payment per order number, wallet and amount.
    static let walletLock = "orders.wallet_lock"

    /// Makes a new payment durable, with its idempotency key.
    private func commitFirst(
        _ file: OrderFile, _ command: CreateCommand, at now: Moment
    ) async -> (result: CommitResult, file: OrderFile, unit: UnitOfWork) {
        var file = file
        var unit = file.takeUnit(scribe, at: now)
        unit.binding = Binding(
            key: command.bindingKey, fingerprint: command.fingerprint, order: file.order.id,
            requestID: command.requestID, status: command.respondsAsync ? 202 : 201, createdAt: now)
        return (await store.commit([unit], epoch: epoch), file, unit)
    }

    private func notAccepted(
        _ result: CommitResult, _ order: Order, _ fingerprint: [UInt8]
    ) async -> CommandResult {
        switch result {
        case .conflict(_, .binding(let binding)): return await replay(binding, fingerprint)
        case .conflict(_, .staleEpoch): loseEpoch()
        case .failed(let failure): observer.note(.storeFailed(failure))
        case .conflict(_, .constraint(Self.walletLock)): return .possibleDuplicate(await holder(of: order))
        case .committed, .conflict: break
        }
        return .unavailable
    }

    /// The open order that keeps another one away; `nil` if it has just ended.
    private func holder(of order: Order) async -> OrderID? {
        var query = OrderQuery(app: order.app, environment: order.environment, limit: 100)
        query.kind = order.id.kind
        query.reference = order.request.reference
        query.phone = order.customer.phone
        guard let found = try? await store.list(query) else { return nil }
        return found.first { $0.movement.state == .open && $0.request.amount == order.request.amount }?.id
    }

    private func accept(
        _ command: CreateCommand, id: OrderID, _ decision: RouteDecision, at now: Moment
    ) -> OrderFile {
        let movement = Movement(
            id: MovementID(at: now, from: random), kind: command.request.operation(for: command.kind),
            amount: command.request.amount)
        let end = now.adding(seconds: command.request.expiresInSeconds + HostedPages.afterDeadlineSeconds)
        var file = OrderFile(
            accepting: Order(
                id: id, app: command.app, environment: command.environment, request: command.request,
                idempotencyKey: command.idempotencyKey, requestID: command.requestID, createdAt: now,
                plan: command.request.isHosted ? [] : decision.plan, explanation: decision.json, movement: movement,
                pageToken: command.kind == .payment ? pages.token(id, until: end) : nil))
        if command.request.isHosted, let page = HostedPages.url(file.order, settings.publicURL) {
            file.awaitChoice(.redirect(url: page))
            file.schedule(at: now, facts: scheduleFacts(file.operation))
            return file
        }
        // Found by the timer only if this process dies before it is done.
        file.change { $0.due = Due(at: now.adding(seconds: 30), lane: .engine) }
        return file
    }

    /// Waits for the operator's first answer, but not too long.
    func firstAnswer(
        _ file: OrderFile, _ key: Binding.Key, _ begin: @Sendable () -> Void
    ) async -> CommandResult {
        let until = time.now.adding(milliseconds: settings.firstAnswerMilliseconds)
        let answered = await hub.wait(file.order.id, until: until, isEnough: \.hasFirstAnswer, begin: begin)
        if let answered { return .done(answered, status: 201) }
        // The replay of this call must repeat the status; if this write fails, it says 201 with the same payment.
        try? await store.setBindingStatus(key, 202)
        let present = try? await store.orderFile(file.order.id)
        return .done((present ?? nil) ?? file, status: 202)
    }

    /// The decision a payment would get now.
    package func explain(
        _ request: OrderRequest, id: OrderID? = nil, kind: OrderKind = .payment, app: AppID, environment: Environment,
        at now: Moment
    ) -> RouteDecision {
        let facts = RouteFacts(
            order: id ?? OrderID(at: now, from: random), operation: request.operation(for: id?.kind ?? kind), app: app,
            environment: environment,
            amount: request.amount, channels: request.channels, phone: request.customer.phone,
            hasSourceToken: request.sourceToken != nil, metadata: request.metadata, now: now)
        return (facts.operation == .payout ? payoutRouting : routing).decide(facts) {
            self.providers[$0]?.facts(at: now, for: facts.operation)
        }
    }

    func replay(_ key: Binding.Key, _ fingerprint: [UInt8]) async -> CommandResult? {
        guard let found = try? await store.binding(key) else { return nil }
        return await replay(found, fingerprint)
    }

    func replay(_ binding: Binding, _ fingerprint: [UInt8]) async -> CommandResult {
        guard binding.fingerprint == fingerprint else { return .keyReused(binding) }
        guard let file = try? await store.orderFile(binding.order) else { return .unavailable }
        return .replayed(file, binding)
    }

    /// Runs work on a payment whose claim is held, outside any request, and releases the claim.
    func work(claimed id: OrderID, _ body: @escaping @Sendable () async -> Void) {
        gatekeeper.begin()
        spawner.spawn {
            await body()
            self.claims.release(id)
            self.gatekeeper.end()
        }
    }
}

extension OrderRequest {
    /// What a payment or payout with these terms asks of operators.
    package func operation(for kind: OrderKind) -> MoneyOperation {
        kind == .payout ? .payout : capturesLater ? .authorize : .collect
    }
}

extension OrderFile {
    /// Whether the operator's first answer is known, or nothing more is expected at once.
    var hasFirstAnswer: Bool {
        order.status != .processing || liveAttempt?.state == .pending
    }
}
