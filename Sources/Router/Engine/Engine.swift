/// Drives orders: performs the effects that the pure core decides on, in the order docs/money-safety.md, 3 demands.
///
/// A façade: each call goes to the part that does it, named here in one line. The parts keep no state that matters;
/// everything needed after a crash is in the store. Work on an order runs in tasks of its own, never in a caller's
/// request.
package final class Engine: Sendable {
    let context: EngineContext
    let parts: EngineParts

    /// What an engine is made of.
    ///
    /// Everything variable comes in here.
    package struct Parts: Sendable {
        package var store: any Store
        package var transport: any Transport
        package var time: any TimeSource
        package var random: any RandomSource
        package var spawner: any Spawner
        package var observer: any EngineObserver
        package var providers: [ProviderRuntime]
        package var routing: RoutingTable
        /// Where payouts may go; its failover reasons count as the payments' do.
        package var payoutRouting: RoutingTable
        package var settings: EngineSettings
        package var dataKeys: DataKeys
        /// Tests plant mistakes here.
        package var transferRules = TransferRules.standard
        package var dailyLimits = DailyLimits()
        /// Which version of the configuration this is; `nil` where nobody keeps versions.
        package var version: ConfigurationStamp?
        /// Makes providers that the configuration does not name any more and where orders are open, from an earlier version;
        /// those that cannot be made are missing.
        package var former: @Sendable (Set<ProviderID>) async -> [ProviderRuntime] = { _ in [] }
        /// Which wallet an app is linked to; `nil` to ask the store each time.
        package var links: (any AppLinks)?

        package init(
            store: any Store, transport: any Transport, time: any TimeSource, random: any RandomSource,
            spawner: any Spawner, observer: any EngineObserver, providers: [ProviderRuntime], routing: RoutingTable,
            payoutRouting: RoutingTable = RoutingTable(rules: [], otherwise: nil), settings: EngineSettings,
            dataKeys: DataKeys
        ) {
            self.payoutRouting = payoutRouting
            self.store = store
            self.transport = transport
            self.time = time
            self.random = random
            self.spawner = spawner
            self.observer = observer
            self.providers = providers
            self.routing = routing
            self.settings = settings
            self.dataKeys = dataKeys
        }

        /// What of it can be exchanged while the engine runs.
        var configuration: EngineConfiguration {
            EngineConfiguration(
                version, providers: providers, routing: routing, payoutRouting: payoutRouting, dailyLimits: dailyLimits)
        }
    }

    /// Takes an epoch and ends what an earlier process left in SENDING.
    ///
    /// Only after this may traffic come in.
    ///
    /// - Throws: ``StoreFailure`` if the store cannot be used; ``MasterKeyMismatch`` if the data belong to another key.
    package static func start(_ parts: Parts) async throws -> Engine {
        let known = try await parts.store.fact(MasterKey.fact)
        let given = parts.dataKeys.masterKeyID
        if let known, known != given { throw MasterKeyMismatch(stored: known, given: given) }
        if known == nil { try await parts.store.setFact(MasterKey.fact, given) }
        // Read once: with many open orders this is most of a start.
        let places = try await parts.store.openPlaces()
        let named = Set(parts.providers.map(\.id))
        let unnamed = Set(places.map(\.provider)).subtracting(named)
        let former = unnamed.isEmpty ? [] : await parts.former(unnamed).filter { unnamed.contains($0.id) }
        let all = parts.providers + former.map { $0.removed() }
        let configured = Set(all.map(\.id))
        let missing = Dictionary(
            places.filter { !configured.contains($0.provider) }.map { ($0.provider, $0.count) }, uniquingKeysWith: +)
        let older = try await OlderScopes.begin(all, in: parts.store)
        let changed = ChangedProviders(places, all, older: older)
        let directory = ProviderDirectory(all, missing: missing, changed: changed, older: older)
        let engine = Engine(parts, EngineContext(parts, epoch: try await parts.store.takeEpoch(), directory))
        engine.parts.exposure.begin(try await parts.store.exposed())
        try await engine.parts.draining.begin()
        try await engine.parts.recovery.run()
        return engine
    }

    private init(_ parts: Parts, _ context: EngineContext) {
        self.context = context
        self.parts = EngineParts(parts, context)
    }
}

// MARK: Commands

extension Engine {
    /// Accepts a payment or a payout and starts to work on it.
    package func create(_ command: CreateCommand) async -> CommandResult {
        guard parts.commands.admits else { return .unavailable }
        var linked: WalletID?
        if command.request.wallet != nil || command.request.account != nil {
            let checks = WalletChecks(context)
            do throws(StoreFailure) {
                let refusal = try await checks.objection(
                    command.request, command.kind, app: command.app, environment: command.environment,
                    consent: command.consent)
                if let refusal { return await parts.commands.known(command.identity) ?? .walletRefused(refusal) }
                if command.kind == .payment {
                    linked = try await checks.linkedWallet(
                        for: command.request, app: command.app, environment: command.environment)
                }
            } catch { return .unavailable }
        }
        if let consent = command.consent, let refusal = await HolderConsents(context).objection(to: consent) {
            return await parts.commands.known(command.identity) ?? refusal
        }
        // Before a place is taken: whoever waits for an operator keeps nobody else from being accepted.
        await parts.balances.learn(for: command)
        guard let linked else { return await parts.creation.create(command) }
        var collecting = command
        collecting.request.linkedWallet = linked
        let result = await parts.creation.create(collecting)
        // It was closed in between: nothing was stored, and the app's own account takes the money.
        guard case .walletRefused(let refusal) = result, refusal.wallet == linked else { return result }
        return await parts.creation.create(command)
    }

    /// Accepts a refund, capture or void.
    package func follow(_ command: FollowUpCommand) async -> CommandResult { await parts.followUps.create(command) }

    /// Accepts a transfer and starts to work on it.
    package func transfer(_ command: TransferCommand) async -> CommandResult {
        guard parts.commands.admits else { return .unavailable }
        return await parts.transfers.create(command)
    }

    /// Wishes to end a transfer before anything is taken.
    ///
    /// - Returns: The transfer, `nil` if there is none, and whether it could still be wished.
    package func cancelTransfer(_ id: OrderID) async throws(StoreFailure) -> (OrderAggregate?, isPossible: Bool) {
        try await parts.transferCancellation.request(id)
    }

    /// Tries to give the money of a parked transfer back to its sender.
    ///
    /// - Returns: The transfer with its new order, or why none was begun; `nil` if there is no such transfer.
    package func compensateAgain(
        _ id: OrderID
    ) async throws(StoreFailure) -> Result<OrderAggregate, NotGivenBack>? {
        try await parts.transferDriver.compensateAgain(id)
    }

    /// What operators say about a recipient, before anything is decided.
    package func recipient(
        _ phone: MSISDN, on channel: PaymentChannel, _ environment: PayEnvironment
    ) async -> TransferChecks.Recipient {
        await TransferChecks(context).recipient(phone, on: channel, environment)
    }

    /// The shop accepts what was begun with its publishable key.
    package func accept(_ command: AcceptCommand) async -> CommandResult { await parts.acceptance.accept(command) }

    /// Sends a code typed by the payer: one attempt with one transmission.
    package func confirm(_ command: ConfirmCommand) async -> CommandResult { await parts.confirmation.confirm(command) }

    /// Takes the channel that a payer chose and starts to work on the payment.
    package func choose(_ id: OrderID, channel: PaymentChannel, phone: MSISDN?) async -> Chosen {
        await parts.choices.choose(id, channel: channel, phone: phone)
    }

    /// Has the page of the chosen channel ended, so that the payer can choose another one.
    ///
    /// - Returns: The payment as it is then: waiting for a choice, or still ending the page, or paid all the same.
    package func changeChannel(_ id: OrderID) async throws(StoreFailure) -> OrderAggregate? {
        guard let wished = try await parts.choices.wishToChange(id) else { return nil }
        return await parts.checkRequests.withdrawNow(wished)
    }

    /// Cancels, or records the wish.
    ///
    /// What is under way at an operator is never called cancelled.
    package func cancel(_ id: OrderID) async throws(StoreFailure) -> OrderAggregate? {
        let (wished, isNew) = try await parts.cancellation.request(id)
        guard isNew, let wished else { return wished }
        return await parts.checkRequests.withdrawNow(wished)
    }

    /// Asks the operator now what became of an order; see ``CheckResult``.
    package func checkNow(_ aggregate: OrderAggregate, for wisher: Wisher = .app) async -> CheckResult {
        await parts.checkRequests.checkNow(aggregate, for: wisher)
    }

    /// Waits until an order changes, but not longer than asked.
    package func waitForChange(_ aggregate: OrderAggregate, milliseconds: Int64) async -> OrderAggregate {
        await parts.checkRequests.waitForChange(aggregate, milliseconds: milliseconds)
    }

    /// Signs what was found about the attempt behind an order's review.
    ///
    /// The first signature is stored; the second, by another person, becomes evidence and walks the same state machine.
    ///
    /// - Parameters:
    ///   - id: The order.
    ///   - finding: What was found.
    ///   - person: Who signs; the caller has checked the token.
    ///   - counts: Whether a signature of before still counts.
    /// - Returns: What became of the signature.
    package func sign(
        _ id: OrderID, _ finding: Review.Finding, person: String, counts: (Review.Signature) -> Bool
    ) async -> SignResult {
        await parts.reviews.sign(id, finding, person: person, counts: counts)
    }

    /// Verifies, stores, then acknowledges an operator's notification; applies it afterwards.
    package func receive(_ callback: InboundCallback, for id: ProviderID) async -> CallbackReply {
        await parts.reception.receive(callback, for: id)
    }
}
