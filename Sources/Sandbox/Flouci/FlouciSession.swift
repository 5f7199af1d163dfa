/// One hosted payment session; kept in the journal.
struct FlouciSession: Codable, Sendable {
    /// `payment_id`.
    var id: String
    /// `developer_tracking_id`; free, not unique, may be missing.
    var trackingID: String?
    /// What the partner asked for, in millimes.
    var amount: Int64
    /// What the operator tells and executes, in millimes.
    var toldAmount: Int64
    var tellsForeignTracking: Bool
    var successLink: String
    var failLink: String
    var webhook: String?
    /// When it lapses if nobody has paid, in milliseconds since 1970.
    var expiresAt: Int64
    var result: FlouciResult?
    /// What happens at ``due``.
    var plan: FlouciResult?
    /// How long the plan waits once somebody has opened the page, in milliseconds.
    var after: Int64?
    /// When the plan happens; `nil` until somebody opens the page.
    var due: Int64?
    var callbacks: CallbackStyle
    /// Verify calls that still fail.
    var failingChecks: Int
    /// Nobody has the link, so nobody can pay.
    var isLost: Bool
    /// Whether paying it only holds the money.
    var isPreAuthorization: Bool?
    /// What became of the hold, once it was paid.
    var hold: FlouciHold?
    /// What was taken of the hold, in millimes.
    var captured: Int64?
    /// Names the refund, once there is one.
    var refundID: String?

    /// What the books call it: the partner's reference.
    var reference: String { trackingID ?? id }

    /// The status word of verify.
    func status(now: Int64) -> String {
        if result == .paid, let hold { return hold.status }
        if let result { return result.status }
        return now >= expiresAt ? "EXPIRED" : "PENDING"
    }

    /// Whether it can still be paid or refused.
    func isOpen(now: Int64) -> Bool { result == nil && now < expiresAt }
}

/// Where money that was held is now.
enum FlouciHold: String, Codable, Sendable, Hashable {
    case held
    case captured
    case released

    /// The status word of verify; that of a released hold is not documented.
    var status: String {
        switch self {
        case .held: "PREAUTH_SUCCESS"
        case .captured: "SUCCESS"
        case .released: "CANCELLED"
        }
    }
}

/// What is known about a tracking id whose first answer is lost.
struct FlouciTracking: Codable, Sendable {
    var id: String
}

/// One executed accept call; kept in the journal.
struct FlouciAcceptance: Codable, Sendable, Hashable {
    var paymentID: String
    var code: String
}

/// The tables of the Flouci operator.
struct FlouciState: Sendable {
    /// Every session, by payment id.
    var sessions: [String: FlouciSession] = [:]
    /// Tracking ids whose first answer was lost.
    var lostOnce: Set<String> = []
    /// The ids of the payments that an accept call executed.
    var accepted: Set<String> = []
}
