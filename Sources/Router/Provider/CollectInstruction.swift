/// One attempt to collect money, as a provider sees it.
///
/// Everything in it is fixed before `prepare` is called and is the same after a restart, so that a stored reply can be
/// read again.
public struct CollectInstruction: Sendable, Hashable {
    /// The attempt's name in the router; for logs, never for the operator.
    public var attempt: AttemptID
    /// The reference the operator sees, derived, unique per provider and credential, already in the kind's
    /// ``ReferenceShape``.
    public var reference: String
    /// The channel the payer uses.
    public var channel: PaymentChannel
    /// The channels among which the payer may choose on the operator's page, best first; empty if every one is allowed.
    ///
    /// The provider serves them all. Empty on every channel but ``ProviderManifest/choosingChannel``.
    public var choices: [PaymentChannel]
    /// What to collect, exactly.
    public var amount: Money
    /// The payer, as far as known.
    public var customer: Customer
    /// A card or wallet token from the caller.
    ///
    /// A one-time secret.
    public var sourceToken: Secret?
    /// Text for the payer, at most as long as ``ProviderManifest/description`` allows; empty if there is none.
    public var text: String
    /// The shop's order number; not unique, and never our reference.
    public var orderNumber: String?
    /// Who sells.
    public var shop: Shop
    /// Where the payer's browser goes afterwards.
    public var returnURLs: ReturnURLs
    /// The router's own callback address for this provider.
    public var callbackURL: String
    /// When the attempt was made; use it for time stamps in requests, so that bytes stay equal.
    public var createdAt: Moment
    /// How long a hosted session should live, in seconds.
    public var sessionSeconds: Int64
    /// The operator's own reference, once known (an intent's id, a session's id).
    public var operatorReference: String?
    /// Whether the amount shall only be held, until a capture or a void.
    ///
    /// ``ProviderOutcome/succeeded(_:)`` then means that it is held.
    public var capturesLater: Bool
    /// The payer's language (ISO 639-1), where the caller told.
    public var language: String?

    /// Only the core does, and tests: every field comes from what was accepted, so equal attempts give equal instructions.
    public init(
        attempt: AttemptID, reference: String, channel: PaymentChannel, choices: [PaymentChannel] = [], amount: Money,
        customer: Customer = Customer(), sourceToken: Secret? = nil, text: String = "", orderNumber: String? = nil,
        shop: Shop = Shop(), returnURLs: ReturnURLs = ReturnURLs(), callbackURL: String, createdAt: Moment,
        sessionSeconds: Int64 = 300, operatorReference: String? = nil, capturesLater: Bool = false,
        language: String? = nil
    ) {
        self.attempt = attempt
        self.reference = reference
        self.channel = channel
        self.choices = choices
        self.amount = amount
        self.customer = customer
        self.sourceToken = sourceToken
        self.text = text
        self.orderNumber = orderNumber
        self.shop = shop
        self.returnURLs = returnURLs
        self.callbackURL = callbackURL
        self.createdAt = createdAt
        self.sessionSeconds = sessionSeconds
        self.operatorReference = operatorReference
        self.capturesLater = capturesLater
        self.language = language
    }
}

/// The payer, as far as the caller told.
///
/// Personal data: sealed at rest, masked in print.
public struct Customer: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Where a prompt goes, or whose wallet it is; `nil` where the channel needs none.
    public var phone: MSISDN?
    /// The e-mail address.
    public var email: String?
    /// As the caller gave it; personal data.
    public var name: String?

    /// Everything may be missing; ``ProviderManifest/requires`` keeps such orders from kinds that need it.
    public init(phone: MSISDN? = nil, email: String? = nil, name: String? = nil) {
        self.phone = phone
        self.email = email
        self.name = name
    }

    /// The masked phone number and which of the other facts are known.
    public var description: String {
        let known = [phone?.masked, email.map { _ in "<email>" }, name.map { _ in "<name>" }].compactMap(\.self)
        return "Customer(" + known.joined(separator: ", ") + ")"
    }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where the payer's browser goes after a hosted page.
///
/// They carry no authority: arriving there proves nothing.
public struct ReturnURLs: Sendable, Hashable {
    /// Where the payer's browser goes after success; that it came there proves nothing.
    public var success: String?
    /// Where it goes after a failure.
    public var failure: String?
    /// After the payer cancelled.
    public var cancel: String?

    /// Absolute web addresses, as the shop gave them; `nil` where it gave none.
    public init(success: String? = nil, failure: String? = nil, cancel: String? = nil) {
        self.success = success
        self.failure = failure
        self.cancel = cancel
    }
}

/// A code the payer typed, to complete a collection.
public struct Confirmation: Sendable, Hashable {
    /// As the payer typed it; a secret, because it moves money.
    public var code: Secret
    /// The operator's payment id from its form, where the flow supplies one.
    public var operatorPaymentID: String?

    /// Takes both as the payer or the form gave them: nothing is trimmed or checked here.
    public init(code: Secret, operatorPaymentID: String?) {
        self.code = code
        self.operatorPaymentID = operatorPaymentID
    }
}
