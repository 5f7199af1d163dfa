/// What using one card does at the operator, and what the partner gets to see of it.
struct CardBehaviour: SandboxBehaviour, Hashable {
    /// What happens to the money.
    enum Course: Sendable, Hashable {
        /// It moves at once.
        case succeeds
        /// It does not move.
        case fails(CardFailure)
        /// It moves after so many milliseconds, or never.
        case processes(Int64?)
        /// The customer authenticates first: a person, or the sandbox after so many milliseconds.
        case authenticates(automaticallyAfter: Int64?, then: CardFailure?)
        /// The call is not looked at.
        case ignored
    }

    var course: Course
    /// How the answer leaves.
    var answer = AnswerStyle.truthful
    /// How the result is notified.
    var callbacks = CallbackStyle.once
    /// The first confirm (charge: the first call with the key) is dropped unread.
    var dropsFirst = false
    /// What objects tell, and the books hold, once it has succeeded, beyond the asked amount.
    var extraAmount: Int64 = 0
    /// Objects tell, and the books hold, another currency.
    var swapsCurrency = false

    var breaksTheAnswer: Bool { answer != .truthful || dropsFirst }
    static var plain: CardBehaviour { CardBehaviour(course: .succeeds) }

    static func of(_ instrument: CardInstrument) -> CardBehaviour {
        switch instrument.effect {
        case .succeeds: CardBehaviour(course: .succeeds)
        case .fails(let failure): CardBehaviour(course: .fails(failure))
        case .authenticates(let failure):
            CardBehaviour(course: .authenticates(automaticallyAfter: nil, then: failure))
        case .sandbox(let name): sandbox[name] ?? CardBehaviour(course: .succeeds)
        }
    }

    /// The names behind `tok_sandbox_`.
    static var sandboxNames: [String] { Array(sandbox.keys) }

    private static let sandbox: [String: CardBehaviour] = [
        "succeedsLater": CardBehaviour(course: .processes(5_000)),
        "noAnswer": CardBehaviour(course: .processes(nil), answer: .hung(60_000), callbacks: .never),
        "lostAnswerExecuted": CardBehaviour(course: .succeeds, answer: .dropped, callbacks: .never),
        "lostAnswerNotExecuted": CardBehaviour(course: .succeeds, dropsFirst: true),
        "errorAfterExecuting": CardBehaviour(course: .succeeds, answer: .serverError, callbacks: .never),
        "errorWithoutExecuting": CardBehaviour(
            course: .fails(.internalError), answer: .serverError, callbacks: .never),
        "duplicateCallback": CardBehaviour(course: .succeeds, callbacks: .threeTimes),
        "lateSuccess": CardBehaviour(course: .processes(4_000)),
        "3dsAutomatic": CardBehaviour(course: .authenticates(automaticallyAfter: 2_000, then: nil)),
        "wrongAmount": CardBehaviour(course: .succeeds, extraAmount: 1),
        "wrongCurrency": CardBehaviour(course: .succeeds, swapsCurrency: true),
        "html": CardBehaviour(course: .ignored, answer: .page),
        "truncated": CardBehaviour(course: .succeeds, answer: .truncated, callbacks: .never),
    ]
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

extension SandboxScenario {
    /// Magic card tokens.
    ///
    /// The operator's other published tokens work too (docs/protocols/card.md, 7).
    static let card: [SandboxScenario] = [
        token("tok_visa", "succeeds", .executed),
        token("tok_sandbox_succeedsLater", "succeeds_later", .executed),
        token("tok_chargeDeclinedInsufficientFunds", "insufficient_funds", .notExecuted),
        token("tok_chargeDeclined", "declined", .notExecuted),
        token("tok_sandbox_noAnswer", "no_answer", .notExecuted),
        token("tok_sandbox_lostAnswerExecuted", "lost_answer_executed", .executed),
        token("tok_sandbox_lostAnswerNotExecuted", "lost_answer_not_executed", .executedIfRepeated),
        token("tok_sandbox_errorAfterExecuting", "error_after_executing", .executed),
        token("tok_sandbox_errorWithoutExecuting", "error_without_executing", .notExecuted),
        token("tok_sandbox_duplicateCallback", "duplicate_callback", .executed),
        token("tok_sandbox_lateSuccess", "late_success", .executed),
        token("tok_sandbox_3dsAutomatic", "fault_3ds_automatic", .executed),
        token("tok_sandbox_wrongAmount", "fault_wrong_amount", .executedDifferently),
        token("tok_sandbox_wrongCurrency", "fault_wrong_currency", .executedDifferently),
        token("tok_sandbox_html", "fault_html_answer", .notExecuted),
        token("tok_sandbox_truncated", "fault_truncated_answer", .executed),
    ]

    /// Magic card tokens of payments that are only held.
    static let cardHolds: [SandboxScenario] = [
        hold("tok_visa", "succeeds", .authorized), hold("tok_sandbox_succeedsLater", "succeeds_later", .authorized),
        hold("tok_chargeDeclinedInsufficientFunds", "insufficient_funds", .failed),
        hold("tok_chargeDeclined", "declined", .failed), hold("tok_sandbox_noAnswer", "no_answer", .underReview),
        hold("tok_sandbox_lostAnswerExecuted", "lost_answer_executed", .authorized),
        hold("tok_sandbox_lostAnswerNotExecuted", "lost_answer_not_executed", .authorized),
        hold("tok_sandbox_errorAfterExecuting", "error_after_executing", .authorized),
        hold("tok_sandbox_errorWithoutExecuting", "error_without_executing", .failed),
        hold("tok_sandbox_duplicateCallback", "duplicate_callback", .authorized),
    ]

    /// Magic amounts of refunds, in cents; any other amount succeeds.
    ///
    /// The last one succeeds and fails two seconds later, as refunds to a closed card do.
    static let cardRefunds: [SandboxScenario] = [
        refund(1001, "succeeds", .executed, .succeeded), refund(1002, "succeeds_later", .executed, .succeeded),
        refund(1003, "insufficient_funds", .notExecuted, .failed), refund(1004, "declined", .notExecuted, .failed),
        refund(1005, "no_answer", .notExecuted, .underReview),
        refund(1006, "lost_answer_executed", .executed, .succeeded),
        refund(1007, "lost_answer_not_executed", .executedIfRepeated, .succeeded),
        refund(1008, "error_after_executing", .executed, .succeeded),
        refund(1010, "duplicate_callback", .executed, .succeeded),
        refund(1030, "fault_fails_later", .executed, .succeeded),
    ]

    /// Magic amounts of payments on the operator's own page, in cents, once the page is opened; with any other amount a
    /// person types a card.
    ///
    /// A decline leaves the page open, so it ends with the payment's time; so does a page on which nobody pays. The
    /// last one is being paid when the time ends.
    static let cardPages: [SandboxScenario] = [
        page(1001, "succeeds", .executed, .succeeded), page(1002, "succeeds_later", .executed, .succeeded),
        page(1003, "insufficient_funds", .notExecuted, .failed, expiresIn: 4),
        page(1004, "declined", .notExecuted, .failed, expiresIn: 4),
        page(1005, "no_answer", .notExecuted, .failed, expiresIn: 3),
        page(1010, "duplicate_callback", .executed, .succeeded),
        page(1011, "late_success", .executed, .succeeded, expiresIn: 2),
        page(1001, "succeeds", .notExecuted, .authorized, operation: .authorize),
        page(1021, "fault_wrong_amount", .executedDifferently, .underReview),
        page(1026, "fault_withheld_callback", .executed, .succeeded),
    ]

    private static func page(
        _ amount: Int64, _ name: String, _ execution: Execution, _ end: End, expiresIn seconds: Int64? = nil,
        operation: Operation = .collect
    ) -> SandboxScenario {
        SandboxScenario(
            operator: .card, channel: "card", operation: operation, name: name, trigger: .amount(amount),
            amount: amount, currency: "USD", needsReturnURLs: true, actsWhenOpened: true, expiresInSeconds: seconds,
            end: end, execution: execution)
    }

    private static func hold(_ token: String, _ name: String, _ end: End) -> SandboxScenario {
        SandboxScenario(
            operator: .card, channel: "card", operation: .authorize, name: name, trigger: .token(token), amount: 5_000,
            currency: "USD", needsReturnURLs: true, end: end, execution: .notExecuted)
    }

    private static func refund(
        _ amount: Int64, _ name: String, _ execution: Execution, _ end: End
    ) -> SandboxScenario {
        SandboxScenario(
            operator: .card, channel: "card", operation: .refund, name: name, trigger: .refundAmount(amount),
            others: [.token("tok_visa")], amount: 5_000, currency: "USD", needsReturnURLs: true, end: end,
            execution: execution)
    }

    private static func token(_ token: String, _ name: String, _ execution: Execution) -> SandboxScenario {
        SandboxScenario(
            operator: .card, channel: "card", operation: .collect, name: name, trigger: .token(token), amount: 5_000,
            currency: "USD", needsReturnURLs: true, expiresInSeconds: name == "late_success" ? 2 : nil,
            // The same key completes the same intent.
            end: name == "lost_answer_not_executed" ? .succeeded : .usual(name), execution: execution)
    }
}
