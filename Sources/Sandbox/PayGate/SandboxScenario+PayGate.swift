extension SandboxScenario {
    /// Magic phones of Moov numbers, others than those of the operator itself: a wallet shows one prompt at a time.
    ///
    /// Yas numbers, 228900000 and two digits, do the same. Payouts are answered at once or never.
    public static let paygate =
        PaymentBehaviour.names.map { paygate(.collect, $0.number, $0.name, $0.execution) }
        + PaymentBehaviour.names
        .filter {
            !["succeeds_later", "duplicate_callback", "late_success", "fault_status_unavailable"].contains($0.name)
        }
        .map { paygate(.payout, $0.number, $0.name, $0.execution) }

    private static func paygate(
        _ operation: Operation, _ number: Int, _ name: String, _ execution: Execution
    ) -> SandboxScenario {
        let settled = name == "succeeds"
        return SandboxScenario(
            operator: .paygate, channel: "flooz", operation: operation, name: name,
            trigger: .phone("228980000\(number < 10 ? "0" : "")\(number)"), amount: 5_000, currency: "XOF",
            // The direct connection serves this channel first.
            metadata: operation == .collect ? [Field(name: "via", value: "paygate")] : [],
            expiresInSeconds: name == "late_success" ? 2 : nil,
            // Nobody can be asked about a payout, and no document says that its refusal is one.
            end: operation == .collect || settled ? .usual(name) : .underReview, execution: execution)
    }
}
