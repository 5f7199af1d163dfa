/// Tells how much money of ours the operator holds.
public protocol BalanceReporting: PaymentProvider {
    /// Asks for every balance there is.
    func balances(asking wire: any Asking) async -> BalanceFinding
}

/// What asking for balances gave.
public enum BalanceFinding: Sendable, Hashable {
    /// The operator told.
    case known([Balance])
    /// It could not be asked, or its answer is no answer.
    case couldNotAnswer(String)
}

/// Money of ours at an operator that can be paid out now.
public struct Balance: Sendable, Hashable {
    /// The channels whose payouts draw on it; empty means all of the provider's.
    public var channels: [PaymentChannel]
    /// How much is available.
    public var available: Money

    /// Without channels it counts for every payout of the provider.
    public init(_ available: Money, channels: [PaymentChannel] = []) {
        self.available = available
        self.channels = channels
    }
}

/// Tells whether a phone number belongs to a customer of the operator.
public protocol PartyLookup: PaymentProvider {
    /// Asks about one number. Harmless; nothing is told to the customer.
    func party(_ phone: MSISDN, on channel: PaymentChannel, asking wire: any Asking) async -> PartyFinding
}

/// What asking about a party gave.
public enum PartyFinding: Sendable, Hashable {
    /// The operator knows the number.
    case customer(Party)
    /// The operator was asked properly and does not know the number.
    case notCustomer
    /// It could not be asked, or its answer is no answer.
    case couldNotAnswer(String)
}

/// A customer of an operator.
public struct Party: Sendable, Hashable {
    /// Whether the account can receive and pay now.
    public var isActive: Bool
    /// The name as the operator tells it.
    ///
    /// Personal data: the router shows it masked and never stores it.
    public var name: String?

    /// The name as the operator told it; it is masked later.
    public init(isActive: Bool, name: String? = nil) {
        self.isActive = isActive
        self.name = name
    }
}

/// Can be asked something harmless that shows whether the credentials work (`payrouter providers test`).
///
/// Providers that are ``AccessTokenIssuing`` need not implement it: their login is the test.
public protocol CredentialProbing: PaymentProvider {
    /// Asks a question that changes nothing and that wrong credentials cannot answer.
    func probe(asking wire: any Asking) async -> ProbeFinding
}

/// What `payrouter providers test` says about the credentials.
public enum ProbeFinding: Sendable, Hashable {
    /// The operator accepted the credentials; the text says how that shows.
    case accepted(String)
    /// The operator refused the credentials; the text says how that shows.
    case refused(String)
    /// Nothing is proven either way.
    case unclear(String)
}
