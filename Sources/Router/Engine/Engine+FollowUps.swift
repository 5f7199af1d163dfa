/// Refunds, captures and voids: orders about a payment that has its money.
extension Engine {
    /// A checked request about a payment.
    package struct FollowUpCommand: Sendable {
        package var kind: OrderKind
        package var payment: OrderID
        /// `nil` for all there is.
        package var amount: Money?
        package var reference: String?
        package var description: String?
        package var metadata: [String: String]
        package var idempotencyKey: String
        package var fingerprint: [UInt8]
        package var requestID: RequestID
        package var callersRequestID: String?
        package var respondsAsync: Bool
        /// What the router itself begins this for; it begins only while the payment still owes it.
        var duty: HoldDuty?

        package init(
            _ kind: OrderKind, of payment: OrderID, amount: Money? = nil, reference: String? = nil,
            description: String? = nil, metadata: [String: String] = [:], idempotencyKey: String,
            fingerprint: [UInt8], requestID: RequestID, callersRequestID: String? = nil, respondsAsync: Bool = false
        ) {
            self.kind = kind
            self.payment = payment
            self.amount = amount
            self.reference = reference
            self.description = description
            self.metadata = metadata
            self.idempotencyKey = idempotencyKey
            self.fingerprint = fingerprint
            self.requestID = requestID
            self.callersRequestID = callersRequestID
            self.respondsAsync = respondsAsync
        }

        func bindingKey(_ payment: Order) -> Binding.Key {
            Binding.Key(
                app: payment.app, environment: payment.environment, operation: "\(kind.createOperation):\(payment.id)",
                key: idempotencyKey)
        }
    }

    /// Accepts an order about a payment: it and its payment become durable together, so that no two of them can take
    /// the same money.
    package func follow(_ command: FollowUpCommand) async -> CommandResult {
        guard gatekeeper.admits, await acceptance.enter() else { return .unavailable }
        let accepted = await acceptAbout(command)
        acceptance.leave()
        switch accepted {
        case .success(let (file, key)): return await begin(file, command, key)
        case .failure(let not): return not.result
        }
    }

    /// Why an order about a payment was not accepted, or what it repeats.
    private struct NotFollowed: Error {
        let result: CommandResult
        init(_ result: CommandResult) { self.result = result }
    }

    private func acceptAbout(_ command: FollowUpCommand) async -> Result<(OrderFile, Binding.Key), NotFollowed> {
        for _ in 0..<50 {
            guard let payment = await reread(command.payment) else { return .failure(.init(.unavailable)) }
            let key = command.bindingKey(payment.order)
            if let replay = await replay(key, command.fingerprint) { return .failure(.init(replay)) }
            if transport.isExhausted, command.duty == nil { return .failure(.init(.unavailable)) }
            let now = time.now
            if let duty = command.duty, payment.holdDuty(at: now) != duty {
                return .failure(.init(.notPossible(payment)))
            }
            let route: FollowUpRoute
            switch followUpRoute(payment, command, at: now) {
            case .success(let found): route = found
            case .failure(let refusal): return .failure(.init(.refused(payment, refusal)))
            }
            let file = accept(command, payment, route, at: now)
            switch await commit(file, about: payment, command, key, at: now) {
            case .done(let accepted): return .success((accepted, key))
            case .conflict(.version): continue
            case .conflict(.binding(let binding)):
                return .failure(.init(await replay(binding, command.fingerprint)))
            case .conflict, .failed: return .failure(.init(.unavailable))
            }
        }
        return .failure(.init(.unavailable))
    }

    /// Where an order about a payment goes: to the provider that has the money, or, for refunds where that provider has
    /// none, to whoever pays out to the payer's wallet.
    struct FollowUpRoute: Sendable {
        var amount: Money
        var plan: [Candidate]
        var explanation: JSONValue
        var isPaidOut = false
    }

    private func followUpRoute(
        _ payment: OrderFile, _ command: FollowUpCommand, at now: Moment
    ) -> Result<FollowUpRoute, FollowUpRefusal> {
        let source = command.kind == .refund ? payment.refundSource : payment.collection
        guard let paid = source else { return .failure(.wrongState) }
        guard let runtime = providers[paid.provider] else { return .failure(.providerMissing(paid.provider)) }
        if case .other(let why) = likeness(of: runtime, to: paid.scope, .collect) {
            return .failure(
                .notSupported(
                    "\(paid.provider) means another operator or account than the one that has the money (\(why)); name the "
                        + "old settings again as \(paid.provider)"))
        }
        let amount: Money
        switch payment.admit(command.kind, amount: command.amount, manifest: runtime.manifest, at: now) {
        case .success(let admitted): amount = admitted
        case .failure(let refusal): return .failure(refusal)
        }
        let candidate = Candidate(provider: paid.provider, channel: paid.channel)
        let operation = command.kind.facts.operation
        let isExcluded =
            command.kind == .refund && runtime.manifest.refund?.exceptChannels.contains(paid.channel) == true
        if runtime.provider.can(operation), !isExcluded {
            let room = runtime.manifest.description(for: operation).room(after: command.reference)
            if let text = command.description, text.unicodeScalars.count > room {
                return .failure(.descriptionTooLong(room))
            }
            return .success(
                FollowUpRoute(
                    amount: amount, plan: [candidate],
                    explanation: [
                        "plan": [["provider": .string(paid.provider.text), "channel": .string(paid.channel.text)]]
                    ]))
        }
        guard command.kind == .refund else {
            return .failure(.notSupported("\(paid.provider) cannot \(operation.verb)"))
        }
        return payoutRoute(payment, command, amount, paid, at: now)
    }

    private func payoutRoute(
        _ payment: OrderFile, _ command: FollowUpCommand, _ amount: Money, _ paid: Attempt, at now: Moment
    ) -> Result<FollowUpRoute, FollowUpRefusal> {
        let order = payment.order
        let request = OrderRequest(
            amount: amount, channels: [paid.channel], customer: order.customer, reference: command.reference,
            description: command.description)
        let decision = explain(request, kind: .payout, app: order.app, environment: order.environment, at: now)
        guard !decision.plan.isEmpty else {
            if let room = decision.descriptionRoom { return .failure(.descriptionTooLong(room)) }
            let why =
                "\(paid.provider) has no refunds on \(paid.channel), and no provider can pay out to the payer there"
            return .failure(.notSupported(why))
        }
        return .success(
            FollowUpRoute(amount: amount, plan: decision.plan, explanation: decision.json, isPaidOut: true))
    }

    private func accept(
        _ command: FollowUpCommand, _ payment: OrderFile, _ route: FollowUpRoute, at now: Moment
    ) -> OrderFile {
        let parent = payment.order
        var request = OrderRequest(
            amount: route.amount, channels: route.plan.map(\.channel), customer: parent.customer,
            reference: command.reference, description: command.description, metadata: command.metadata,
            expiresInSeconds: 3_600)
        request.callersRequestID = command.callersRequestID
        request.shop = parent.request.shop
        request.followUp = payment.terms(of: command.kind, isPaidOut: route.isPaidOut)
        var file = OrderFile(
            accepting: Order(
                id: OrderID(command.kind, at: now, from: random), parent: parent.id, app: parent.app,
                environment: parent.environment, request: request,
                idempotencyKey: "\(parent.id)\u{1F}\(command.idempotencyKey)", requestID: command.requestID,
                createdAt: now, plan: route.plan, explanation: route.explanation,
                movement: MovementID(at: now, from: random)))
        // Found by the timer only if this process dies before it is done.
        file.change { $0.due = Due(at: now.adding(seconds: 30), lane: .engine) }
        return file
    }

    private func commit(
        _ file: OrderFile, about payment: OrderFile, _ command: FollowUpCommand, _ key: Binding.Key, at now: Moment
    ) async -> Committed {
        var (file, payment) = (file, payment)
        let previous = payment.order.status
        var unit = file.takeUnit(scribe, at: now)
        unit.binding = Binding(
            key: key, fingerprint: command.fingerprint, order: file.order.id, requestID: command.requestID,
            status: command.respondsAsync ? 202 : 201, createdAt: now)
        payment.take(FollowUp(file))
        if command.duty == .release, payment.order.awaitsAcceptance, payment.order.cancelRequestedAt == nil {
            payment.lapseUnaccepted()
        }
        payment.schedule(at: now, facts: scheduleFacts(payment.operation))
        let joined = payment.takeUnit(scribe, at: now)
        unit.joined = [joined]
        switch await store.commit([unit], epoch: epoch) {
        case .committed:
            announce(file, unit, created: true, previous: nil)
            announce(payment, joined, created: false, previous: previous)
            return .done(file)
        case .conflict(_, let conflict):
            if conflict == .staleEpoch { loseEpoch() }
            return .conflict(conflict)
        case .failed(let failure):
            noteStore(failure)
            return .failed(failure)
        }
    }

    private func begin(_ file: OrderFile, _ command: FollowUpCommand, _ key: Binding.Key) async -> CommandResult {
        let id = file.order.id
        _ = claims.claim(id)
        let begin: @Sendable () -> Void = { self.work(claimed: id) { await self.drive(file) } }
        guard !command.respondsAsync else {
            begin()
            return .done(file, status: 202)
        }
        return await firstAnswer(file, key, begin)
    }
}
