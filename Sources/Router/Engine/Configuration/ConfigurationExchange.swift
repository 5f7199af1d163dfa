/// Puts another version of the configuration in the place of the one that is worked with, between two decisions.
final class ConfigurationExchange: EnginePart {
    let context: EngineContext
    private let draining: Draining
    private let recovery: Recovery
    private let lock = AsyncLock()

    init(_ context: EngineContext, _ draining: Draining, _ recovery: Recovery) {
        self.context = context
        self.draining = draining
        self.recovery = recovery
    }

    /// Looks whether a version may be worked with, has it made durable that it is, and exchanges.
    ///
    /// One at a time. After `commit` nothing can fail any more.
    func activate(
        _ next: EngineConfiguration, commit: @Sendable () async throws(StoreFailure) -> Bool
    ) async throws(StoreFailure) -> Engine.Activated {
        try await lock.withLock { () async throws(StoreFailure) in
            let former = context.configuration.current.providers
            let succession = ProviderSuccession(next.providers, after: former)
            let older = try await OlderScopes.begin(succession.all, in: store)
            let places = try await store.openPlaces()
            let changed = ChangedProviders(places, succession.all, older: older)
            let refused = changed.others.filter { former.changed.others[$0.key] == nil }
            guard refused.isEmpty else { return .refused(refused) }
            let directory = ProviderDirectory(
                succession.all, superseded: succession.superseded,
                missing: former.missing.filter { succession.named[$0.key] == nil }, changed: changed, older: older)
            let active = ActiveConfiguration(next, directory, context.sealer)
            let isDone = try await draining.whileUnchanged { drains async throws(StoreFailure) in
                guard try await commit() else { return false }
                for runtime in succession.all { runtime.setDrain(drains[runtime.id]) }
                context.configuration.exchange(active)
                return true
            }
            guard isDone else { return .notCommitted }
            signals.poke(EngineLife.queuesSignal, due: time.now)
            await recovery.goOnAfterExchange()
            return .done(removed: succession.removed, unproven: changed.unproven)
        }
    }

    /// What keeps a version from being worked with, found without changing anything.
    func objections(to next: EngineConfiguration) async throws(StoreFailure) -> [ProviderID: ChangedProviders.Change] {
        let former = context.configuration.current.providers
        let older = try await OlderScopes.read(next.providers, from: store)
        let changed = ChangedProviders(try await store.openPlaces(), next.providers, older: older)
        return changed.others.filter { former.changed.others[$0.key] == nil }
    }
}

extension Engine {
    /// What became of an activation.
    package enum Activated: Sendable, Hashable {
        /// Everything from now on is decided on it.
        ///
        /// - `removed`: Providers that it does not name, and that finish what they began.
        /// - `unproven`: Open orders at providers whose account nothing but changed secrets names.
        case done(removed: [ProviderID], unproven: [ProviderID: Int])
        /// Orders are open at ids that would mean another operator or account; nothing changed.
        case refused([ProviderID: ChangedProviders.Change])
        /// It could not be made durable that it is the one; nothing changed.
        case notCommitted
    }

    /// The version of the configuration that is worked with; `nil` where nobody keeps versions.
    package var configuration: ConfigurationStamp? { context.configuration.current.stamp }

    /// Works with another version of the configuration from now on, between two decisions.
    ///
    /// What was decided before ends on the version that it was decided on.
    ///
    /// - Parameters:
    ///   - next: The version. A provider that did not change keeps everything that is known of it.
    ///   - commit: Makes durable that it is the one, after it was looked at and before anything is decided on it; says `false`
    ///     if somebody else was faster.
    /// - Returns: What became of it.
    /// - Throws: ``StoreFailure`` if the store cannot be asked or written; then nothing changed.
    package func activate(
        _ next: EngineConfiguration, commit: @Sendable () async throws(StoreFailure) -> Bool = { true }
    ) async throws(StoreFailure) -> Activated {
        try await parts.exchange.activate(next, commit: commit)
    }

    /// What would keep a version from being activated: ids under which orders are open and that would mean another operator or
    /// account.
    package func objections(
        to next: EngineConfiguration
    ) async throws(StoreFailure) -> [ProviderID: ChangedProviders.Change] {
        try await parts.exchange.objections(to: next)
    }
}
