/// What payers do on hosted pages.
extension Engine {
    /// A channel that a hosted page can offer.
    package struct Offer: Sendable, Hashable {
        package var channel: Channel
        /// Whether the payer has to give a phone number.
        package var needsPhone: Bool
        /// The countries of numbers that fit; empty means any.
        package var phoneCountries: [String]
        /// What payers call the channel, as its provider declares; `nil` if it declares nothing.
        package var name: String?
        /// What the payer will have to do first: the name of a `next_action` type; `nil` if nothing.
        package var action: String?
    }

    /// The channels that fit a payment whose channel is left open, in the order the caller or the routing file gives.
    ///
    /// What needs a token from a card gateway cannot be offered: no card data is ever typed here.
    package func offers(_ order: Order) -> [Offer] {
        let now = time.now
        let request = order.request
        let members = (routing.rules.map(\.use) + [routing.otherwise].compactMap(\.self)).flatMap(\.members)
        var offers: [Offer] = []
        for runtime in members.compactMap({ providers[$0.provider] }) {
            let operation = request.operation(for: .payment)
            let facts = runtime.facts(at: now, for: operation)
            guard facts.isHealthy, let service = runtime.manifest.service(for: operation),
                !service.requires.contains(.sourceToken)
            else { continue }
            for channel in service.channels where request.channels.isEmpty || request.channels.contains(channel) {
                // What was tried before the payer was asked is not offered again.
                if order.asksChannel, order.chosen?.channel == channel { continue }
                var route = routeFacts(order, [channel], now)
                route.phone = request.customer.phone
                guard !offers.contains(where: { $0.channel == channel }),
                    let taker = routing.takers(of: route, providers: { providers[$0]?.facts(at: now, for: operation) })
                        .first(where: { $0.provider == runtime.id })
                else { continue }
                offers.append(
                    Offer(
                        channel: channel,
                        needsPhone: service.requires.contains(.phone) || taker.asksPhone && route.phone == nil,
                        phoneCountries: service.phoneCountries, name: runtime.manifest.channelNames[channel],
                        action: runtime.manifest.payerActions.first))
            }
        }
        let wished = request.channels
        return wished.isEmpty ? offers : wished.compactMap { wish in offers.first { $0.channel == wish } }
    }

    /// The page on which the payer chooses the next channel, after the plan has come to nothing; `nil` if nobody is asked.
    ///
    /// A plan holds the wallets of one operator. Where others would fit as well, the prefix proves nothing, and another
    /// wallet under the same number may be a stranger's or an old one: the payer says which, once.
    func pageToAskForChannel(_ file: OrderFile, at now: Moment) -> String? {
        let order = file.order
        guard order.kind == .payment, order.choice == nil, !order.asksChannel, !order.request.isHosted,
            order.cancelRequestedAt == nil, now < order.deadline,
            file.attempts.count(where: { !$0.foundNoRoom }) < routing.maximumAttempts,
            file.attempts.last?.allowsAnother(failoverReasons: routing.failoverReasons) ?? true,
            explain(order.request, id: order.id, app: order.app, environment: order.environment, at: now).mayAskPayer
        else { return nil }
        var asked = file
        asked.awaitChoice(.wait)
        return offers(asked.order).isEmpty ? nil : pages.url(order, settings.publicURL)
    }

    private func routeFacts(_ order: Order, _ channels: [Channel], _ now: Moment) -> RouteFacts {
        RouteFacts(
            order: order.id, operation: order.request.operation(for: .payment), app: order.app,
            environment: order.environment, amount: order.request.amount, channels: channels,
            metadata: order.request.metadata, description: order.request.description,
            orderNumber: order.request.reference, now: now)
    }

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

    /// Takes a payer's choice and starts to work on the payment.
    package func choose(_ id: OrderID, channel: Channel, phone: MSISDN?) async -> Chosen {
        guard gatekeeper.admits, let file = await reread(id) else { return .unavailable }
        guard file.order.awaitsChoice, await claim(id, whileWaiting: \.order.awaitsChoice) else {
            return .tooLate(file)
        }
        let now = time.now
        var request = file.order.request
        request.channels = [channel]
        request.customer.phone = phone ?? request.customer.phone
        let route = await route(file, choosing: request, at: now)
        guard !route.decision.plan.isEmpty else {
            claims.release(id)
            return .noRoute(route.decision)
        }
        let choice = PayerChoice(plan: route.decision.plan, phone: phone)
        var isTaken = false
        let committed = try? await mutate(id, first: file) { file in
            isTaken = file.choose(choice)
            guard isTaken else { return false }
            if route.isHeld { file.holdInstead() }
            if let question = route.question { file.awaitInput(question.candidate, actions: question.actions) }
            file.schedule(
                at: now, lookAgain: now.adding(seconds: 30), facts: scheduleFacts(file.operation))
            return true
        }
        guard let committed = committed ?? nil, isTaken else {
            claims.release(id)
            return await reread(id).map(Chosen.tooLate) ?? .unavailable
        }
        // With nothing to do before the shop or the payer acts, the claim is not kept from whoever comes next.
        if committed.order.sendsNothingYet || committed.order.awaitsInput {
            claims.release(id)
            return .begun(committed)
        }
        let until = now.adding(milliseconds: settings.firstAnswerMilliseconds)
        let answered = await hub.wait(id, until: until, isEnough: \.hasFirstAnswer) {
            self.work(claimed: id) { await self.drive(committed) }
        }
        return .begun(answered ?? committed)
    }

    /// Whether the router is stopping: pages that wait for news should let go.
    package var isStopping: Bool { !gatekeeper.admits }
}
