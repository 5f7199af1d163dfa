extension CardSession {
    /// The object as the wire shows it.
    ///
    /// - Parameters:
    ///   - address: The sandbox's own address, for the page.
    ///   - intent: The session's intent, where there is one.
    ///   - charge: The intent's latest charge, if it takes the place of its id.
    ///   - isExpanded: Whether the intent takes the place of its id (`expand[]=payment_intent`).
    /// - Returns: The object.
    func json(
        address: String, intent: CardIntent?, charge: CardCharge? = nil, isExpanded: Bool = false
    ) -> JSONValue {
        let isPaid = intent?.status == .succeeded
        let total = isPaid || status == .complete ? intent?.toldAmount ?? amount : amount
        let shown: JSONValue =
            isExpanded ? intent.map { $0.json(address: address, charge: charge) } ?? nil : .optional(self.intent)
        return [
            "id": .text(id), "object": "checkout.session", "after_expiration": nil, "allow_promotion_codes": nil,
            "amount_subtotal": .number(total), "amount_total": .number(total), "automatic_tax": ["enabled": false],
            "cancel_url": .optional(cancelURL), "client_reference_id": .optional(clientReference),
            "created": .number(created), "currency": .text(currency), "customer": .optional(customer),
            "customer_creation": "if_required",
            "customer_details": status == .complete ? ["email": .optional(email)] : nil,
            "customer_email": .optional(email), "expires_at": .number(expiresAt), "livemode": false,
            "locale": .optional(locale), "metadata": metadata.json, "mode": "payment", "payment_intent": shown,
            "payment_link": nil, "payment_method_collection": "if_required", "payment_method_types": ["card"],
            "payment_status": isPaid ? "paid" : "unpaid", "recovered_from": nil, "setup_intent": nil,
            "status": .text(status.rawValue), "submit_type": nil, "subscription": nil,
            "success_url": .text(successURL),
            "total_details": ["amount_discount": 0, "amount_shipping": 0, "amount_tax": 0],
            "ui_mode": "hosted_page", "url": status == .open ? .text(page(address)) : nil,
        ]
    }

    /// The page's address.
    func page(_ address: String) -> String { "\(address)/card/c/pay/\(id)" }

    /// Where the payer goes after paying: the template names the session.
    var successLink: String { Self.filled(successURL, id) }

    private static func filled(_ url: String, _ id: String) -> String {
        let template = "{CHECKOUT_SESSION_ID}"
        var rest = url[...]
        var text = ""
        while let range = rest.firstRange(of: template) {
            text += rest[..<range.lowerBound] + id
            rest = rest[range.upperBound...]
        }
        return text + rest
    }
}
