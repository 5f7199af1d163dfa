/// Declared facts about payouts.
public struct PayoutFacts: Sendable, Hashable {
    /// The channels money can be paid out through.
    public var channels: [PaymentChannel]
    /// The currencies, with the operator's limits for one payout.
    public var currencies: [ProviderManifest.CurrencyLimits]
    /// Countries whose phone numbers it pays; empty if it needs no phone.
    public var phoneCountries: [String]
    /// What an order must carry.
    public var requires: Set<ProviderManifest.Requirement>
    /// How long a description the operator takes; `nil` if it is as for collections.
    public var description: DescriptionFacts?
    /// How the operator behaves when paying out.
    public var contract: ProviderContract
    /// Facts about its customers' accounts, if the operator is a biller; `nil` if it is none.
    public var biller: BillerFacts?

    /// A ``description`` of its own is set afterwards, where the operator has another limit than for collections.
    public init(
        channels: [PaymentChannel], currencies: [ProviderManifest.CurrencyLimits], phoneCountries: [String] = [],
        requires: Set<ProviderManifest.Requirement> = [], contract: ProviderContract, biller: BillerFacts? = nil
    ) {
        self.biller = biller
        self.channels = channels
        self.currencies = currencies
        self.phoneCountries = phoneCountries
        self.requires = requires
        self.contract = contract
    }
}

/// Declared facts about refunds.
public struct RefundFacts: Sendable, Hashable {
    /// Whether less than the whole collection can be given back.
    public var allowsPartial: Bool
    /// Whether one collection can be refunded more than once.
    public var allowsSeveral: Bool
    /// How long after the collection it can be refunded, in seconds; `nil` if no limit is known.
    public var withinSeconds: Int64?
    /// Channels of the provider whose collections cannot be refunded.
    public var exceptChannels: Set<PaymentChannel>
    /// How long a description the operator takes; `nil` if it is as for collections.
    public var description: DescriptionFacts?
    /// How the operator behaves when refunding.
    public var contract: ProviderContract

    /// No limit of time means that none is on record, not that there is none.
    public init(
        allowsPartial: Bool, allowsSeveral: Bool, withinSeconds: Int64? = nil, exceptChannels: Set<PaymentChannel> = [],
        contract: ProviderContract
    ) {
        self.allowsPartial = allowsPartial
        self.allowsSeveral = allowsSeveral
        self.withinSeconds = withinSeconds
        self.exceptChannels = exceptChannels
        self.contract = contract
    }
}

/// Declared facts about holding money before collecting it.
public struct AuthorizationFacts: Sendable, Hashable {
    /// How long the operator holds the money, in seconds; afterwards it lapses by itself.
    public var lifetimeSeconds: Int64
    /// Whether less than the whole amount can be captured; the rest is then released.
    public var allowsPartialCapture: Bool
    /// Channels of the provider on which money cannot be held.
    public var exceptChannels: Set<PaymentChannel>
    /// How the operator behaves when capturing and releasing.
    public var contract: ProviderContract

    /// The lifetime must be a careful one: a hold is captured or released before it ends.
    public init(
        lifetimeSeconds: Int64, allowsPartialCapture: Bool, exceptChannels: Set<PaymentChannel> = [],
        contract: ProviderContract
    ) {
        self.lifetimeSeconds = lifetimeSeconds
        self.allowsPartialCapture = allowsPartialCapture
        self.exceptChannels = exceptChannels
        self.contract = contract
    }
}
