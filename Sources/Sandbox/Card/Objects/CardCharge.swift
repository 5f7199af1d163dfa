/// A Charge (docs/protocols/card.md, 2.1), made directly or by an intent; kept in the journal.
struct CardCharge: Codable, Sendable {
    /// How it stands.
    enum Status: String, Codable, Sendable, Hashable {
        case succeeded
        case pending
        case failed
    }

    var id: String
    var created: Int64
    /// Counts charges, so that lists have an order.
    var number: Int
    /// What was asked.
    var amount: Int64
    var currency: String
    var status: Status
    var instrument: String
    var paymentIntent: String?
    var metadata: [String: String]
    var description: String?
    var customer: String?
    var receiptEmail: String?
    var statementSuffix: String?
    var transferGroup: String?
    var failure: CardFailure?
    /// What the object tells once it has succeeded.
    var toldAmount: Int64?
    var toldCurrency: String?
    /// The key of the call that made it, for events.
    var key: String?
    /// When it succeeds by itself, in milliseconds since 1970.
    var due: Int64?
    /// How the result is notified.
    var callbacks = CallbackStyle.once
    /// Whether the money is only held.
    var isHeld: Bool?
    /// What was taken of a hold.
    var captured: Int64?
    /// Money given back, by refund id.
    var refunded: Int64?
    var isReleased: Bool?
    var isDisputed: Bool?

    /// What can still be given back.
    var rest: Int64 { (captured ?? toldAmount ?? amount) - (refunded ?? 0) }
    /// What the books call it.
    var reference: String { metadata["reference"] ?? id }
}
