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

extension CardIntent {
    /// The object as the wire shows it.
    ///
    /// The address is the sandbox's own, for the 3-D Secure page; a charge takes the place of its id
    /// (`expand[]=latest_charge`).
    func json(address: String, charge: CardCharge? = nil) -> JSONValue {
        let isDone = status == .succeeded
        let told = isDone ? toldAmount ?? amount : amount
        return [
            "id": .text(id), "object": "payment_intent", "amount": .number(told),
            "amount_capturable": .number(status == .requiresCapture ? amount : 0),
            "amount_received": .number(isDone ? captured ?? told : 0),
            "canceled_at": canceledAt.map(JSONValue.number) ?? nil,
            "cancellation_reason": .optional(cancellationReason), "capture_method": .text(captureMethod),
            "client_secret": .text(clientSecret), "confirmation_method": "automatic", "created": .number(created),
            "currency": .text(isDone ? toldCurrency ?? currency : currency), "customer": .optional(customer),
            "description": .optional(description), "last_payment_error": lastError,
            "latest_charge": charge.map { $0.json(address: address) } ?? .optional(latestCharge), "livemode": false,
            "metadata": metadata.json, "next_action": nextAction(address),
            "payment_method": status == .requiresPaymentMethod ? nil : .optional(paymentMethod),
            "payment_method_types": ["card"], "receipt_email": .optional(receiptEmail), "return_url": nil,
            "statement_descriptor_suffix": .optional(statementSuffix), "status": .text(status.rawValue),
            "transfer_group": .optional(transferGroup),
        ]
    }

    private var lastError: JSONValue {
        guard let lastFailure else { return nil }
        var members = lastFailure.members
        if let latestCharge { members.append(.init(name: "charge", value: .text(latestCharge))) }
        if let paymentMethod {
            members.append(
                .init(name: "payment_method", value: ["id": .text(paymentMethod), "object": "payment_method"]))
        }
        return .object(members)
    }

    private func nextAction(_ address: String) -> JSONValue {
        guard status == .requiresAction else { return nil }
        let page = "\(address)/card/3ds/\(id)"
        guard let returnURL else {
            return [
                "type": "use_stripe_sdk", "use_stripe_sdk": ["type": "three_d_secure_redirect", "url": .text(page)],
            ]
        }
        return [
            "type": "redirect_to_url", "redirect_to_url": ["url": .text(page), "return_url": .text(returnURL)],
        ]
    }
}

extension [String: String] {
    /// As a JSON object, sorted by name.
    var json: JSONValue {
        .object(sorted { $0.key < $1.key }.map { JSONValue.Member(name: $0.key, value: .text($0.value)) })
    }
}
