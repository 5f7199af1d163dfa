extension SandboxScenario {
    /// TMoney's magic phones.
    ///
    /// Any other phone is a person at `/tmoney/phones/<number>`.
    ///
    /// Credits have the same numbers.
    public static let tmoney = tmoneyDebits + tmoneyCredits

    private static let tmoneyDebits = (PaymentBehaviour.names + tmoneyFaults).sorted { $0.number < $1.number }
        .map { tmoney(.collect, $0.number, $0.name, $0.execution) }

    private static let tmoneyCredits = PaymentBehaviour.names.filter { $0.name != "late_success" }
        .map { tmoney(.payout, $0.number, $0.name, $0.execution) }

    /// What only TMoney has, and only for debits.
    private static let tmoneyFaults: [(number: Int, name: String, execution: Execution)] = [
        (23, "fault_callback_before_answer", .executed),
        (TMoneyMatrix.revokesToken, "fault_token_revoked", .executedIfRepeated),
        (TMoneyMatrix.failsGenerally, "fault_general_failure", .notExecuted),
        (26, "fault_hanging_answer", .executed),
    ]

    private static func tmoney(
        _ operation: Operation, _ number: Int, _ name: String, _ execution: Execution
    ) -> SandboxScenario {
        SandboxScenario(
            operator: .tmoney, channel: "tmoney", operation: operation, name: name,
            trigger: .phone(TMoneyMatrix.phone(number)), amount: 5_000, currency: "XOF",
            expiresInSeconds: name == "late_success" ? 2 : nil, end: .usual(name), execution: execution)
    }
}
