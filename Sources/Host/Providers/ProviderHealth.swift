import Router

/// How a provider is, as far as this process knows; nothing is asked for it.
struct ProviderHealth: Sendable, Hashable {
    let id: ProviderID
    let kind: String
    let environment: PayEnvironment
    let operations: [OperationHealth]
    let drain: ProviderDrain?
    /// Money whose outcome is open, and the most there may be of it.
    let exposure: [ProviderExposure]
    /// Our money there, as its operator last told.
    let balances: [KnownBalance]
    /// Whether its operator tells balances at all.
    let tellsBalance: Bool
    /// What nobody has confirmed with its operator yet.
    let unverified: [String]

    /// The worst of its operations.
    var state: HealthState {
        let states = Set(operations.map(\.verdict.state))
        return HealthState.allCases.last { states.contains($0) } ?? .operational
    }
}

/// How one operation of a provider is, on all of its channels: they share breaker, credentials and wire.
struct OperationHealth: Sendable, Hashable {
    let operation: MoneyOperation
    let channels: [PaymentChannel]
    let verdict: HealthVerdict
    let standing: ProviderStanding
    let recent: RecentExchanges
    /// Orders that its operator still has something to say about.
    let openOrders: Int
}

/// Money of one currency that may or may not have moved at a provider.
struct ProviderExposure: Sendable, Hashable {
    let amount: Money
    let attempts: Int
    /// Nothing more is sent beyond it; `nil` if there is no limit.
    let limit: Money?

    var isFull: Bool { limit.map { amount.minorUnits >= $0.minorUnits } ?? false }
}

/// Reads the health of all providers.
struct ProviderHealthReader: Sendable {
    let engine: Engine
    let watch: ExchangeWatch

    /// Every configured provider's, by name.
    func all() async throws(StoreFailure) -> [ProviderHealth] {
        let open = Dictionary(grouping: try await engine.store.openPlaces()) { $0.provider }
        let unknown = Dictionary(grouping: try await engine.store.unknownAttempts()) { $0.provider }
        return engine.providers.values.sorted { $0.id < $1.id }.map { runtime in
            health(runtime, open[runtime.id] ?? [], oldest: (unknown[runtime.id] ?? []).map(\.oldest).min())
        }
    }

    private func health(_ runtime: ProviderRuntime, _ open: [OpenPlace], oldest: Moment?) -> ProviderHealth {
        let exposure = self.exposure(runtime)
        let drain = runtime.drain
        return ProviderHealth(
            id: runtime.id, kind: runtime.manifest.kind, environment: runtime.environment,
            operations: MoneyOperation.allCases.filter(runtime.can).map { operation in
                let figures = HealthFigures(
                    standing: runtime.standing(operation), drain: drain, isRetired: runtime.isRetired,
                    isExposed: exposure.contains(where: \.isFull), recent: watch.recent(runtime.id, operation),
                    oldestUnknown: oldest)
                return OperationHealth(
                    operation: operation, channels: runtime.manifest.service(for: operation)?.channels ?? [],
                    verdict: HealthVerdict(figures, at: engine.time.now), standing: figures.standing,
                    recent: figures.recent,
                    openOrders: open.filter { $0.operation == operation }.reduce(0) { $0 + $1.count })
            }, drain: drain, exposure: exposure, balances: runtime.balances,
            tellsBalance: runtime.provider is any BalanceReporting, unverified: runtime.manifest.unverified)
    }

    private func exposure(_ runtime: ProviderRuntime) -> [ProviderExposure] {
        let sums = engine.exposure(at: runtime.id)
        let codes = Set(sums.keys).union(runtime.exposureLimits.keys).sorted()
        return codes.compactMap { code in
            Currency(code: code).map { currency in
                ProviderExposure(
                    amount: Money(sums[code]?.minorUnits ?? 0, currency), attempts: sums[code]?.count ?? 0,
                    limit: runtime.exposureLimits[code].map { Money($0, currency) })
            }
        }
    }
}
