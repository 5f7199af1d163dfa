/// Money given back (docs/protocols/card.md, 2.3); kept in the journal.
struct CardRefund: Codable, Sendable {
    var id: String
    var created: Int64
    var amount: Int64
    var currency: String
    var charge: String
    var paymentIntent: String?
    var metadata: [String: String]
    var reason: String?
    /// `succeeded`, `pending` or `failed`.
    var status: String
    var failureReason: String?
    /// The key of the call that made it, for events.
    var key: String?
    /// Whether it only released what was held.
    var isRelease = false
    /// What it becomes by itself, and when.
    var plan: String?
    var due: Int64?
    var callbacks = CallbackStyle.once

    /// What the books call it.
    var reference: String { metadata["reference"] ?? id }

    /// The object as the wire shows it.
    var json: JSONValue {
        [
            "id": .text(id), "object": "refund", "amount": .number(amount), "balance_transaction": nil,
            "charge": .text(charge), "created": .number(created), "currency": .text(currency),
            "metadata": metadata.json,
            "payment_intent": .optional(paymentIntent), "reason": .optional(reason), "receipt_number": nil,
            "status": .text(status), "failure_reason": .optional(failureReason),
            "pending_reason": status == "pending" ? "processing" : nil,
        ]
    }
}

/// What one refund does, by its amount in the smallest unit.
struct CardRefundBehaviour: SandboxBehaviour, Hashable {
    /// How it stands in the answer.
    var status = "succeeded"
    /// What it becomes by itself after a while.
    var plan: String?
    var answer = AnswerStyle.truthful
    var callbacks = CallbackStyle.once
    /// The first call with the key is dropped unread.
    var dropsFirst = false

    var breaksTheAnswer: Bool { answer != .truthful || dropsFirst }
    static let plain = CardRefundBehaviour()

    static func of(amount: Int64) -> CardRefundBehaviour { magic[amount] ?? CardRefundBehaviour() }

    private static let magic: [Int64: CardRefundBehaviour] = [
        1002: CardRefundBehaviour(status: "pending", plan: "succeeded"),
        1003: CardRefundBehaviour(status: "failed"),
        1004: CardRefundBehaviour(status: "failed"),
        1005: CardRefundBehaviour(status: "pending", answer: .hung(60_000), callbacks: .never),
        1006: CardRefundBehaviour(answer: .dropped, callbacks: .never),
        1007: CardRefundBehaviour(dropsFirst: true),
        1008: CardRefundBehaviour(answer: .serverError, callbacks: .never),
        1010: CardRefundBehaviour(callbacks: .threeTimes),
        1030: CardRefundBehaviour(plan: "failed"),
    ]
}
