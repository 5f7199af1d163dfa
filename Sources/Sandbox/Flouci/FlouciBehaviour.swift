/// What one hosted session does, and what the partner gets to see of it.
struct FlouciBehaviour: Sendable, Hashable {
    /// How it ends by itself; `nil` means a person (or nobody) pays.
    var result: FlouciResult?
    /// When, in milliseconds after somebody has opened its page.
    var after: Int64 = 1_000
    /// How the webhook is called.
    var callbacks = CallbackStyle.once
    /// How the answer to generate leaves.
    var answer = AnswerStyle.truthful
    /// The first session of a tracking id gets its answer lost and is never paid.
    var losesFirstAnswer = false
    /// Overrides the session's own timeout, in milliseconds.
    var lifetime: Int64?
    /// What verify tells, and the books hold, beyond the asked amount.
    var extraAmount: Int64 = 0
    /// Verify tells a tracking id that is not the partner's.
    var tellsForeignTracking = false
    /// How many verify calls are answered with HTTP 500 first.
    var failingChecks = 0

    /// The behaviour that belongs to an amount in millimes.
    ///
    /// Amounts whose refund or capture misbehaves are paid by themselves, too.
    static func of(amount: Int64) -> FlouciBehaviour {
        magic[amount] ?? (FlouciFollowUp.magic[amount] == nil ? FlouciBehaviour() : FlouciBehaviour(result: .paid))
    }

    private static let magic: [Int64: FlouciBehaviour] = [
        1001: FlouciBehaviour(result: .paid),
        1002: FlouciBehaviour(result: .paid, after: 5_000),
        1003: FlouciBehaviour(result: .insufficientFunds),
        1004: FlouciBehaviour(result: .declined),
        1005: FlouciBehaviour(lifetime: 3_000),
        1010: FlouciBehaviour(result: .paid, callbacks: .threeTimes),
        1011: FlouciBehaviour(result: .paid, after: 4_000),
        1021: FlouciBehaviour(result: .paid, extraAmount: 1),
        1022: FlouciBehaviour(answer: .page),
        1023: FlouciBehaviour(result: .paid, tellsForeignTracking: true),
        1024: FlouciBehaviour(result: .paid, losesFirstAnswer: true),
        1025: FlouciBehaviour(result: .paid, failingChecks: 3),
        1026: FlouciBehaviour(result: .paid, callbacks: .never),
    ]
}

/// How a session ends.
enum FlouciResult: String, Codable, Sendable, Hashable {
    case paid
    case insufficientFunds
    case declined

    /// The status word of verify.
    var status: String { self == .paid ? "SUCCESS" : "FAILURE" }

    /// The reason in the details of a failure.
    ///
    /// The real key and words are not documented.
    var reason: String? {
        switch self {
        case .paid: nil
        case .insufficientFunds: "INSUFFICIENT_FUNDS"
        case .declined: "DECLINED"
        }
    }
}
