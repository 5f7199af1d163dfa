/// Which provider an attempt may be asked about: the one under its id, while it is still the same operator and account.
extension Engine {
    /// The provider of an attempt; `nil` if it is not configured, or if its id means another operator or account now.
    func runtime(of attempt: Attempt, _ operation: MoneyOperation) -> ProviderRuntime? {
        guard let runtime = providers[attempt.provider] else { return nil }
        if case .other = likeness(of: runtime, to: attempt.scope, operation) { return nil }
        return runtime
    }

    /// How a provider stands to the scope of an attempt or of a collection.
    func likeness(
        of runtime: ProviderRuntime, to scope: String, _ operation: MoneyOperation
    ) -> OperatorScope.Likeness {
        runtime.likeness(to: scope, for: operation, older: olderScopes)
    }

    /// Whether an attempt of an order may be made at a provider: what has the payment's money, or holds it, must still be
    /// the same operator and account.
    func isAtItsOperator(_ file: OrderFile, _ runtime: ProviderRuntime) -> Bool {
        guard let terms = file.order.request.followUp, !terms.isPaidOut else { return true }
        if case .other = likeness(of: runtime, to: terms.scope, .collect) { return false }
        return true
    }

    /// Whose references the operator's are, also where its provider is gone; `nil` if nothing tells.
    func settlement(of attempt: Attempt, _ operation: MoneyOperation) -> SettlementScope? {
        if let runtime = self.runtime(of: attempt, operation) { return runtime.settlement(for: operation) }
        return OperatorScope(attempt.scope).map {
            SettlementScope(kind: $0.kind, account: $0.account, isUnique: false)
        }
    }

    /// Whether messages for an id cannot be read for the orders that are open there: nobody is configured under it, or
    /// somebody else.
    func isUnreadable(_ id: ProviderID) -> Bool { providers[id] == nil || changedProviders.others[id] != nil }
}
