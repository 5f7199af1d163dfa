/// What moves money, and is sent, read and checked under this name.
public enum MoneyOperation: String, Sendable, Hashable, CaseIterable {
    /// Money in, from a payer.
    case collect
    /// Money held at the payer's side; only a capture collects it.
    case authorize
    /// Collects money held earlier, all of it or a part.
    case capture
    /// Releases money held earlier.
    case void
    /// Money back, for a collection.
    case refund
    /// Money out, to a customer.
    case payout

    /// Whether success leaves more of our money at the operator, or may.
    var isMoneyIn: Bool { self != .refund && self != .payout }
}

/// One attempt to move money, as a provider sees it.
public enum Instruction: Sendable, Hashable {
    /// Collect, or hold if ``CollectInstruction/capturesLater``.
    case collect(CollectInstruction)
    /// Pay out.
    case payout(PayoutInstruction)
    /// Give back.
    case refund(FollowUpInstruction)
    /// Collect what is held.
    case capture(FollowUpInstruction)
    /// Release what is held.
    case void(FollowUpInstruction)

    /// The collection it asks for; `nil` for every other operation.
    public var collection: CollectInstruction? {
        guard case .collect(let order) = self else { return nil }
        return order
    }

    /// The reference the operator sees.
    public var reference: String {
        switch self {
        case .collect(let order): order.reference
        case .payout(let order): order.reference
        case .refund(let order), .capture(let order), .void(let order): order.reference
        }
    }

    /// The operator's own reference, once known.
    public var operatorReference: String? {
        switch self {
        case .collect(let order): order.operatorReference
        case .payout(let order): order.operatorReference
        case .refund(let order), .capture(let order), .void(let order): order.operatorReference
        }
    }
}

/// One attempt to pay out, as a provider sees it; fixed like a ``CollectInstruction``.
public struct PayoutInstruction: Sendable, Hashable {
    /// The attempt's name in the router; for logs, never for the operator.
    public var attempt: AttemptID
    /// The reference the operator sees, derived, in the kind's ``ReferenceShape``.
    public var reference: String
    /// The channel the customer uses.
    public var channel: PaymentChannel
    /// What to pay out, exactly.
    public var amount: Money
    /// Who gets the money.
    public var customer: Customer
    /// The customer's account number at the biller; only where the provider is one.
    ///
    /// Personal data: for the wire, never for texts and logs.
    public var billAccount: String?
    /// Text for the customer, at most as long as ``PayoutFacts/description`` allows; empty if there is none.
    public var text: String
    /// The shop's order number; not unique, and never our reference.
    public var orderNumber: String?
    /// Who pays.
    public var shop: Shop
    /// The router's own callback address for this provider.
    public var callbackURL: String
    /// When the attempt was made.
    public var createdAt: Moment
    /// The operator's own reference, once known.
    public var operatorReference: String?

    /// Only the core does, and tests: every field comes from what was accepted, so equal attempts give equal instructions.
    public init(
        attempt: AttemptID, reference: String, channel: PaymentChannel, amount: Money, customer: Customer,
        billAccount: String? = nil, text: String = "", orderNumber: String? = nil, shop: Shop = Shop(),
        callbackURL: String, createdAt: Moment,
        operatorReference: String? = nil
    ) {
        self.attempt = attempt
        self.reference = reference
        self.channel = channel
        self.amount = amount
        self.customer = customer
        self.billAccount = billAccount
        self.text = text
        self.orderNumber = orderNumber
        self.shop = shop
        self.callbackURL = callbackURL
        self.createdAt = createdAt
        self.operatorReference = operatorReference
    }
}

/// One attempt to refund, capture or void, as a provider sees it; fixed like a ``CollectInstruction``.
public struct FollowUpInstruction: Sendable, Hashable {
    /// The attempt's name in the router; for logs, never for the operator.
    public var attempt: AttemptID
    /// The reference the operator sees for this operation, derived, in the kind's ``ReferenceShape``.
    public var reference: String
    /// What to give back, collect or release, exactly.
    public var amount: Money
    /// The collection or authorization it is about.
    public var original: OriginalCollection
    /// Which of the payment's operations of this kind it is, counted from 1.
    public var ordinal: Int
    /// Text for the payer, at most as long as ``RefundFacts/description`` allows; empty if there is none.
    public var text: String
    /// The router's own callback address for this provider.
    public var callbackURL: String
    /// When the attempt was made.
    public var createdAt: Moment
    /// The operator's own reference of this operation, once known.
    public var operatorReference: String?

    /// Only the core does, and tests; the ordinal counts the orders of this kind that belong to the payment, from 1.
    public init(
        attempt: AttemptID, reference: String, amount: Money, original: OriginalCollection, ordinal: Int = 1,
        text: String = "", callbackURL: String, createdAt: Moment, operatorReference: String? = nil
    ) {
        self.attempt = attempt
        self.reference = reference
        self.amount = amount
        self.original = original
        self.ordinal = ordinal
        self.text = text
        self.callbackURL = callbackURL
        self.createdAt = createdAt
        self.operatorReference = operatorReference
    }
}

/// The collection or authorization that a refund, capture or void is about.
public struct OriginalCollection: Sendable, Hashable {
    /// Our reference of the attempt that succeeded.
    public var reference: String
    /// The operator's own reference, where it gave one.
    public var operatorReference: String?
    /// The channel the payer used.
    public var channel: PaymentChannel
    /// What was collected or is held.
    public var amount: Money
    /// What has been given back before this order, in minor units of the same currency.
    public var refundedMinorUnits: Int64
    /// Who paid, as far as the order knows.
    public var customer: Customer
    /// When the attempt was made.
    public var createdAt: Moment

    /// As the payment's succeeded, or held, attempt has it.
    public init(
        reference: String, operatorReference: String?, channel: PaymentChannel, amount: Money,
        refundedMinorUnits: Int64 = 0,
        customer: Customer = Customer(), createdAt: Moment
    ) {
        self.reference = reference
        self.operatorReference = operatorReference
        self.channel = channel
        self.amount = amount
        self.refundedMinorUnits = refundedMinorUnits
        self.customer = customer
        self.createdAt = createdAt
    }
}
