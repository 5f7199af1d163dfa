/// Which providers follow those of before, and what each takes over.
///
/// * One that did not change stays the same object, with everything that is known of it.
/// * One that changed and is still the same operator and account takes over what is under way, its breakers and its
///   numbers; with other secrets its credentials begin without a past.
/// * One that means another operator or account takes over that it is drained and the numbers of its requests, nothing else;
///   the one of before stays for the attempts that were made there.
/// * One that is not named any more stays and takes nothing new.
struct ProviderSuccession: Sendable {
    /// Those that the version names, and those of before that it does not.
    private(set) var all: [ProviderRuntime] = []
    /// Those whose id means another operator or account now.
    private(set) var superseded: [ProviderRuntime]
    /// Those that the version names, by id.
    private(set) var named: [ProviderID: ProviderRuntime] = [:]
    /// Those that this version is the first not to name.
    private(set) var removed: [ProviderID] = []

    init(_ next: [ProviderRuntime], after former: ProviderDirectory) {
        superseded = former.superseded
        for runtime in next {
            let successor = former[runtime.id].map { runtime.succeeding($0) } ?? runtime
            if let past = former[runtime.id], !successor.isAtTheSameOperator(as: past) { superseded.append(past) }
            all.append(successor)
            named[successor.id] = successor
        }
        for past in former.sorted where named[past.id] == nil {
            all.append(past.removed())
            if !past.isRemoved { removed.append(past.id) }
        }
    }
}

extension ProviderRuntime {
    /// Whether nothing shows that it is another operator or account than one of before.
    func isAtTheSameOperator(as past: ProviderRuntime) -> Bool {
        [MoneyOperation.collect, .payout].allSatisfy { operation in
            if case .other = past.operatorScope(for: operation).likeness(of: operatorScope(for: operation)) {
                return false
            }
            return true
        }
    }

    /// What takes the place of one of before with the same id.
    func succeeding(_ past: ProviderRuntime) -> ProviderRuntime {
        if self === past { return past }
        guard isAtTheSameOperator(as: past) else { return following(past) }
        guard let definition, let known = past.definition else { return continuing(past, hasSameSecrets: false) }
        if definition == known, !past.isRemoved { return past }
        return continuing(past, hasSameSecrets: definition.secrets == known.secrets)
    }
}
