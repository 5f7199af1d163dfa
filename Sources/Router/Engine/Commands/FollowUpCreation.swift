/// Accepting refunds, captures and voids: orders about a payment that has its money.
final class FollowUpCreation: EnginePart {
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

    /// Accepts an order about a payment: it and its payment become durable together, so that no two of them can take
    /// the same money.
    func create(_ command: Engine.FollowUpCommand) async -> Engine.CommandResult {
        guard commands.admits else { return .unavailable }
        guard let payment = await reread(command.payment) else { return .unknown }
        let identity = command.identity(payment.order)
        do throws(StoreFailure) {
            if let holders = try await WalletChecks(context).holdersWallet(behind: command.kind, payment) {
                return await commands.known(identity) ?? .refused(payment, .belongsToHolder(holders))
            }
        } catch { return .unavailable }
        return await commands.onceAccepted(identity) { await accept(command, identity, payment) }
    }

    private func accept(
        _ command: Engine.FollowUpCommand, _ identity: KeyedCommands.Identity, _ first: OrderAggregate
    ) async -> KeyedCommands.Outcome {
        if context.transport.isExhausted, command.duty == nil { return .ended(.unavailable) }
        var known: OrderAggregate? = first
        for _ in 0..<Committer.tries {
            let read = if let known { known } else { await reread(command.payment) }
            guard var payment = read else { return .ended(.unavailable) }
            let now = time.now
            if let duty = command.duty, payment.holdDuty(at: now) != duty { return .ended(.notPossible(payment)) }
            let aggregate: OrderAggregate
            switch planner.followUpRoute(payment, command, at: now) {
            case .success(let route): aggregate = newOrder(command, payment, route, at: now)
            case .failure(let refusal): return .ended(.refused(payment, refusal))
            }
            payment.attach(FollowUp(aggregate))
            if command.duty == .release, payment.order.awaitsAcceptance, payment.order.cancelRequestedAt == nil {
                payment.lapseUnaccepted()
            }
            committer.setTimer(&payment, at: now)
            let idempotencyRecord = identity.idempotencyRecord(
                aggregate.order.id, status: command.respondsAsync ? 202 : 201, at: now)
            switch await committer.commit(
                aggregate, Committer.Extras(idempotencyRecord: idempotencyRecord, joined: [payment]))
            {
            case .done(let accepted):
                _ = locks.lock(accepted.order.id)
                return commands.begin(accepted, respondsAsync: command.respondsAsync) {
                    await self.runner.advance(accepted)
                }
            case .conflict(.version): known = nil
            case .conflict(.ledger(let refusal)): return .ended(.refused(payment, .ledger(refusal)))
            case .conflict(.idempotencyRecord(let idempotencyRecord)): return .bound(idempotencyRecord)
            case .conflict: return .ended(.unavailable)
            case .failed: return .notStored
            }
        }
        return .ended(.unavailable)
    }

    private func newOrder(
        _ command: Engine.FollowUpCommand, _ payment: OrderAggregate, _ route: FollowUpRoute, at now: Moment
    ) -> OrderAggregate {
        let parent = payment.order
        var request = OrderRequest(
            amount: route.amount, channels: route.plan.map(\.channel), customer: parent.customer,
            reference: command.reference, description: command.description, metadata: command.metadata,
            expiresInSeconds: 3_600)
        request.callersRequestID = command.callersRequestID
        request.shop = parent.request.shop
        if let console = command.console { (request.origin, request.initiator) = (.console, console) }
        if parent.namedAccount != nil { request.account = parent.collectedAccount }
        request.linkedWallet = parent.linkedWallet
        request.followUp = payment.terms(of: command.kind, isPaidOut: route.isPaidOut)
        var aggregate = OrderAggregate(
            accepting: Order(
                id: OrderID(command.kind, at: now, from: random), parent: parent.id, app: parent.app,
                environment: parent.environment, request: request,
                idempotencyKey: "\(parent.id)\u{1F}\(command.idempotencyKey)", requestID: command.requestID,
                createdAt: now, plan: route.plan, explanation: route.explanation,
                configuration: route.configuration))
        aggregate.becomeLeftOver(at: now)
        return aggregate
    }
}

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
        /// Who wishes it in the console; `nil` for everybody else.
        package var console: AccountID?
        /// What the router itself begins this for; it begins only while the payment still owes it.
        var duty: HoldDuty?
        /// The transfer for which the router itself gives the money back.
        var transfer: OrderID?

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

        func identity(_ payment: Order) -> KeyedCommands.Identity {
            KeyedCommands.Identity(
                key: IdempotencyRecord.Key(
                    .follow(kind, of: payment.id), app: payment.app, environment: payment.environment,
                    key: idempotencyKey),
                fingerprint: fingerprint, requestID: requestID)
        }
    }
}
