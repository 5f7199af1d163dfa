/// What is asked of the engine: facts, routes, balances, its own state.
extension Engine {
    package var store: any Store { context.store }
    package var time: any TimeSource { context.time }
    package var spawner: any Spawner { context.spawner }
    package var observer: any EngineObserver { context.observer }
    package var settings: EngineSettings { context.settings }
    package var pages: HostedPages { context.pages }
    /// Seals what callers keep for the router.
    package var sealer: Sealer { context.sealer }
    package var providers: [ProviderID: ProviderRuntime] { context.providers.all }
    /// Providers that are not configured any more, with the number of orders that are still open there.
    package var missingProviders: [ProviderID: Int] { context.providers.missing }
    /// Providers whose id means, or may mean, something else than when orders that are open were sent there.
    package var changedProviders: ChangedProviders { context.providers.changed }
    /// Orders as callers of this router see them.
    package var view: OrderView { OrderView(publicURL: settings.publicURL, pages: pages) }

    /// The decision an order would get now.
    package func explain(
        _ request: OrderRequest, id: OrderID? = nil, kind: OrderKind = .payment, app: AppID,
        environment: PayEnvironment,
        at now: Moment
    ) -> RouteDecision {
        parts.planner.explain(request, id: id, kind: kind, app: app, environment: environment, at: now)
    }

    /// The channels that fit a payment whose channel is left open, in the order the caller or the routing file gives.
    package func offers(_ order: Order) -> [Offer] { parts.planner.offers(order) }

    /// The ways out of a payment whose operator's page is open and can be ended; none otherwise.
    package func waysToLeave(_ aggregate: OrderAggregate) -> WaysToLeave { parts.choices.waysToLeave(aggregate) }

    /// Whether the payer of an open page may go back and choose another channel.
    package func mayChangeChannel(_ aggregate: OrderAggregate) -> Bool { parts.progress.mayChangeChannel(aggregate) }

    /// Asks every provider that an app may use and that tells balances, all at once, unless it was asked a moment ago.
    ///
    /// - Returns: Why some could not be asked, or have not answered yet, by provider.
    package func refreshBalances(_ environment: PayEnvironment, app: AppID) async -> [ProviderID: String] {
        await parts.balances.refresh(environment, app: app)
    }

    /// Asks the providers that serve a channel whether a number is their customer, all at once.
    ///
    /// - Returns: Each provider's answer; empty if none can be asked.
    package func party(
        _ phone: MSISDN, channel: PaymentChannel?, environment: PayEnvironment
    ) async -> [(provider: ProviderID, channel: PaymentChannel, finding: PartyFinding)] {
        await parts.lookup.party(phone, channel: channel, environment: environment)
    }
}

/// Run, stop, and how it stands.
extension Engine {
    /// Runs timers and the inbox until the task is cancelled.
    package func run() async {
        if await parts.life.wantsSlowOpening() { parts.commands.acceptance.openSlowly(from: time.now) }
        await parts.life.run()
    }

    /// Refuses new orders from now on; what is under way goes on.
    package func stopAdmitting() { context.gatekeeper.stopAdmitting() }

    /// Stops admitting, waits for what is under way, then shuts the gates.
    ///
    /// - Parameter graceMilliseconds: How long to wait.
    /// - Returns: How many pieces of work were still under way at the end; their records are safe.
    package func drain(graceMilliseconds: Int64) async -> Int {
        await parts.life.drain(graceMilliseconds: graceMilliseconds)
    }

    /// Ends every wait of a caller for a state, as if its time were over: the router stops.
    package func endWaits() { context.hub.end() }

    /// Whether new orders are admitted.
    package var isAdmitting: Bool { context.gatekeeper.admits }

    /// Whether the router is stopping: pages that wait for news should let go.
    package var isStopping: Bool { !isAdmitting }

    /// Whether nothing could be written a moment ago.
    package var isStoreTroubled: Bool { context.storePause.isTroubled(at: time.now) }

    /// Whether as many orders are being accepted as may be; whoever comes now is refused.
    package var isAcceptanceFull: Bool { parts.commands.acceptance.isFull }

    /// Orders on their way to being accepted and waiting to be, for metrics.
    package var ordersBeingAccepted: Int { parts.commands.acceptance.taken }

    /// Pieces of work under way, for metrics.
    package var activeWork: Int { context.gatekeeper.active }
}
