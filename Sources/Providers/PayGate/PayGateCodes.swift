import Router

/// The operator's codes, one function per phase: 0, 2, 4 and 6 mean something else in each.
///
/// What is not listed proves nothing, and only others' code says what the operator's page says: each refusal may turn
/// until the contract's quarantine is over, unless the contract names its code. Source:
/// docs/protocols/paygate-global.md, 1, 2 and 5.
enum PayGateCodes {
    /// The reply to a payment by prompt: whether it was registered.
    ///
    /// A refusal may come with an error status; acceptance with one contradicts itself.
    static func registered(_ code: String, accepted: Bool, operatorReference: String?) -> ProviderOutcome {
        switch code {
        case "0" where accepted:
            .pending(Progress(actions: [.approveOnPhone(hint: nil)], operatorReference: operatorReference))
        case "2": .rejected(Refusal(.credentialsRefused, providerCode: code))
        case "4": .rejected(Refusal(.invalidRequest, providerCode: code, isDefinitive: false))
        case "6": .unknown(Doubt(.duplicateReference, providerCode: code))
        default: .unknown(Doubt(.unlisted, providerCode: code))
        }
    }

    /// What the status query says of a payment: here 0 is paid, and 4 and 6 are its end.
    static func payment(_ code: String, _ statement: ReportedTransaction) -> ProviderOutcome {
        switch code {
        case "0": .succeeded(statement)
        case "2":
            .pending(
                Progress(actions: [.approveOnPhone(hint: nil)], operatorReference: statement.operatorReference))
        case "4": .rejected(Refusal(.expired, providerCode: code, isDefinitive: false))
        case "6": .rejected(Refusal(.cancelledByPayer, providerCode: code, isDefinitive: false))
        default: .unknown(Doubt(.unlisted, providerCode: code))
        }
    }

    /// The reply to a payout: 200 is done; by one integration's rule a readable code of 400 to 499 means that it was
    /// not.
    ///
    /// No source says what those codes mean, and nobody can be asked afterwards, so only codes that the contract names
    /// end anything; time-outs, duplicates and throttling are none of them. The status of the reply must not contradict
    /// the code.
    static func payout(_ code: String, status: Int, _ statement: ReportedTransaction) -> ProviderOutcome {
        switch (code, Int64(code) ?? 0) {
        case ("200", _) where (200..<300).contains(status): .succeeded(statement)
        case ("408", _), ("409", _), ("429", _): .unknown(Doubt(.unlisted, providerCode: code))
        case ("401", _), ("403", _): .rejected(Refusal(.credentialsRefused, providerCode: code))
        case (_, 400...499) where status < 500:
            .rejected(Refusal(.unspecified, providerCode: code, isDefinitive: false))
        default: .unknown(Doubt(.unlisted, providerCode: code))
        }
    }
}
