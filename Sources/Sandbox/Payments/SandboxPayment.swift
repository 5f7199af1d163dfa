/// One payment, payout or refund that an operator recorded, from the request to its end; kept in the journal.
struct SandboxPayment: Codable, Sendable {
    /// What it is: a collection, a payout or a refund, as in ``SandboxOperation``.
    var operation: String
    /// The partner's reference, unique per operation.
    var id: String
    /// The partner's account.
    var account: String
    /// Whose phone or wallet.
    var party: String
    /// What the partner asked for, in the smallest unit.
    var amount: Int64
    /// What the operator tells and executes.
    var toldAmount: Int64
    var currency: String
    /// The operator's own reference.
    var reference: String
    /// Other fields of the request that answers and callbacks repeat.
    var details: [String: String] = [:]
    /// How it ended.
    var result: SandboxResult?
    var endedAt: Int64?
    /// What happens at ``due``.
    var plan: SandboxResult?
    var due: Int64?
    var callbacks = CallbackStyle.once
    /// Where to notify, if the request said; otherwise the account's registration.
    var callbackURL: String?
    /// Checks that still fail.
    var failingChecks = 0
    /// Whether a person decides.
    var isPerson = false
    /// Whether it is only the memory of a request that was dropped unread.
    var isDropped = false

    var isOpen: Bool { result == nil && !isDropped }
    var key: String { Self.key(operation, id) }

    static func key(_ operation: String, _ id: String) -> String { "\(operation) \(id)" }
}

extension SandboxPayment {
    /// A new payment that will go as a behaviour says.
    init(
        _ operation: SandboxOperation, id: String, account: String, party: String, amount: Int64, currency: String,
        reference: String, now: Int64, _ behaviour: PaymentBehaviour
    ) {
        self.init(
            operation: operation.rawValue, id: id, account: account, party: party, amount: amount,
            toldAmount: amount + behaviour.extraAmount, currency: currency, reference: reference,
            plan: behaviour.result, due: behaviour.result.map { _ in now + behaviour.after },
            callbacks: behaviour.callbacks, failingChecks: behaviour.failingChecks, isPerson: behaviour.isPerson)
    }
}

/// What one request for money does at an operator that prompts a phone or pays to one, and what the partner gets to see
/// of it.
///
/// Operators whose magic values are numbered alike share it; each says which of its phones has which number.
struct PaymentBehaviour: SandboxBehaviour, Hashable {
    /// Whether the operator knows the request at all.
    var isRecorded = true
    /// How it ends by itself; `nil` leaves it open for ever.
    var result: SandboxResult?
    /// When, in milliseconds after the request.
    var after: Int64 = 1_000
    /// How the answer leaves.
    var answer = AnswerStyle.truthful
    /// How the result is notified.
    var callbacks = CallbackStyle.once
    /// What the operator tells and executes beyond the asked amount.
    var extraAmount: Int64 = 0
    /// How many checks are answered with an error first.
    var failingChecks = 0
    /// The first request under a reference is dropped unread.
    var dropsFirst = false
    /// A person decides on the phone's page; ``result`` is what happens if nobody does.
    var isPerson = false

    var breaksTheAnswer: Bool { answer != .truthful || dropsFirst }
    static let plain = PaymentBehaviour(result: .executed)

    /// How long a prompt stays open on a person's phone, in milliseconds.
    static let promptLifetime: Int64 = 120_000
    /// What a phone without magic does: a person decides.
    static let person = PaymentBehaviour(result: .expired, after: promptLifetime, isPerson: true)

    /// The behaviours of the numbered magic values.
    static let numbered: [Int: PaymentBehaviour] = [
        1: plain,
        2: PaymentBehaviour(result: .executed, after: 5_000),
        3: PaymentBehaviour(result: .insufficientFunds),
        4: PaymentBehaviour(result: .declined),
        5: PaymentBehaviour(callbacks: .never),
        6: PaymentBehaviour(result: .executed, answer: .dropped, callbacks: .never),
        7: PaymentBehaviour(isRecorded: false, answer: .dropped),
        8: PaymentBehaviour(result: .executed, answer: .serverError, callbacks: .never),
        9: PaymentBehaviour(result: .failed, after: 0, answer: .serverError, callbacks: .never),
        10: PaymentBehaviour(result: .executed, callbacks: .threeTimes),
        11: PaymentBehaviour(result: .executed, after: 4_000),
        20: PaymentBehaviour(isRecorded: false, answer: .page),
        21: PaymentBehaviour(result: .executed, answer: .truncated, callbacks: .never),
        22: PaymentBehaviour(result: .executed, extraAmount: 1),
        28: PaymentBehaviour(result: .executed, answer: .dropped, callbacks: .never, failingChecks: 3),
    ]

    /// The same, decided before the answer leaves: for operators that execute within the call.
    var immediate: PaymentBehaviour {
        var behaviour = self
        if behaviour.after == 1_000 { behaviour.after = 0 }
        return behaviour
    }

    /// The names of the numbered magic values, and what the books hold in the end.
    static let names: [(number: Int, name: String, execution: SandboxScenario.Execution)] = [
        (1, "succeeds", .executed), (2, "succeeds_later", .executed), (3, "insufficient_funds", .notExecuted),
        (4, "declined", .notExecuted), (5, "no_answer", .notExecuted), (6, "lost_answer_executed", .executed),
        (7, "lost_answer_not_executed", .notExecuted), (8, "error_after_executing", .executed),
        (9, "error_without_executing", .notExecuted), (10, "duplicate_callback", .executed),
        (11, "late_success", .executed), (20, "fault_html_answer", .notExecuted),
        (21, "fault_truncated_answer", .executed), (22, "fault_wrong_amount", .executedDifferently),
        (28, "fault_status_unavailable", .executed),
    ]
}

/// How a payment ended, in words that each operator translates into its own.
struct SandboxResult: Codable, Sendable, Hashable {
    /// `executed`, another word below, or a word of one operator.
    var word: String

    static let executed = SandboxResult(word: "executed")
    static let insufficientFunds = SandboxResult(word: "insufficient_funds")
    static let declined = SandboxResult(word: "declined")
    static let expired = SandboxResult(word: "expired")
    static let failed = SandboxResult(word: "failed")

    var isSuccess: Bool { self == .executed }
}
