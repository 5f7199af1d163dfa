/// Which requests a provider takes on any day, by what it declares.
struct ProviderReach {
    let space: RequestSpace

    /// The requests that a provider does not object to for good.
    ///
    /// The form of descriptions, return addresses and account numbers is left out: another request has another text.
    func requests(_ provider: AnalysedProvider) -> RequestSet {
        RequestSet(clauses: RouteOperation.allCases.flatMap { clauses(provider, $0) })
    }

    private func clauses(_ provider: AnalysedProvider, _ operation: RouteOperation) -> [RequestClause] {
        guard provider.able.contains(operation.operation), !provider.facts.isRetired else { return [] }
        func classes(_ subject: RequestDimension.Subject, _ currency: Currency? = nil) -> ClassBits {
            space.classes(of: subject) { sketch in
                var sketch = sketch
                sketch.operation = operation
                if let currency { sketch.currency = currency }
                return !provider.objections(to: sketch).contains { $0.subject == subject }
            }
        }
        var common = RequestClause(
            space.place(of: .operation), space.classes(of: .operation) { $0.operation == operation })
        for subject in [RequestDimension.Subject.channels, .app, .phone, .token, .wallet, .bill] {
            common = common.flatMap { RequestClause(space.place(of: subject), classes(subject))?.intersection($0) }
        }
        guard let common else { return [] }
        let service = provider.manifest.service(for: operation.operation)
        return (service?.currencies ?? []).compactMap { limits in
            let currency = space.classes(of: .currency) { $0.currency == limits.currency }
            return RequestClause(space.place(of: .currency), currency)?.intersection(common).flatMap { clause in
                RequestClause(space.place(of: .amount), classes(.amount, limits.currency))?.intersection(clause)
            }
        }
    }
}

extension RouteObjection {
    /// What about a request a provider objects to; `nil` for what no request can mend.
    fileprivate var subject: RequestDimension.Subject? {
        switch self {
        case .reservedForOtherApps: .app
        case .servesOnly: .channels
        case .takesOnly, .limitsExcludeOperators, .takesAtLeast, .takesAtMost, .takesMultiples: .amount
        case .needs(.sourceToken): .token
        case .needs(.sourceWallet), .needs(.partyWallet), .takesNoWallet: .wallet
        case .needs(.partyBillAccount), .paysNoBills: .bill
        case .needs(.customerPhone), .needs(.partyPhone), .servesPhones, .needsMobileNumber: .phone
        default: nil
        }
    }
}
