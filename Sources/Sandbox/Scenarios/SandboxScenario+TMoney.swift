extension SandboxScenario {
    /// TMoney's magic phones.
    ///
    /// Any other phone is a person at `/tmoney/phones/<number>`.
    ///
    /// Credits have the same numbers.
    public static let tmoney = tmoneyDebits + tmoneyCredits

    private static let tmoneyCredits = PaymentBehaviour.names.filter { $0.name != "late_success" }.map {
        SandboxScenario(
            operator: .tmoney, channel: "tmoney", operation: .payout, name: $0.name,
            trigger: .phone(TMoneyBehaviour.phone($0.number)), amount: 5_000, currency: "XOF", end: .usual($0.name),
            execution: $0.execution)
    }

    private static let tmoneyDebits: [SandboxScenario] = [
        phone(1, "succeeds", .executed),
        phone(2, "succeeds_later", .executed),
        phone(3, "insufficient_funds", .notExecuted),
        phone(4, "declined", .notExecuted),
        phone(5, "no_answer", .notExecuted),
        phone(6, "lost_answer_executed", .executed),
        phone(7, "lost_answer_not_executed", .notExecuted),
        phone(8, "error_after_executing", .executed),
        phone(9, "error_without_executing", .notExecuted),
        phone(10, "duplicate_callback", .executed),
        phone(11, "late_success", .executed),
        phone(20, "fault_html_answer", .notExecuted),
        phone(21, "fault_truncated_answer", .executed),
        phone(22, "fault_wrong_amount", .executedDifferently),
        phone(23, "fault_callback_before_answer", .executed),
        phone(24, "fault_token_revoked", .executedIfRepeated),
        phone(25, "fault_general_failure", .notExecuted),
        phone(26, "fault_hanging_answer", .executed),
        phone(28, "fault_status_unavailable", .executed),
    ]

    private static func phone(_ number: Int, _ name: String, _ execution: Execution) -> SandboxScenario {
        SandboxScenario(
            operator: .tmoney, channel: "tmoney", operation: .collect, name: name,
            trigger: .phone(TMoneyBehaviour.phone(number)), amount: 5_000, currency: "XOF",
            expiresInSeconds: name == "late_success" ? 2 : nil, end: .usual(name), execution: execution)
    }
}
