/// What one hosted session does, and what the partner gets to see of it.
struct FlouciBehaviour: SandboxBehaviour, Hashable {
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

    var breaksTheAnswer: Bool { answer != .truthful || losesFirstAnswer }
    static var plain: FlouciBehaviour { FlouciBehaviour(result: .paid) }

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

/// What one accept call does.
struct AcceptBehaviour: SandboxBehaviour, Hashable {
    /// Whether money moves.
    var executes = false
    /// How the answer leaves.
    var answer = AnswerStyle.truthful
    /// What the answer tells, and the books hold, beyond the asked amount.
    var extraAmount: Int64 = 0

    /// An accept call is never notified.
    var callbacks: CallbackStyle {
        get { .never }
        set {}
    }
    var breaksTheAnswer: Bool { answer != .truthful }
    static var plain: AcceptBehaviour { AcceptBehaviour(executes: true) }

    /// How long an accept call without an answer hangs, in milliseconds.
    static let hang: Int64 = 60_000

    /// The behaviour that belongs to a code; a code that is not listed is refused.
    static func of(code: String) -> AcceptBehaviour { magic[code] ?? AcceptBehaviour() }

    /// Whether the payer's app shows this code.
    static func isShown(_ code: String) -> Bool { magic[code] != nil }

    private static let magic: [String: AcceptBehaviour] = [
        "111111": AcceptBehaviour(executes: true),
        "111105": AcceptBehaviour(answer: .hung(hang)),
        "111106": AcceptBehaviour(executes: true, answer: .dropped),
        "111107": AcceptBehaviour(answer: .dropped),
        "111108": AcceptBehaviour(executes: true, answer: .serverError),
        "111109": AcceptBehaviour(answer: .serverError),
        "111121": AcceptBehaviour(executes: true, extraAmount: 1),
    ]
}

/// What a refund, capture or release does.
struct FlouciFollowUp: SandboxBehaviour, Hashable {
    /// Whether it is executed.
    var executes = true
    /// How the answer leaves.
    var answer = AnswerStyle.truthful

    /// It is never notified.
    var callbacks: CallbackStyle {
        get { .never }
        set {}
    }
    var breaksTheAnswer: Bool { answer != .truthful }
    static let plain = FlouciFollowUp()

    /// How long a call without an answer hangs, in milliseconds.
    static let hang: Int64 = 60_000

    /// The behaviour that belongs to the payment's amount in millimes.
    static func of(amount: Int64) -> FlouciFollowUp { magic[amount] ?? FlouciFollowUp() }

    static let magic: [Int64: FlouciFollowUp] = [
        2001: FlouciFollowUp(),
        2004: FlouciFollowUp(executes: false),
        2005: FlouciFollowUp(executes: false, answer: .hung(hang)),
        2006: FlouciFollowUp(answer: .dropped),
        2007: FlouciFollowUp(executes: false, answer: .dropped),
        2008: FlouciFollowUp(answer: .serverError),
        2009: FlouciFollowUp(executes: false, answer: .serverError),
    ]
}

extension SandboxScenario {
    /// Magic amounts of Flouci's hosted page, in millimes.
    ///
    /// They act once somebody opens the session's link. Any other amount is a person there.
    static let flouciPages: [SandboxScenario] = [
        amount(1001, "succeeds", .executed),
        amount(1002, "succeeds_later", .executed),
        amount(1003, "insufficient_funds", .notExecuted),
        amount(1004, "declined", .notExecuted),
        amount(1005, "no_answer", .notExecuted),
        amount(1010, "duplicate_callback", .executed),
        amount(1011, "late_success", .executed),
        amount(1021, "fault_wrong_amount", .executedDifferently),
        amount(1022, "fault_html_answer", .notExecuted),
        amount(1023, "fault_wrong_tracking_id", .executed),
        amount(1024, "fault_first_answer_lost", .executedIfRepeated),
        amount(1025, "fault_status_unavailable", .executed),
        amount(1026, "fault_webhook_lost", .executed),
    ]

    /// Magic codes of Flouci's accept call.
    ///
    /// Every other code is refused.
    static let flouciAccept: [SandboxScenario] = [
        code("111111", "succeeds", .executed),
        code("000000", "declined", .notExecuted),
        code("111105", "no_answer", .notExecuted),
        code("111106", "lost_answer_executed", .executed),
        code("111107", "lost_answer_not_executed", .notExecuted),
        code("111108", "error_after_executing", .executed),
        code("111109", "error_without_executing", .notExecuted),
        code("111121", "fault_wrong_amount", .executedDifferently),
    ]

    /// Magic amounts of payments that are only held, in millimes.
    static let flouciHolds: [SandboxScenario] = [
        hold(1001, "succeeds", .authorized), hold(1002, "succeeds_later", .authorized),
        hold(1003, "insufficient_funds", .failed), hold(1004, "declined", .failed), hold(1005, "no_answer", .failed),
        hold(1010, "duplicate_callback", .authorized),
    ]

    /// Magic amounts of payments whose refund, capture or release misbehaves, in millimes: the whole payment is given
    /// back, so its amount is that of the refund.
    static let flouciRefunds: [SandboxScenario] = [
        refund(2001, "succeeds", .executed, .succeeded), refund(2004, "declined", .notExecuted, .underReview),
        refund(2005, "no_answer", .notExecuted, .underReview),
        refund(2006, "lost_answer_executed", .executed, .underReview),
        refund(2007, "lost_answer_not_executed", .notExecuted, .underReview),
        refund(2008, "error_after_executing", .executed, .underReview),
        refund(2009, "error_without_executing", .notExecuted, .underReview),
    ]

    private static func hold(_ amount: Int64, _ name: String, _ end: End) -> SandboxScenario {
        SandboxScenario(
            operator: .flouci, channel: "flouci", operation: .authorize, name: name, trigger: .amount(amount),
            amount: amount, currency: "TND", actsWhenOpened: true, end: end, execution: .notExecuted)
    }

    private static func refund(
        _ amount: Int64, _ name: String, _ execution: Execution, _ end: End
    ) -> SandboxScenario {
        // Nobody can be asked what became of a refund: only people can settle what is lost.
        SandboxScenario(
            operator: .flouci, channel: "flouci", operation: .refund, name: name, trigger: .refundAmount(amount),
            amount: amount, currency: "TND", actsWhenOpened: true, end: end, execution: execution)
    }

    private static func amount(_ amount: Int64, _ name: String, _ execution: Execution) -> SandboxScenario {
        SandboxScenario(
            operator: .flouci, channel: "flouci", operation: .collect, name: name, trigger: .amount(amount),
            amount: amount, currency: "TND", actsWhenOpened: true, expiresInSeconds: name == "late_success" ? 2 : nil,
            // A session that nobody pays expires.
            end: name == "no_answer" ? .failed : .usual(name), execution: execution)
    }

    private static func code(_ code: String, _ name: String, _ execution: Execution) -> SandboxScenario {
        // A refused code may be typed again until the payment expires. No operator can be asked about an accept call:
        // only people can settle what is lost. The operator's form supplies a payment id of its own; here it only has
        // to be new each time, because a payment is accepted once.
        SandboxScenario(
            operator: .flouci, channel: "flouci-code", operation: .collect, name: name, trigger: .code(code),
            amount: 7_000, currency: "TND", expiresInSeconds: name == "declined" ? 4 : nil,
            confirmFields: [Field(name: "operator_payment_id", value: "sandbox-form-", isFresh: true)],
            end: ["succeeds", "declined"].contains(name) ? .usual(name) : .underReview, execution: execution)
    }
}
