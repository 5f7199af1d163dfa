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

/// What one page does once it is opened, by its amount in the smallest unit.
struct CardPageBehaviour: SandboxBehaviour, Hashable {
    /// `nil` means that a person pays, or nobody.
    var plan: CardSession.Plan?
    var callbacks = CallbackStyle.once
    var extraAmount: Int64 = 0

    var breaksTheAnswer: Bool { false }
    static let plain = CardPageBehaviour(plan: .init(instrument: "tok_visa", after: 1_000, processing: 0))

    static func of(amount: Int64) -> CardPageBehaviour { magic[amount] ?? CardPageBehaviour() }

    private static func paying(
        _ instrument: String?, after: Int64 = 1_000, processing: Int64 = 0, callbacks: CallbackStyle = .once,
        extra: Int64 = 0
    ) -> CardPageBehaviour {
        CardPageBehaviour(
            plan: .init(instrument: instrument, after: after, processing: processing), callbacks: callbacks,
            extraAmount: extra)
    }

    private static let magic: [Int64: CardPageBehaviour] = [
        1001: paying("tok_visa"), 1002: paying("tok_visa", after: 5_000),
        1003: paying("tok_chargeDeclinedInsufficientFunds"), 1004: paying("tok_chargeDeclined"),
        1005: paying(nil), 1010: paying("tok_visa", callbacks: .threeTimes),
        1011: paying("tok_visa", after: 0, processing: 4_000), 1021: paying("tok_visa", extra: 1),
        1026: paying("tok_visa", callbacks: .never),
    ]
}
