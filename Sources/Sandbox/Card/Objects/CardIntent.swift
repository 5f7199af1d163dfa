/// A PaymentIntent (docs/protocols/card.md, 2.2); kept in the journal.
struct CardIntent: Codable, Sendable {
    /// The states that a card payment goes through.
    enum Status: String, Codable, Sendable, Hashable {
        case requiresPaymentMethod = "requires_payment_method"
        case requiresConfirmation = "requires_confirmation"
        case requiresAction = "requires_action"
        case processing
        case requiresCapture = "requires_capture"
        case succeeded
        case canceled
    }

    var id: String
    var clientSecret: String
    var created: Int64
    /// What was asked.
    var amount: Int64
    var currency: String
    var status: Status
    /// The token or payment method.
    var instrument: String?
    var paymentMethod: String?
    var metadata: [String: String]
    var description: String?
    var customer: String?
    var transferGroup: String?
    var statementSuffix: String?
    var receiptEmail: String?
    var captureMethod: String
    var returnURL: String?
    var latestCharge: String?
    var lastFailure: CardFailure?
    /// What the object tells once it has succeeded.
    var toldAmount: Int64?
    var toldCurrency: String?
    var canceledAt: Int64?
    var cancellationReason: String?
    /// The key of the confirm that is at work, for events.
    var confirmKey: String?
    /// Whether the one dropped confirm has happened.
    var hasDropped = false
    /// When it succeeds by itself, in milliseconds since 1970.
    var due: Int64?
    /// How the result is notified.
    var callbacks = CallbackStyle.once
    /// What was taken of a hold.
    var captured: Int64?
    /// Counts intents, so that lists have an order.
    var number: Int?

    /// Whether paying it only holds the money.
    var isManual: Bool { captureMethod == "manual" }
    /// What the books call it.
    var reference: String { metadata["reference"] ?? id }
}
