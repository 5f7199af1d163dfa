/// A request that nobody made: what a finding shows, and what classes of requests are tried with.
package struct RequestSketch: Sendable {
    package var operation = RouteOperation.collect
    package var currency = Currency.xof
    package var amount: Int64 = 1
    package var channels: [PaymentChannel] = []
    package var app = AppID.none
    package var appName: String?
    package var metadata: [String: String] = [:]
    package var phone: MSISDN?
    package var payerCountry: String?
    package var card = CardFacts()
    package var language: String?
    package var history: CustomerHistory?
    package var now = Moment(milliseconds: 0)
    package var attempt = 1
    package var lastFailure: RefusalReason?
    package var hasToken = false
    package var hasWallet = false
    package var billAccount: String?
    /// Where it falls, by the subject and salt of each bucket.
    package var places: [HashBucket: Int] = [:]

    /// What routing would know of it.
    package func facts(_ environment: PayEnvironment) -> RouteFacts {
        var request = OrderRequest(
            amount: Money(amount, currency), channels: channels, customer: Customer(phone: phone), metadata: metadata)
        request.capturesLater = operation == .authorize
        request.billAccount = billAccount
        request.language = language
        request.payerCountry = payerCountry
        request.card = card.isEmpty ? nil : card
        let kind: OrderKind = operation.operation == .payout ? .payout : .payment
        var facts = RouteFacts(
            request, kind, order: OrderID.none(kind), app: app, environment: environment,
            isRefund: operation == .refund, at: now)
        facts.appName = appName
        facts.hasSourceToken = hasToken
        facts.hasWallet = hasWallet
        facts.history = history
        facts.attempt = attempt
        facts.lastFailure = lastFailure
        return facts
    }
}
