/// Where an order about a payment goes: to the provider that has the money, or, for refunds where that provider has none,
/// to whoever pays out to the payer's wallet.
struct FollowUpRoute: Sendable {
    var amount: Money
    var plan: [Candidate]
    var explanation: JSONValue
    var isPaidOut = false
    /// The version of the configuration that it was decided on.
    var configuration: Int64?
}

extension RoutePlanner {
    /// Where an order about a payment goes, or why it cannot be.
    func followUpRoute(
        _ payment: OrderAggregate, _ command: Engine.FollowUpCommand, at now: Moment
    ) -> Result<FollowUpRoute, FollowUpRefusal> {
        let active = context.configuration.current
        let providers = active.providers
        let source = command.kind == .refund ? payment.refundSource : payment.collection
        guard let paid = source else { return .failure(.wrongState) }
        if let transfer = payment.order.parent, payment.order.outcome == .succeeded, command.transfer != transfer {
            return .failure(.belongsToTransfer(transfer))
        }
        guard let runtime = providers[paid.provider] else { return .failure(.providerMissing(paid.provider)) }
        if case .other(let why) = providers.likeness(of: runtime, to: paid.scope, .collect) {
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
        let operation = command.kind.facts.operation
        let isExcluded =
            command.kind == .refund && runtime.manifest.refund?.exceptChannels.contains(paid.channel) == true
        guard runtime.can(operation), !isExcluded else {
            guard command.kind == .refund else {
                return .failure(.notSupported("\(paid.provider) cannot \(operation.verb)"))
            }
            return payoutRoute(payment, command, amount, paid, on: active, at: now)
        }
        let room = runtime.manifest.description(for: operation).room(after: command.reference)
        if let text = command.description, text.unicodeScalars.count > room {
            return .failure(.descriptionTooLong(room))
        }
        return .success(
            FollowUpRoute(
                amount: amount, plan: [Candidate(provider: paid.provider, channel: paid.channel)],
                explanation: [
                    "plan": [["provider": .string(paid.provider.text), "channel": .string(paid.channel.text)]]
                ], configuration: active.stamp?.number))
    }

    private func payoutRoute(
        _ payment: OrderAggregate, _ command: Engine.FollowUpCommand, _ amount: Money, _ paid: Attempt,
        on active: ActiveConfiguration, at now: Moment
    ) -> Result<FollowUpRoute, FollowUpRefusal> {
        let order = payment.order
        let request = OrderRequest(
            amount: amount, channels: [paid.channel], customer: order.customer, reference: command.reference,
            description: command.description)
        let decision = explain(
            request, kind: .payout, app: order.app, environment: order.environment,
            isUnderWay: command.transfer != nil, isRefund: true, on: active, at: now)
        guard !decision.plan.isEmpty else {
            if let room = decision.descriptionRoom { return .failure(.descriptionTooLong(room)) }
            let why =
                "\(paid.provider) has no refunds on \(paid.channel), and no provider can pay out to the payer there"
            return .failure(decision.isHopeless ? .notSupported(why) : .notNow(why + " at the moment"))
        }
        return .success(
            FollowUpRoute(
                amount: amount, plan: decision.plan, explanation: decision.json, isPaidOut: true,
                configuration: decision.configuration))
    }
}
