/// What the payment of one form does.
struct TMoneyOnlineBehaviour: SandboxBehaviour, Hashable {
    /// How it ends by itself once the form is posted; `nil` means a person (or nobody) goes on.
    var result: TMoneyOnlineSession.Result?
    /// When, in milliseconds after the form.
    var after: Int64 = 1_000
    var callbacks = CallbackStyle.once
    /// What is really paid beyond the asked amount.
    var extraAmount: Int64 = 0
    /// Whether it is paid from another phone than the form fixed.
    var isFromElsewhere = false

    /// How a second try on the same page ends, two seconds after the first.
    var then: TMoneyOnlineSession.Result?

    /// Nothing that is answered to a browser counts.
    var breaksTheAnswer: Bool { false }
    static let plain = TMoneyOnlineBehaviour(result: .paid)

    /// The behaviour that belongs to an amount in francs.
    static func of(amount: Int64) -> TMoneyOnlineBehaviour { magic[amount] ?? TMoneyOnlineBehaviour() }

    private static let magic: [Int64: TMoneyOnlineBehaviour] = [
        1001: TMoneyOnlineBehaviour(result: .paid),
        1002: TMoneyOnlineBehaviour(result: .paid, after: 5_000),
        1003: TMoneyOnlineBehaviour(result: .failed),
        1004: TMoneyOnlineBehaviour(result: .cancelled),
        1010: TMoneyOnlineBehaviour(result: .paid, callbacks: .threeTimes),
        1011: TMoneyOnlineBehaviour(result: .paid, after: 4_000),
        1012: TMoneyOnlineBehaviour(result: .authentication),
        1013: TMoneyOnlineBehaviour(result: .expired),
        1014: TMoneyOnlineBehaviour(result: .cancelled, then: .paid),
        1021: TMoneyOnlineBehaviour(result: .paid, extraAmount: 1),
        1026: TMoneyOnlineBehaviour(result: .paid, callbacks: .never),
        1027: TMoneyOnlineBehaviour(result: .paid, isFromElsewhere: true),
    ]
}

extension SandboxScenario {
    /// Magic amounts of the hosted page, in francs.
    ///
    /// The operator learns the amount from the form that the payer's browser posts, so they act once it is posted: post
    /// the `submit_form` action's fields as a browser does. A payer who leaves is never notified of, and the session is
    /// open for three minutes.
    static let tmoneyOnline: [SandboxScenario] = [
        page(1001, "succeeds", .executed, .succeeded), page(1002, "succeeds_later", .executed, .succeeded),
        page(1003, "insufficient_funds", .notExecuted, .failed), page(1004, "declined", .notExecuted, .failed),
        page(1005, "fault_abandoned", .notExecuted, .underReview),
        page(1010, "duplicate_callback", .executed, .succeeded), page(1011, "late_success", .executed, .succeeded),
        page(1012, "fault_wrong_pin", .notExecuted, .failed),
        page(1013, "fault_expired_session", .notExecuted, .failed),
        page(1014, "fault_refused_then_paid", .executed, .succeeded),
        page(1021, "fault_wrong_amount", .executedDifferently, .underReview),
        page(1026, "fault_notification_lost", .executed, .underReview),
        page(1027, "fault_other_phone", .executed, .underReview),
    ]

    private static func page(
        _ amount: Int64, _ outcome: String, _ execution: Execution, _ end: End
    ) -> SandboxScenario {
        SandboxScenario(
            operator: .tmoneyOnline, channel: "tmoney-online", operation: .collect, name: outcome,
            trigger: .amount(amount), others: outcome == "fault_other_phone" ? [.phone("22890112233")] : [],
            amount: amount, currency: "XOF", needsReturnURLs: true, actsWhenOpened: true,
            expiresInSeconds: outcome == "late_success" ? 2 : nil, end: end, execution: execution)
    }
}
