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
        /// The operator did not answer when it was asked about the payer's code; no try was used up.
        case codeUnchecked(OrderFile)
        /// The payer's input cannot be used as it is.
        case unusableInput(String)
        /// The operator was asked about the payer's code and refused it; the payment as it is after that.
        case wrongCode(OrderFile)
        /// The shop has to accept the payment first, or cannot accept it so.
        case notAccepted(OrderFile, AcceptanceRefusal)
        /// An earlier order keeps this one out under its order number; whether the new one may name it in `repeat_of`.
        case possibleDuplicate(Order, isRepeatable: Bool)
        /// `repeat_of` does not name the order that holds the order number, which is the given one, or none.
        case wrongRepeat(Order?)
        /// Too many payouts of this order number and payee failed.
        case tooManyAlike
        /// The payment does not allow such an order about it.
        case refused(OrderFile, FollowUpRefusal)
    }

    /// Accepts a payment and starts to work on it (W1 and W2; W3 too where nobody has to be asked first).
    package func create(_ command: CreateCommand) async -> CommandResult {
        guard gatekeeper.admits, !acceptance.isFull else { return .unavailable }
        // Before a place is taken: whoever waits for an operator keeps nobody else from being accepted.
        if command.kind == .payout, !transport.isExhausted { await learnBalances(for: command) }
        guard gatekeeper.admits, await acceptance.enter() else { return .unavailable }
        let new = await acceptNew(command)
        acceptance.leave()
        switch new {
        case .ended(let result): return result
        case .goesOn(let file, let begin): return await firstAnswer(file, command.bindingKey, begin)
        }
    }

    /// What becomes of a wish for a new order.
    private enum NewOrder {
        case ended(CommandResult)
        /// It is durable, and its caller waits for what the operator says first.
        case goesOn(OrderFile, begin: @Sendable () -> Void)
    }

    private func acceptNew(_ command: CreateCommand) async -> NewOrder {
        if transport.isExhausted {
            return .ended(await replay(command.bindingKey, command.fingerprint) ?? .unavailable)
        }
        let now = time.now
        let id = OrderID(command.kind, at: now, from: random)
        let decision = explain(command.request, id: id, app: command.app, environment: command.environment, at: now)
        let mayAsk = command.kind == .payment && decision.mayAskPayer
        guard !decision.plan.isEmpty || command.request.isHosted || mayAsk else {
            if let replay = await replay(command.bindingKey, command.fingerprint) { return .ended(replay) }
            return .ended(decision.isHopeless ? .noRoute(decision) : .noProviderNow(decision))
        }
        let file = accept(command, id: id, decision, at: now)
        if file.order.awaitsChoice, offers(file.order).isEmpty {
            if let replay = await replay(command.bindingKey, command.fingerprint) { return .ended(replay) }
            return .ended(
                decision.isHopeless || command.request.isHosted ? .noRoute(decision) : .noProviderNow(decision))
        }
        let first = file.order.awaitsChoice ? nil : await firstStep(file, at: now)
        _ = claims.claim(id)
        let committed: Accepted
        switch await commitFirst(file, first, command, at: now) {
        case .success(let done): committed = done
        case .failure(let refusal):
            claims.release(id)
            return .ended(refusal.result)
        }
        let (accepted, next) = (committed.file, committed.step)
        announce(accepted, committed.unit, created: true, previous: nil)
        if let other = committed.repeated {
            announce(other.file, other.unit, created: false, previous: other.previous)
        }
        let begin: @Sendable () -> Void = {
            self.work(claimed: id) {
                guard let next else { return await self.drive(accepted) }
                await self.go(on: accepted, next)
            }
        }
        guard !accepted.order.awaitsChoice else {
            claims.release(id)
            return .ended(.done(accepted, status: 201))
        }
        if command.respondsAsync {
            begin()
            return .ended(.done(accepted, status: 202))
        }
        return .goesOn(accepted, begin: begin)
    }

    /// A new order as it was committed, and what follows.
    private struct Accepted {
        let file: OrderFile
        let unit: UnitOfWork
        let step: FirstStep?
        let repeated: Changed?
    }

    /// Why a new order was not accepted.
    private struct NotAccepted: Error {
        let result: CommandResult
    }

    /// Makes a new order durable, with its idempotency key, its lock and the first attempt where it can begin.
    private func commitFirst(
        _ file: OrderFile, _ first: (file: OrderFile, step: FirstStep)?, _ command: CreateCommand, at now: Moment
    ) async -> Result<Accepted, NotAccepted> {
        var (started, step) = (first?.file ?? file, first?.step)
        func refused(_ result: CommandResult, keepsExposure: Bool = false) -> Result<Accepted, NotAccepted> {
            if let step { giveBack(step, file.operation, keepsExposure: keepsExposure) }
            return .failure(NotAccepted(result: result))
        }
        var taking = LockTaking.fresh(file.order)
        var mustDecide = file.order.request.repeatOf != nil
        for _ in 0..<Self.lockTries {
            if mustDecide {
                switch await takeLock(of: file.order, command) {
                case .taking(let found): taking = found
                case .refused(let result): return refused(result)
                }
            }
            let (result, accepted) = await commitOnce(started, step, taking, command, at: now)
            switch result {
            case .committed: return .success(accepted)
            case .conflict(_, .claim): mustDecide = true
            // The repeated payment changed meanwhile.
            case .conflict(_, .version) where accepted.repeated != nil: mustDecide = true
            case .conflict(_, .repeatedTwice):
                return refused(await repeatedTwice(file.order, command))
            case .conflict(_, .constraint) where step != nil:
                // A constraint that forbids the attempt does not forbid the payment.
                if let step { giveBack(step, file.operation) }
                (started, step) = (file, nil)
            case .conflict, .failed:
                var isUnsent = false
                if case .failed = result, case .send(let opening)? = step {
                    unsent.add(opening.attempt)
                    isUnsent = true
                }
                return refused(await notAccepted(result, command.fingerprint), keepsExposure: isUnsent)
            }
        }
        return refused(.unavailable)
    }

    /// Gives back what a first step took that was never stored.
    private func giveBack(_ step: FirstStep, _ operation: MoneyOperation, keepsExposure: Bool = false) {
        step.runtime.abandon(operation)
        guard !keepsExposure, case .send(let opening) = step else { return }
        exposure.release(opening.attempt, at: opening.runtime.id)
    }

    private func commitOnce(
        _ file: OrderFile, _ step: FirstStep?, _ taking: LockTaking, _ command: CreateCommand, at now: Moment
    ) async -> (CommitResult, Accepted) {
        var file = file
        var unit = file.takeUnit(scribe, at: now)
        unit.binding = Binding(
            key: command.bindingKey, fingerprint: command.fingerprint, order: file.order.id,
            requestID: command.requestID, status: command.respondsAsync ? 202 : 201, createdAt: now)
        unit.claim = taking.claim
        let repeated = wishToCancel(taking.repeated, at: now)
        if let repeated { unit.joined = [repeated.unit] }
        let result = await store.commit([unit], epoch: epoch)
        return (result, Accepted(file: file, unit: unit, step: step, repeated: repeated))
    }

    /// The order that this one names was named before, by one that still counts.
    private func repeatedTwice(_ order: Order, _ command: CreateCommand) async -> CommandResult {
        if let replay = await replay(command.bindingKey, command.fingerprint) { return replay }
        guard let id = order.request.repeatOf, let named = await reread(id) else { return .unavailable }
        return .possibleDuplicate(named.order, isRepeatable: false)
    }

    private func notAccepted(_ result: CommitResult, _ fingerprint: [UInt8]) async -> CommandResult {
        switch result {
        case .conflict(_, .binding(let binding)): return await replay(binding, fingerprint)
        case .conflict(_, .staleEpoch): loseEpoch()
        case .failed(let failure): noteStore(failure)
        case .committed, .conflict: break
        }
        return .unavailable
    }

    private func accept(
        _ command: CreateCommand, id: OrderID, _ decision: RouteDecision, at now: Moment
    ) -> OrderFile {
        let end = HostedPages.end(now.adding(seconds: command.request.expiresInSeconds))
        var file = OrderFile(
            accepting: Order(
                id: id, app: command.app, environment: command.environment, request: command.request,
                idempotencyKey: command.idempotencyKey, requestID: command.requestID, createdAt: now,
                plan: command.request.isHosted ? [] : decision.plan, explanation: decision.json,
                movement: MovementID(at: now, from: random),
                pageEnd: command.kind == .payment ? end : nil))
        let isAsked = command.request.isHosted || (command.kind == .payment && file.order.plan.isEmpty)
        if isAsked, let page = pages.url(file.order, settings.publicURL) {
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
            hasSourceToken: request.sourceToken != nil, metadata: request.metadata, description: request.description,
            orderNumber: request.reference, now: now)
        let table = facts.operation == .payout ? payoutRouting : routing
        var decision = table.decide(facts) {
            guard let runtime = self.providers[$0] else { return nil }
            var provider = runtime.facts(at: now, for: facts.operation)
            if facts.operation == .payout { provider.note = self.balanceNote(of: facts.amount, provider, runtime) }
            if !self.isWithinExposure(facts.amount, at: runtime) {
                provider.pause = "too much of its money is in payments whose end is not known"
            }
            return provider
        }
        if !decision.rules.contains(where: \.decided) {
            decision.missed = table.missed(
                facts, decision, among: providers.values.map { $0.facts(at: now, for: facts.operation) })
        }
        return decision
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

    /// Claims a payment for what a payer or a shop does next.
    ///
    /// Whoever is answered by a payment that waits may be quicker than the work that brought it there is put away; so a
    /// claim that is held is waited for, as long as the payment on file still waits and nobody has begun on it.
    ///
    /// - Returns: `false` if somebody else has begun, or keeps it for more than two seconds.
    func claim(_ id: OrderID, whileWaiting isWaiting: (OrderFile) -> Bool) async -> Bool {
        let end = time.now.adding(milliseconds: 2_000)
        while !claims.claim(id) {
            guard time.now < end, !Task.isCancelled, let file = await reread(id), file.liveAttempt == nil,
                isWaiting(file)
            else { return false }
            await time.sleep(until: time.now.adding(milliseconds: 5))
        }
        return true
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

extension OrderFile {
    /// Whether the operator's first answer is known, or nothing more is expected at once.
    var hasFirstAnswer: Bool {
        order.status != .processing || liveAttempt?.state == .pending
    }
}
