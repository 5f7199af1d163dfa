/// A Checkout Session: the operator's own page on which a card is typed (docs.stripe.com/api/checkout/sessions); kept
/// in the journal.
struct CardSession: Codable, Sendable {
    /// The session's own states.
    enum Status: String, Codable, Sendable, Hashable {
        case open
        case complete
        case expired
    }

    /// What the page has in mind once it is opened; see ``CardPageBehaviour``.
    struct Plan: Codable, Sendable, Hashable {
        /// The test instrument that pays; `nil` if nobody does.
        var instrument: String?
        /// How long after the first visit, in milliseconds.
        var after: Int64
        /// How long the network thinks about it, in milliseconds; 0 if it answers at once.
        var processing: Int64
    }

    var id: String
    /// Counts sessions, so that lists have an order.
    var number: Int
    /// In seconds since 1970, as is ``expiresAt``.
    var created: Int64
    var expiresAt: Int64
    /// What was asked, in the currency's smallest unit.
    var amount: Int64
    var currency: String
    /// What the page calls what is sold.
    var product: String
    var status = Status.open
    /// The intent of the tries so far; none before somebody tries.
    var intent: String?
    var clientReference: String?
    var email: String?
    var customer: String?
    var locale: String?
    var successURL: String
    var cancelURL: String?
    var metadata: [String: String]
    /// What the intent gets (`payment_intent_data`).
    var intentMetadata: [String: String]
    var description: String?
    var captureMethod: String
    var statementSuffix: String?
    var transferGroup: String?
    var receiptEmail: String?
    var plan: Plan?
    /// When the plan happens, in milliseconds since 1970; `nil` until somebody opens the page.
    var due: Int64?
    var callbacks = CallbackStyle.once
    /// What objects tell, and the books hold, beyond the asked amount.
    var extraAmount: Int64 = 0

    /// Whether it can still be paid.
    func isOpen(now: Int64) -> Bool { status == .open && now < expiresAt * 1_000 }

    /// What the books and the request log call it.
    var reference: String { metadata["reference"] ?? clientReference ?? id }

    /// Shortest and longest life, in seconds (docs.stripe.com/api/checkout/sessions/create, `expires_at`).
    static let lifetimes: ClosedRange<Int64> = 1_800...86_400
}

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
