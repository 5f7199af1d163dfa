extension ProviderManifest {
    /// What a provider declares for one operation that routing chooses a provider for.
    package struct Service: Sendable, Hashable {
        package var operation: MoneyOperation
        package var channels: [PaymentChannel]
        package var currencies: [CurrencyLimits]
        package var phoneCountries: [String]
        package var requires: Set<Requirement>
        /// The form of account numbers, if the operation pays a biller.
        package var biller: BillerFacts?
    }

    /// The declared facts of an operation; `nil` if the provider does not have it.
    package func service(for operation: MoneyOperation) -> Service? {
        switch operation {
        case .payout:
            return payout.map { facts in
                Service(
                    operation: operation, channels: facts.channels, currencies: facts.currencies,
                    phoneCountries: facts.phoneCountries, requires: facts.requires, biller: facts.biller)
            }
        case .authorize where authorization == nil: return nil
        case .collect, .authorize, .refund, .capture, .void:
            let excluded = operation == .authorize ? authorization?.exceptChannels ?? [] : []
            return Service(
                operation: operation, channels: channels.filter { !excluded.contains($0) }, currencies: currencies,
                phoneCountries: phoneCountries, requires: requires)
        }
    }
}

extension MoneyOperation {
    /// What a provider cannot do, in words.
    var verb: String {
        switch self {
        case .collect: "collect"
        case .authorize: "hold money for a later capture"
        case .capture: "capture"
        case .void: "release what is held"
        case .refund: "refund"
        case .payout: "pay out"
        }
    }
}
