/// What a caller asked for, checked and typed.
package struct OrderRequest: Sendable, Hashable {
    package var amount: Money
    /// The channels the caller allows, best first; empty means any.
    package var channels: [PaymentChannel]
    package var customer: Customer
    package var sourceToken: Secret?
    /// The caller's own order number.
    package var reference: String?
    package var description: String?
    package var returnURLs: ReturnURLs
    package var metadata: [String: String]
    /// Seconds after which no new work starts.
    package var expiresInSeconds: Int64

    /// Whether the amount shall only be held until a capture.
    package var capturesLater = false
    /// The app's name when the order was accepted; `nil` if it was not known then.
    package var shop: String?
    /// The payer's language (ISO 639-1), as far as the caller told.
    package var language: String?
    /// ISO code of the country whose phone numbers the payer may write without the calling code.
    package var defaultCountry: String?
    /// Whether nothing starts before the payer has chosen on the hosted page.
    package var isHosted = false
    /// The earlier order of the same order number that this one repeats on purpose; see ``OrderLock``.
    package var repeatOf: OrderID?
    /// Whether the shop has to accept the amount with its secret key before money can be taken: the payment was begun with
    /// a publishable key, so a browser chose the amount.
    package var needsAcceptance = false
    /// What a refund, capture or void is about.
    package var followUp: FollowUpTerms?
    /// The payer's wallet of a payment by wallet, or the payee's of a payout to one.
    package var wallet: WalletID?
    /// Where a payment's money goes, or a payout's comes from; `nil` for the app's own account.
    package var account: LedgerAccount?
    /// The wallet that the payment's app was linked to when a wallet of ours was to pay it: its money goes there.
    ///
    /// Only of payments whose ``account`` is `nil`, and of what follows them. The app may give back out of it what it
    /// collected into it, and nothing else.
    package var linkedWallet: WalletID?
    /// What the platform keeps, in minor units: of a payment's amount, or beside a payout's.
    package var fee: Int64 = 0
    /// The payee's account number at a biller; only of payouts.
    ///
    /// Personal data: sealed with the payer's part, and shown masked.
    package var billAccount: String?
    /// What a transfer is about.
    package var transfer: TransferTerms?
    /// The bill that a payment pays.
    package var bill: BillID?
    /// The holder who began it; `nil` for what an app began with its key.
    package var initiator: AccountID?
    /// What is paid for, line by line; only of payments.
    ///
    /// Sealed with the payer's part.
    package var lineItems: [LineItem] = []
    /// The caller's own id of the payer; only of payments.
    ///
    /// Personal data: sealed with the payer's part, and told to no operator.
    package var customerID: String?
    /// What a card gateway told the caller of the card behind the token; only of payments.
    ///
    /// Sealed with the payer's part.
    package var card: CardFacts?
    /// ISO 3166 code of the payer's country, if the caller says it.
    package var payerCountry: String?
    /// Where it was begun, if with no secret key and by no holder; ``needsAcceptance`` and ``bill`` tell it, too.
    package var origin: OrderOrigin?

    /// The caller's own name for the HTTP request that created the payment.
    package var callersRequestID: String?

    /// The time in which a payment may start new work, unless the caller says otherwise.
    package static let defaultExpirySeconds: Int64 = 900

    package init(
        amount: Money, channels: [PaymentChannel] = [], customer: Customer = Customer(), sourceToken: Secret? = nil,
        reference: String? = nil, description: String? = nil, returnURLs: ReturnURLs = ReturnURLs(),
        metadata: [String: String] = [:], expiresInSeconds: Int64 = defaultExpirySeconds
    ) {
        self.amount = amount
        self.channels = channels
        self.customer = customer
        self.sourceToken = sourceToken
        self.reference = reference
        self.description = description
        self.returnURLs = returnURLs
        self.metadata = metadata
        self.expiresInSeconds = expiresInSeconds
    }
}

/// Where an order was begun that neither an app's secret key nor a holder began.
package enum OrderOrigin: String, Sendable, Hashable, CaseIterable {
    /// By a browser, with an app's publishable key.
    case publishableKey = "publishable_key"
    /// Behind a static QR code of an app or of its wallet.
    case staticQR = "static_qr"
    /// In the operator's own menu: the payer typed a bill's code there.
    case operatorMenu = "operator_menu"
    /// In the console, by somebody who was signed in.
    case console
}

extension OrderRequest {
    /// What an order with these terms asks of operators.
    package func operation(for kind: OrderKind) -> MoneyOperation {
        kind == .payment && capturesLater ? .authorize : kind.facts.operation
    }
}
