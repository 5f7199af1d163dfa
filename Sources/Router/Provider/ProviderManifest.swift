/// The declared facts of a configured provider: what it can do, for whom, within what limits.
public struct ProviderManifest: Sendable, Hashable {
    /// The kind, for instance `tmoney`.
    public var kind: String
    /// What payers can choose of it; routing offers nothing else.
    public var channels: [PaymentChannel]
    /// What payers call the channels: brands, the same in every language.
    ///
    /// A channel without a name is shown as it is written, with a capital.
    public var channelNames: [PaymentChannel: String]
    /// The currencies it takes, with the operator's own limits.
    public var currencies: [CurrencyLimits]
    /// Countries whose phone numbers it serves; empty if it needs no phone.
    public var phoneCountries: [String]
    /// What an order must carry.
    public var requires: Set<Requirement>
    /// What the payer will have to do, for `GET /v1/channels`: names of `next_action` types.
    public var payerActions: [CustomerAction.Kind]
    /// The form the operator wants our reference in.
    public var referenceShape: ReferenceShape
    /// How the operator behaves where money is at stake.
    public var contract: ProviderContract
    /// How long a description the operator takes for a collection.
    public var description = DescriptionFacts()
    /// What addresses the operator takes for sending payers back; `nil` if it is given none.
    public var returnURLs: ReturnURLFacts?
    /// Time and size limits of a money request.
    public var wireLimits: WireLimits
    /// Whether warm connections may carry money requests; only for operators with a strong key.
    public var mayReuseConnections: Bool
    /// Whether a wallet can hold only one open prompt.
    public var onePromptPerWallet: Bool
    /// Facts about payouts; needed if the provider is ``PayingOut``.
    public var payout: PayoutFacts?
    /// Facts about refunds; needed if the provider is ``Refunding``.
    public var refund: RefundFacts?
    /// Facts about holding money; needed if the provider is ``Capturing`` and ``Voiding``.
    public var authorization: AuthorizationFacts?
    /// What about the operator is believed from documents only; see `docs/unverified.md`.
    public var unverified: [String]
    /// The account at the operator whose money moves, named from the settings (a user name, a merchant number).
    ///
    /// Never a secret: where only a secret names the account, a digest of it. Providers of one kind that name the same
    /// account share the operator's references, so that one reference proves one attempt among all of them.
    public var account: String
    /// The account that payouts and refunds leave from, where it is another one; `nil` if it is the same.
    public var payoutAccount: String?
    /// Whether the operator never gives one reference to two transactions of an account and a kind of movement, for ever.
    ///
    /// `true` only if the operator's own documents say so. Otherwise a repeated reference is a person's question, and no
    /// proof that a statement is wrong.
    public var operatorReferencesAreUnique: Bool
    /// The mobile operators whose wallets a channel reaches, by ISO code of the country and as the numbering plan names
    /// them.
    ///
    /// Only for channels that the router does not know (`tmoney`, `flooz` and `mtn-momo` it does); a channel without an
    /// entry does not depend on whose number the phone is.
    public var carriers: [PaymentChannel: [String: String]]
    /// The one of ``channels`` on which the payer chooses among the others on the operator's own page; `nil` if the
    /// operator has no such page.
    ///
    /// A payment that allows several of the others is opened on it, and ``CollectInstruction/choices`` then says which ones the
    /// page may offer.
    public var choosingChannel: PaymentChannel?

    /// Facts that few kinds have (`description`, `carriers`, `choosingChannel` and the like) are set afterwards.
    public init(
        kind: String, channels: [PaymentChannel], channelNames: [PaymentChannel: String] = [:],
        currencies: [CurrencyLimits],
        phoneCountries: [String] = [], requires: Set<Requirement> = [], payerActions: [CustomerAction.Kind],
        referenceShape: ReferenceShape,
        contract: ProviderContract, wireLimits: WireLimits = WireLimits(), mayReuseConnections: Bool,
        onePromptPerWallet: Bool = false, payout: PayoutFacts? = nil, refund: RefundFacts? = nil,
        authorization: AuthorizationFacts? = nil, unverified: [String] = [], account: String,
        payoutAccount: String? = nil, operatorReferencesAreUnique: Bool,
        carriers: [PaymentChannel: [String: String]] = [:], choosingChannel: PaymentChannel? = nil
    ) {
        self.choosingChannel = choosingChannel
        self.kind = kind
        self.channels = channels
        self.channelNames = channelNames
        self.currencies = currencies
        self.phoneCountries = phoneCountries
        self.requires = requires
        self.payerActions = payerActions
        self.referenceShape = referenceShape
        self.contract = contract
        self.wireLimits = wireLimits
        self.mayReuseConnections = mayReuseConnections
        self.onePromptPerWallet = onePromptPerWallet
        self.payout = payout
        self.refund = refund
        self.authorization = authorization
        self.unverified = unverified
        self.account = account
        self.payoutAccount = payoutAccount
        self.operatorReferencesAreUnique = operatorReferencesAreUnique
        self.carriers = carriers
    }

    /// The same facts of a provider that hands addresses over for the payer's way back.
    public func returningPayers(_ facts: ReturnURLFacts = ReturnURLFacts()) -> ProviderManifest {
        var manifest = self
        manifest.returnURLs = facts
        return manifest
    }

    /// The account at the operator whose money one operation moves.
    public func account(for operation: MoneyOperation) -> String {
        operation.isMoneyIn ? account : payoutAccount ?? account
    }

    /// How the operator behaves for one operation.
    public func contract(for operation: MoneyOperation) -> ProviderContract {
        switch operation {
        case .collect, .authorize: contract
        case .payout: payout?.contract ?? contract
        case .refund: refund?.contract ?? contract
        case .capture, .void: authorization?.contract ?? contract
        }
    }

    /// How long a description the operator takes for one operation.
    public func description(for operation: MoneyOperation) -> DescriptionFacts {
        switch operation {
        case .collect, .authorize: description
        case .payout: payout?.description ?? description
        case .refund: refund?.description ?? description
        case .capture, .void: DescriptionFacts()
        }
    }

    /// The same facts where the platform knows of a shorter limit, for everything the provider does.
    package func limitingDescriptions(to limit: Int?) -> ProviderManifest {
        var manifest = self
        manifest.description = description.limited(to: limit)
        manifest.payout?.description = payout?.description?.limited(to: limit)
        manifest.refund?.description = refund?.description?.limited(to: limit)
        return manifest
    }

    /// What an order must carry so that a provider can work with it.
    public enum Requirement: String, Sendable, Hashable {
        /// The payer's phone number.
        case phone
        /// A card or wallet token.
        case sourceToken = "source_token"
        /// A wallet of the platform's own: the payer's or, for a payout, the payee's.
        case wallet
        /// The customer's account number at a biller; only of payouts.
        case billAccount = "bill_account"
    }

    /// What the operator takes of one currency; an amount outside is refused before anything is sent.
    public struct CurrencyLimits: Sendable, Hashable {
        /// A provider has one set of limits for each currency.
        public var currency: Currency
        /// Smallest amount, in minor units.
        public var minimum: Int64
        /// Largest amount, in minor units.
        public var maximum: Int64
        /// Amounts must be a multiple of this many minor units.
        public var step: Int64

        /// Minor units; both ends are allowed.
        public init(_ currency: Currency, minimum: Int64, maximum: Int64, step: Int64 = 1) {
            self.currency = currency
            self.minimum = minimum
            self.maximum = maximum
            self.step = step
        }
    }
}

extension ProviderManifest.CurrencyLimits {
    /// Why an amount is outside limits.
    public enum Breach: Sendable, Hashable {
        /// It is less than this.
        case below(Money)
        /// It is more than this.
        case above(Money)
        /// It is no multiple of this.
        case betweenSteps(of: Money)
    }

    /// Why an amount of this currency is outside the limits, or `nil` if it is not.
    ///
    /// The one place where limits are checked.
    public func breach(by amount: Money) -> Breach? {
        if amount.minorUnits < minimum { return .below(Money(minimum, currency)) }
        if amount.minorUnits > max(minimum, maximum) { return .above(Money(max(minimum, maximum), currency)) }
        return amount.minorUnits % max(1, step) == 0 ? nil : .betweenSteps(of: Money(step, currency))
    }

    /// The same limits within a platform's own; `nil` if they have no amount in common.
    package func within(_ limit: ClosedRange<Int64>?) -> Self? {
        guard let limit else { return self }
        let (low, high) = (max(minimum, limit.lowerBound), min(max(minimum, maximum), limit.upperBound))
        return low <= high ? Self(currency, minimum: low, maximum: high, step: step) : nil
    }
}

/// The form an operator wants our reference in.
///
/// The reference is always derived, never random.
public enum ReferenceShape: Sendable, Hashable {
    /// A UUID in text form with version-4 bits, 36 characters.
    case uuid
    /// Lower-case hexadecimal digits, 16 to 64 of them.
    case hexadecimal(length: Int)
}
