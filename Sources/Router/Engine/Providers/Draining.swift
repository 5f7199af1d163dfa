/// Has providers take no new orders, and take them again.
///
/// Only routes change: an order that is accepted keeps the plan that it was accepted with.
final class Draining: EnginePart {
    let context: EngineContext
    private let lock = AsyncLock()

    init(_ context: EngineContext) { self.context = context }

    /// Applies what is stored, before anything is accepted.
    func begin() async throws(StoreFailure) {
        for (id, drain) in try await StoredDrains.all(in: store) { providers[id]?.setDrain(drain) }
    }

    /// Does something that exchanges providers, while nobody changes what is stored; it is handed what is.
    func whileUnchanged<Value: Sendable>(
        _ body: ([ProviderID: ProviderDrain]) async throws(StoreFailure) -> Value
    ) async throws(StoreFailure) -> Value {
        try await lock.withLock { () async throws(StoreFailure) in try await body(try await StoredDrains.all(in: store))
        }
    }

    /// Changes what is stored, and then what holds here.
    ///
    /// - Returns: What holds now, and whether it was changed; `nil` if there is no such provider. A provider that is being
    ///   drained stays so since the first wish.
    func set(_ drain: ProviderDrain?, of id: ProviderID) async throws(StoreFailure) -> (ProviderDrain?, Bool)? {
        guard let runtime = providers[id] else { return nil }
        return try await lock.withLock { () async throws(StoreFailure) in
            let known = runtime.drain
            guard (known == nil) != (drain == nil) else { return (known, false) }
            try await StoredDrains.set(drain, of: id, in: store)
            runtime.setDrain(drain)
            return (drain, true)
        }
    }
}

extension Engine {
    /// Has a provider take no new orders from now on; what is under way there goes on.
    ///
    /// The caller keeps the record of who wished it.
    ///
    /// - Returns: The drain that holds now, which may be an earlier one; `nil` if there is no such provider.
    package func drain(_ id: ProviderID, _ drain: ProviderDrain) async throws(StoreFailure) -> ProviderDrain? {
        guard let (now, isNew) = try await parts.draining.set(drain, of: id) else { return nil }
        if isNew { observer.record(.drained(provider: id, by: drain.by, isOver: false)) }
        return now
    }

    /// Has a provider take new orders again.
    ///
    /// - Returns: Whether it was being drained; `nil` if there is no such provider.
    package func resume(_ id: ProviderID, by person: String) async throws(StoreFailure) -> Bool? {
        guard let (_, wasDrained) = try await parts.draining.set(nil, of: id) else { return nil }
        if wasDrained { observer.record(.drained(provider: id, by: person, isOver: true)) }
        return wasDrained
    }

    /// Money in attempts at a provider whose outcome is open, by currency code, with how many they are.
    package func exposure(at id: ProviderID) -> [String: (count: Int, minorUnits: Int64)] {
        parts.exposure.sums(at: id)
    }

    /// Every provider with such money, configured or not any more, by name.
    package var exposedProviders: [ProviderID] { parts.exposure.providers }
}
