extension SandboxScenario {
    /// Magic card tokens.
    ///
    /// The operator's other published tokens work too (docs/protocols/card.md, 7).
    public static let card: [SandboxScenario] = [
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
    public static let cardHolds: [SandboxScenario] = [
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
    public static let cardRefunds: [SandboxScenario] = [
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
    public static let cardPages: [SandboxScenario] = [
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
