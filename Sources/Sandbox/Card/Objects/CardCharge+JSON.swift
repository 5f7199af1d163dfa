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

    /// What the books call the payer.
    var party: String {
        CardInstrument.named(instrument).map { "\($0.brand) \($0.last4)" } ?? "card"
    }
}
