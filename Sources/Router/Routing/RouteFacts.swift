/// What routing knows about an order: made from its request, here and nowhere else.
package struct RouteFacts: Sendable, Hashable {
    package var order: OrderID
    /// What is asked of a provider: to collect, authorize or pay out.
    package var operation: MoneyOperation
    package var app: AppID
    package var environment: PayEnvironment
    package var amount: Money
    package var channels: [PaymentChannel]
    package let phone: MSISDN?
    /// Whose number the phone seems to be; `nil` if the prefix does not tell.
    package let phoneOperator: PhoneOperator?
    package var hasSourceToken: Bool
    /// Whether the payer, or the payee of a payout, is a wallet of the platform's own.
    package var hasWallet: Bool
    /// The payee's account number at a biller.
    package let billAccount: String?
    package var metadata: [String: String]
    /// The caller's text for the payer or payee.
    package var description: String?
    /// Where the payer's browser comes back to; nowhere where that is the router's own page.
    package var returnURLs: ReturnURLs
    /// The shop's order number.
    package var orderNumber: String?
    package var now: Moment
    /// Whether it pays back what a payment took, of a payout.
    package var isRefund: Bool
    /// The app's name when the order was made; `nil` if it was not known.
    package var appName: String?
    /// What is known of the card behind the token.
    package var card: CardFacts?
    /// ISO 3166 code of the payer's country: what the caller says, else the phone's, else the card's.
    package var payerCountry: String?
    /// The payer's language (ISO 639-1).
    package var language: String?
    /// What earlier orders of the same number tell; `nil` if nobody looked, or there is no number.
    package var history: CustomerHistory?
    /// Which attempt it would be, beginning with 1.
    package var attempt = 1
    /// Why the attempt before ended.
    package var lastFailure: RefusalReason?
    /// What shares of orders are drawn by.
    package let orderHash: UInt64
    /// What shares of customers are drawn by: the phone number, else the caller's own id, else the wallet; `nil` if none is
    /// known.
    package let customerHash: UInt64?

    /// What there is to know of a request.
    ///
    /// - Parameters:
    ///   - request: A payment's, or a payout's.
    ///   - kind: Which of the two.
    ///   - order: Whose it is; what is drawn by weight is drawn by this.
    ///   - app: Who asks.
    ///   - environment: Where.
    ///   - isRefund: Whether it pays back what a payment took, of a payout.
    ///   - now: The present.
    package init(
        _ request: OrderRequest, _ kind: OrderKind, order: OrderID, app: AppID, environment: PayEnvironment,
        isRefund: Bool = false, at now: Moment
    ) {
        self.order = order
        operation = request.operation(for: kind)
        self.app = app
        self.environment = environment
        amount = request.amount
        channels = request.channels
        phone = request.customer.phone
        phoneOperator = request.customer.phone.flatMap { PhoneOperator(of: $0) }
        hasSourceToken = request.sourceToken != nil
        hasWallet = request.wallet != nil
        billAccount = operation == .payout ? request.billAccount : nil
        metadata = request.metadata
        description = request.description
        returnURLs = request.isHosted ? ReturnURLs() : request.returnURLs
        orderNumber = request.reference
        self.now = now
        self.isRefund = isRefund
        appName = request.shop
        card = request.card
        payerCountry = request.payerCountry ?? request.customer.phone?.countryCode ?? request.card?[.country]
        language = request.language
        orderHash = StableHash.of(order.text)
        let customer = request.customer.phone?.international ?? request.customerID ?? request.wallet?.text
        customerHash = customer.map { StableHash.of($0) }
    }

    /// Whether the router chooses the channel: the caller named none, or several.
    package var leavesChannelOpen: Bool { Set(channels).count != 1 }
}
