extension SandboxScenario {
    /// Magic amounts of Flouci's hosted page, in millimes.
    ///
    /// They act once somebody opens the session's link. Any other amount is a person there.
    public static let flouciPages: [SandboxScenario] = [
        amount(1001, "succeeds", .executed),
        amount(1002, "succeeds_later", .executed),
        amount(1003, "insufficient_funds", .notExecuted),
        amount(1004, "declined", .notExecuted),
        amount(1005, "no_answer", .notExecuted),
        amount(1010, "duplicate_callback", .executed),
        amount(1011, "late_success", .executed),
        amount(1021, "fault_wrong_amount", .executedDifferently),
        amount(1022, "fault_html_answer", .notExecuted),
        amount(1023, "fault_wrong_tracking_id", .executed),
        amount(1024, "fault_first_answer_lost", .executedIfRepeated),
        amount(1025, "fault_status_unavailable", .executed),
        amount(1026, "fault_webhook_lost", .executed),
    ]

    /// Magic codes of Flouci's accept call.
    ///
    /// Every other code is refused.
    public static let flouciAccept: [SandboxScenario] = [
        code("111111", "succeeds", .executed),
        code("000000", "declined", .notExecuted),
        code("111105", "no_answer", .notExecuted),
        code("111106", "lost_answer_executed", .executed),
        code("111107", "lost_answer_not_executed", .notExecuted),
        code("111108", "error_after_executing", .executed),
        code("111109", "error_without_executing", .notExecuted),
        code("111121", "fault_wrong_amount", .executedDifferently),
    ]

    /// Magic amounts of payments that are only held, in millimes.
    public static let flouciHolds: [SandboxScenario] = [
        hold(1001, "succeeds", .authorized), hold(1002, "succeeds_later", .authorized),
        hold(1003, "insufficient_funds", .failed), hold(1004, "declined", .failed), hold(1005, "no_answer", .failed),
        hold(1010, "duplicate_callback", .authorized),
    ]

    /// Magic amounts of payments whose refund, capture or release misbehaves, in millimes: the whole payment is given
    /// back, so its amount is that of the refund.
    public static let flouciRefunds: [SandboxScenario] = [
        refund(2001, "succeeds", .executed, .succeeded), refund(2004, "declined", .notExecuted, .underReview),
        refund(2005, "no_answer", .notExecuted, .underReview),
        refund(2006, "lost_answer_executed", .executed, .underReview),
        refund(2007, "lost_answer_not_executed", .notExecuted, .underReview),
        refund(2008, "error_after_executing", .executed, .underReview),
        refund(2009, "error_without_executing", .notExecuted, .underReview),
    ]

    private static func hold(_ amount: Int64, _ name: String, _ end: End) -> SandboxScenario {
        SandboxScenario(
            operator: .flouci, channel: "flouci", operation: .authorize, name: name, trigger: .amount(amount),
            amount: amount, currency: "TND", actsWhenOpened: true, end: end, execution: .notExecuted)
    }

    private static func refund(
        _ amount: Int64, _ name: String, _ execution: Execution, _ end: End
    ) -> SandboxScenario {
        // Nobody can be asked what became of a refund: only people can settle what is lost.
        SandboxScenario(
            operator: .flouci, channel: "flouci", operation: .refund, name: name, trigger: .refundAmount(amount),
            amount: amount, currency: "TND", actsWhenOpened: true, end: end, execution: execution)
    }

    private static func amount(_ amount: Int64, _ name: String, _ execution: Execution) -> SandboxScenario {
        SandboxScenario(
            operator: .flouci, channel: "flouci", operation: .collect, name: name, trigger: .amount(amount),
            amount: amount, currency: "TND", actsWhenOpened: true, expiresInSeconds: name == "late_success" ? 2 : nil,
            // A session that nobody pays expires.
            end: name == "no_answer" ? .failed : .usual(name), execution: execution)
    }

    private static func code(_ code: String, _ name: String, _ execution: Execution) -> SandboxScenario {
        // A refused code may be typed again until the payment expires. No operator can be asked about an accept call:
        // only people can settle what is lost. The operator's form supplies a payment id of its own; here it only has
        // to be new each time, because a payment is accepted once.
        SandboxScenario(
            operator: .flouci, channel: "flouci-code", operation: .collect, name: name, trigger: .code(code),
            amount: 7_000, currency: "TND", expiresInSeconds: name == "declined" ? 4 : nil,
            confirmFields: [Field(name: "operator_payment_id", value: "sandbox-form-", isFresh: true)],
            end: ["succeeds", "declined"].contains(name) ? .usual(name) : .underReview, execution: execution)
    }
}
