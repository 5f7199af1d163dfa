extension SandboxScenario {
    /// Flooz's magic phones.
    ///
    /// Any other phone is a person at `/flooz/phones/<number>`.
    public static let flooz =
        (PaymentBehaviour.names + [
            (12, "fault_form_callback", .executed), (30, "fault_prompt_open", .notExecuted),
            (31, "fault_prompt_waits", .notExecuted), (32, "fault_failed_at_once", .notExecuted),
            (33, "fault_failed", .notExecuted),
        ]).map { number, name, execution in
            SandboxScenario(
                operator: .flooz, channel: "flooz", operation: .collect, name: name,
                trigger: .phone("228990000\(number < 10 ? "0" : "")\(number)"), amount: 5_000, currency: "XOF",
                expiresInSeconds: name == "late_success" ? 2 : nil, end: .usual(name), execution: execution)
        }
}
