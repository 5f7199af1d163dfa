/// The providers by id, and which of them an attempt may be asked about: the one under its id, while it is still the same
/// operator and account.
final class ProviderDirectory: Sendable {
    let all: [ProviderID: ProviderRuntime]
    let served: ServedChannels
    /// Those of before whose id means another operator or account now: for the attempts that were made there.
    let superseded: [ProviderRuntime]
    /// Providers that are not configured any more, with the number of orders that are still open there.
    let missing: [ProviderID: Int]
    /// Providers whose id means, or may mean, something else than when orders that are open were sent there.
    let changed: ChangedProviders
    /// What attempts of older releases are compared with.
    private let older: OlderScopes

    init(
        _ all: [ProviderRuntime], superseded: [ProviderRuntime] = [], missing: [ProviderID: Int],
        changed: ChangedProviders, older: OlderScopes
    ) {
        self.superseded = superseded
        served = ServedChannels(all)
        self.all = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
        self.missing = missing
        self.changed = changed
        self.older = older
    }

    subscript(id: ProviderID) -> ProviderRuntime? { all[id] }

    /// In order of their ids.
    var sorted: [ProviderRuntime] { all.values.sorted { $0.id < $1.id } }

    /// The queues that have timers: the engine's own and one per provider, those included that are gone.
    var queues: [TimerQueue] { [.engine] + (all.keys.sorted() + missing.keys.sorted()).map(TimerQueue.provider) }

    /// The provider of an attempt; `nil` if it is not configured, or if its id means another operator or account now.
    func runtime(of attempt: Attempt, _ operation: MoneyOperation) -> ProviderRuntime? {
        guard let runtime = all[attempt.provider] else { return nil }
        guard case .other = likeness(of: runtime, to: attempt.scope, operation) else { return runtime }
        return superseded.last { $0.id == attempt.provider && likeness(of: $0, to: attempt.scope, operation) == .same }
    }

    /// How a provider stands to the scope of an attempt or of a collection.
    func likeness(
        of runtime: ProviderRuntime, to scope: String, _ operation: MoneyOperation
    ) -> OperatorScope.Likeness {
        runtime.likeness(to: scope, for: operation, older: older)
    }

    /// Whether an attempt of an order may be made at a provider: what has the payment's money, or holds it, must still be
    /// the same operator and account.
    func isAtItsOperator(_ aggregate: OrderAggregate, _ runtime: ProviderRuntime) -> Bool {
        guard let terms = aggregate.order.request.followUp, !terms.isPaidOut else { return true }
        if case .other = likeness(of: runtime, to: terms.scope, .collect) { return false }
        return true
    }

    /// Whose references the operator's are, also where its provider is gone; `nil` if nothing tells.
    func proofScope(of attempt: Attempt, _ operation: MoneyOperation) -> ProofScope? {
        if let runtime = runtime(of: attempt, operation) { return runtime.proofScope(for: operation) }
        return OperatorScope(attempt.scope).map {
            ProofScope(kind: $0.kind, account: $0.account, isUnique: false)
        }
    }

    /// Whether messages for an id cannot be read for the orders that are open there: nobody is configured under it, or
    /// somebody else.
    func isUnreadable(_ id: ProviderID) -> Bool { all[id] == nil || changed.others[id] != nil }

    /// Whether the provider of an attempt can end its page.
    func canWithdraw(_ attempt: Attempt, _ operation: MoneyOperation) -> Bool {
        runtime(of: attempt, operation).map(\.canWithdraw) ?? false
    }
}
