/// What is worth knowing of a provider though it keeps nothing away; ``description`` is what callers read.
package enum RouteNote: Sendable, Hashable, CustomStringConvertible {
    /// Nobody knows whether our money there covers the payout.
    case balanceUnknown(BalanceDoubt)

    package var description: String {
        switch self {
        case .balanceUnknown(let doubt): "its balance is not known (\(doubt)); that alone keeps no payout away"
        }
    }
}

/// Why our money at a provider is not known.
package enum BalanceDoubt: Sendable, Hashable, CustomStringConvertible {
    case notAsked
    case notAnsweredYet
    /// What came of the last question, as its provider says it.
    case failed(String)

    package var description: String {
        switch self {
        case .notAsked: "it has not been asked"
        case .notAnsweredYet: "it has not answered yet"
        case .failed(let why): why
        }
    }
}
