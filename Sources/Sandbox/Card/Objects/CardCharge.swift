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

extension CardCharge {
    /// The object as the wire shows it.
    ///
    /// The address is the sandbox's own, for the receipt; an intent takes the place of its id
    /// (`expand[]=payment_intent`).
    func json(address: String, intent: CardIntent? = nil) -> JSONValue {
        let isDone = status == .succeeded
        let told = isDone ? toldAmount ?? amount : amount
        return [
            "id": .text(id), "object": "charge", "amount": .number(told),
            "amount_captured": .number(isHeld == true ? 0 : isDone ? captured ?? told : 0),
            "amount_refunded": .number(refunded ?? 0), "balance_transaction": nil,
            "captured": .bool(isDone && isHeld != true), "created": .number(created),
            "currency": .text(isDone ? toldCurrency ?? currency : currency), "customer": .optional(customer),
            "description": .optional(description), "disputed": .bool(isDisputed ?? false),
            "failure_code": .optional(failure?.code),
            "failure_message": .optional(failure?.message), "livemode": false, "metadata": metadata.json,
            "outcome": outcome, "paid": .bool(isDone),
            "payment_intent": intent.map { $0.json(address: address) } ?? .optional(paymentIntent),
            "payment_method": .text("pm_\(id.dropFirst(3))"), "payment_method_details": details,
            "receipt_email": .optional(receiptEmail), "receipt_url": .text("\(address)/card/receipts/\(id)"),
            "refunded": .bool(isReleased == true || (refunded ?? 0) > 0 && rest == 0),
            "statement_descriptor_suffix": .optional(statementSuffix),
            "status": .text(status.rawValue), "transfer_group": .optional(transferGroup),
        ]
    }

    private var outcome: JSONValue {
        switch status {
        case .pending: nil
        case .succeeded:
            [
                "type": "authorized", "network_status": "approved_by_network", "reason": nil, "risk_level": "normal",
                "seller_message": "Payment complete.",
            ]
        case .failed:
            [
                "type": "issuer_declined", "network_status": "declined_by_network",
                "reason": .optional(failure?.declineCode ?? failure?.code), "risk_level": "normal",
                "seller_message": "The bank did not accept the payment.",
                "advice_code": .optional(failure?.adviceCode),
            ]
        }
    }

    private var details: JSONValue {
        let card = CardInstrument.named(instrument)
        return [
            "type": "card",
            "card": [
                "brand": .optional(card?.brand), "last4": .optional(card?.last4), "exp_month": 12, "exp_year": 2034,
                "funding": "credit", "country": "US", "three_d_secure": nil,
            ],
        ]
    }

    /// Whether its card is the one that is disputed at once (`tok_createDispute`).
    var disputes: Bool { instrument.hasSuffix("_createDispute") }

    /// What the books call the payer.
    var party: String {
        CardInstrument.named(instrument).map { "\($0.brand) \($0.last4)" } ?? "card"
    }
}
