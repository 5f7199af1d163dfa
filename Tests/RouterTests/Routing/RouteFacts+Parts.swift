import Router

extension RouteFacts {
    /// The facts of a request that says this and nothing else.
    init(
        order: OrderID, operation: MoneyOperation = .collect, app: AppID, environment: PayEnvironment, amount: Money,
        channels: [PaymentChannel] = [], phone: MSISDN? = nil, hasSourceToken: Bool = false,
        metadata: [String: String] = [:],
        description: String? = nil, now: Moment
    ) {
        var request = OrderRequest(
            amount: amount, channels: channels, customer: Customer(phone: phone),
            sourceToken: hasSourceToken ? Secret("tok_1") : nil, description: description, metadata: metadata)
        request.capturesLater = operation == .authorize
        self.init(
            request, operation == .payout ? .payout : .payment, order: order, app: app, environment: environment,
            at: now)
    }
}
