/// Which providers' ids mean something else than when orders that are still open were sent there.
package struct ChangedProviders: Sendable, Hashable {
    /// A provider and what is open under its id.
    package struct Change: Sendable, Hashable {
        /// How many orders.
        package var count: Int
        /// What is different, in words.
        package var why: String
    }

    /// Ids that mean another operator or account now.
    package var others: [ProviderID: Change] = [:]
    /// Ids of which nothing proves that they mean the same account, because another secret is all there is to see, with the
    /// number of orders.
    package var unproven: [ProviderID: Int] = [:]

    /// Compares what is configured with what is open.
    ///
    /// - Parameters:
    ///   - places: What is open.
    ///   - providers: What is configured.
    ///   - older: The scopes taken for attempts of older releases; see ``OlderScopes``.
    package init(_ places: [OpenPlace], _ providers: [ProviderRuntime], older: OlderScopes) {
        for place in places {
            guard let runtime = providers.first(where: { $0.id == place.provider }) else { continue }
            switch runtime.likeness(to: place.scope, for: place.operation, older: older) {
            case .same: continue
            case .unproven: if !place.scope.isEmpty { unproven[place.provider, default: 0] += place.count }
            case .other(let why): others[place.provider, default: Change(count: 0, why: why)].count += place.count
            }
        }
    }

    /// A sentence for each provider, in order of their ids: what is the matter, and what to do.
    package var warnings: [String] {
        let changed = others.sorted { $0.key < $1.key }.map { Self.text($0.key, $0.value) }
        let open = unproven.sorted { $0.key < $1.key }.map { id, count in
            "\(count) orders are open at \"\(id)\", whose secrets have changed since, and nothing but secrets names its "
                + "account; they are asked about, but nothing is sent again, and \"not found\" ends none of them; if it is "
                + "another account now, give it another id and name the old one again, with \"retired\": true"
        }
        return changed + open
    }

    static func text(_ id: ProviderID, _ change: Change) -> String {
        "\(change.count) orders are open at \"\(id)\", which means another operator or account now (\(change.why)); they are "
            + "not asked about and not sent again; give the new one another id and name the old settings again as \"\(id)\", "
            + "with \"retired\": true if they shall take nothing new, or end their reviews (`payrouter reviews`)"
    }

    /// What to say of orders at a provider that is not configured.
    package static func missing(_ id: ProviderID, _ count: Int, in aggregate: String? = nil) -> String {
        "\(count) orders are open at \"\(id)\", which \(aggregate.map { "\($0) does not name" } ?? "is not configured"); name it "
            + "again, with \"retired\": true if it shall take nothing new, or end their reviews (`payrouter reviews`)"
    }
}

/// What is taken for the scopes of attempts that older releases made without any: what was configured at the first start
/// that could have known them.
///
/// That is believed, not known, so it is never more than ``OperatorScope/Likeness/unproven``.
package struct OlderScopes: Sendable, Hashable {
    private var scopes: [ProviderID: [OperatorScope]] = [:]

    private static let separator: Character = "\u{1E}"
    private static func fact(_ id: ProviderID) -> String { "older_scope:\(id)" }

    package init() {}

    /// Reads what earlier starts took down, and changes nothing.
    package static func read(
        _ providers: [ProviderRuntime], from store: any Store
    ) async throws(StoreFailure) -> OlderScopes {
        var older = OlderScopes()
        for runtime in providers {
            guard let text = try await store.fact(fact(runtime.id)) else { continue }
            older.scopes[runtime.id] = text.split(separator: separator).compactMap { OperatorScope(String($0)) }
        }
        return older
    }

    /// Reads what earlier starts took down, and takes down what is configured for providers that none of them knew.
    static func begin(
        _ providers: [ProviderRuntime], in store: any Store
    ) async throws(StoreFailure) -> OlderScopes {
        var older = try await read(providers, from: store)
        for runtime in providers where older.scopes[runtime.id] == nil {
            guard try await store.hasAttempts(provider: runtime.id) else { continue }
            let scopes = [runtime.operatorScope(for: .collect), runtime.operatorScope(for: .payout)]
            try await store.setFact(fact(runtime.id), scopes.map(\.text).joined(separator: String(separator)))
            older.scopes[runtime.id] = scopes
        }
        return older
    }

    /// How what is configured stands to what was; never better than not proven.
    fileprivate func likeness(
        _ id: ProviderID, _ now: OperatorScope, _ operation: MoneyOperation
    )
        -> OperatorScope.Likeness
    {
        guard let known = scopes[id], let scope = operation.isMoneyIn ? known.first : known.last else {
            return .unproven
        }
        if case .other(let why) = scope.likeness(of: now) { return .other(why) }
        return .unproven
    }
}

extension ProviderRuntime {
    /// Whose account at which operator an operation is done with.
    package func operatorScope(for operation: MoneyOperation) -> OperatorScope {
        OperatorScope(kind: manifest.kind, account: manifest.account(for: operation), endpoint: endpoint)
    }

    /// How this provider stands to the scope that an attempt under its id was made in.
    package func likeness(
        to scope: String, for operation: MoneyOperation, older: OlderScopes
    ) -> OperatorScope.Likeness {
        let now = operatorScope(for: operation)
        guard !scope.isEmpty else { return older.likeness(id, now, operation) }
        if now.isWritten(scope) { return .same }
        guard let stored = OperatorScope(scope) else { return .other("what it was cannot be read") }
        return stored.likeness(of: now)
    }
}
