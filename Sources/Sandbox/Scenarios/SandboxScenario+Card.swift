extension SandboxScenario {
    /// Magic card tokens.
    ///
    /// The operator's other published tokens work too (`protocols/stripe-card.md`, section 7).
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

    private static func token(_ token: String, _ name: String, _ execution: Execution) -> SandboxScenario {
        SandboxScenario(
            operator: .card, channel: "card", operation: .collect, name: name, trigger: .token(token), amount: 5_000,
            currency: "USD", needsReturnURLs: true, expiresInSeconds: name == "late_success" ? 2 : nil,
            // The same key completes the same intent.
            end: name == "lost_answer_not_executed" ? .succeeded : .usual(name), execution: execution)
    }
}
