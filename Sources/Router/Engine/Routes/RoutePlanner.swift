/// Where money may go: the routing tables, asked with what this process knows of its providers.
///
/// Whoever asks twice for one decision hands in the version of the configuration, so that both are decided on one.
final class RoutePlanner: EnginePart {
    let context: EngineContext
    private let exposure: Exposure
    private let balances: BalanceQuestions

    init(
        _ context: EngineContext, _ exposure: Exposure, _ balances: BalanceQuestions
    ) {
        self.context = context
        self.exposure = exposure
        self.balances = balances
    }

    /// The version that an order was decided on: how often it may be tried, and after what.
    func version(of order: Order) -> ActiveConfiguration { context.configuration.version(of: order) }

    /// The decision an order would get now.
    ///
    /// What belongs to a transfer that is under way goes to providers that take no new orders, too.
    func explain(
        _ request: OrderRequest, id: OrderID? = nil, kind: OrderKind = .payment, app: AppID,
        environment: PayEnvironment, isUnderWay: Bool = false, isRefund: Bool = false,
        on version: ActiveConfiguration? = nil, at now: Moment
    ) -> RouteDecision {
        let active = version ?? context.configuration.current
        let providers = active.providers
        let facts = RouteFacts(
            request, id?.kind ?? kind, order: id ?? OrderID(at: now, from: random), app: app, environment: environment,
            isRefund: isRefund, at: now)
        var decision = active.routing.decide(facts) { id in
            providers[id].map { self.facts($0, facts, isUnderWay: isUnderWay) }
        }
        if !decision.rules.contains(where: \.decided) {
            decision.missed = active.routing.table.missed(
                facts, decision, among: providers.all.values.map { $0.facts(at: now, for: facts.operation) })
        }
        decision.configuration = active.stamp?.number
        return decision
    }

    private func facts(_ runtime: ProviderRuntime, _ order: RouteFacts, isUnderWay: Bool) -> ProviderFacts {
        var facts = runtime.facts(at: order.now, for: order.operation)
        if isUnderWay { facts.pause = nil }
        if order.operation == .payout { facts.note = balances.note(of: order.amount, facts, runtime) }
        if facts.pause == nil, !isWithinExposure(order.amount, at: runtime) { facts.pause = .exposureUsedUp }
        return facts
    }

    /// Whether a send would stay within the provider's exposure limit; reaching it is an alarm.
    func isWithinExposure(_ amount: Money, at runtime: ProviderRuntime) -> Bool {
        exposure.admits(amount, at: runtime) {
            alarm(.exposureLimit, "\(runtime.id): nothing is sent until money in doubt is accounted for")
        }
    }

    /// The channels that fit a payment whose channel is left open, in the order the caller or the routing file gives.
    ///
    /// What needs a token from a card gateway cannot be offered: no card data is ever typed here.
    func offers(_ order: Order, on version: ActiveConfiguration? = nil) -> [Engine.Offer] {
        let active = version ?? context.configuration.current
        let providers = active.providers
        let now = time.now
        let request = order.request
        let members = active.routing.rules(for: order.request.capturesLater ? .authorize : .collect).rules.flatMap(
            \.use.members)
        var offers: [Engine.Offer] = []
        for runtime in members.compactMap({ providers[$0.provider] }) {
            let operation = request.operation(for: .payment)
            let facts = runtime.facts(at: now, for: operation)
            // A holder's wallet is named by its holder, who signs in.
            let isOpen = context.settings.holders == order.environment
            guard facts.isHealthy, facts.pause == nil, let service = runtime.manifest.service(for: operation),
                service.requires.isDisjoint(with: isOpen ? [.sourceToken] : [.sourceToken, .wallet])
            else { continue }
            let takesWallets = service.requires.contains(.wallet)
            for channel in service.channels where request.channels.isEmpty || request.channels.contains(channel) {
                // What was tried before the payer was asked is not offered again.
                if order.asksChannel, order.chosen?.channel == channel { continue }
                let route = routeFacts(order, channel, now, fromWallet: takesWallets)
                guard !offers.contains(where: { $0.channel == channel }),
                    let taker = active.routing.table.takers(
                        of: route, providers: { providers[$0]?.facts(at: now, for: operation) }
                    )
                    .first(where: { $0.provider == runtime.id })
                else { continue }
                offers.append(
                    Engine.Offer(
                        channel: channel,
                        needsPhone: service.requires.contains(.phone) || taker.asksPhone && route.phone == nil,
                        phoneCountries: service.phoneCountries, name: runtime.manifest.channelNames[channel],
                        action: runtime.manifest.payerActions.first, takesWallets: takesWallets))
            }
        }
        let wished = request.channels
        return wished.isEmpty ? offers : wished.compactMap { wish in offers.first { $0.channel == wish } }
    }

    /// What is known of a payment on one channel; without the token, which no page can use.
    private func routeFacts(
        _ order: Order, _ channel: PaymentChannel, _ now: Moment, fromWallet: Bool
    ) -> RouteFacts {
        var request = order.request
        if fromWallet { request.wallet = WalletID.none }
        request.channels = [channel]
        request.sourceToken = nil
        return RouteFacts(
            request, .payment, order: order.id, app: order.app, environment: order.environment, at: now)
    }
}

extension Engine {
    /// A channel that a hosted page can offer.
    package struct Offer: Sendable, Hashable {
        package var channel: PaymentChannel
        /// Whether the payer has to give a phone number.
        package var needsPhone: Bool
        /// The countries of numbers that fit; empty means any.
        package var phoneCountries: [String]
        /// What payers call the channel, as its provider declares; `nil` if it declares nothing.
        package var name: String?
        /// What the payer will have to do first; `nil` if nothing.
        package var action: CustomerAction.Kind?
        /// Whether the payer signs in and pays with a wallet of the platform's own.
        package var takesWallets = false
    }
}
