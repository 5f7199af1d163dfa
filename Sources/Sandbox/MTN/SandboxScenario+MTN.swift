extension SandboxScenario {
    /// Magic phones of the demo user's country, for collections and payouts; magic amounts, in francs, for refunds.
    public static let mtn: [SandboxScenario] =
        PaymentBehaviour.names.map { mtn(.collect, $0.number, $0.name, $0.execution) }
        + PaymentBehaviour.names.filter { $0.name != "late_success" }
        .map { mtn(.payout, $0.number, $0.name, $0.execution) }
        + PaymentBehaviour.names.filter { !["late_success", "declined"].contains($0.name) }
        .map { mtn(.refund, $0.number, $0.name, $0.execution) }

    private static func mtn(
        _ operation: Operation, _ number: Int, _ name: String, _ execution: Execution
    ) -> SandboxScenario {
        let isRefund = operation == .refund
        return SandboxScenario(
            operator: .mtn, channel: "mtn-momo", operation: operation, name: name,
            trigger: isRefund ? .refundAmount(Int64(number)) : .phone(MTNMatrix.phone(number)),
            others: isRefund ? [.phone(MTNMatrix.phone(1))] : [], amount: 5_000, currency: "XAF",
            expiresInSeconds: name == "late_success" ? 2 : nil,
            // The same reference completes the same payment.
            end: name == "lost_answer_not_executed" ? .succeeded : .usual(name),
            execution: name == "lost_answer_not_executed" ? .executedIfRepeated : execution)
    }
}
