extension SandboxScenario {
    /// Magic amounts of the hosted page, in francs.
    ///
    /// The operator learns the amount from the form that the payer's browser posts, so they act once it is posted: post
    /// the `submit_form` action's fields as a browser does. A payer who leaves is never notified of, and the session is
    /// open for three minutes.
    public static let tmoneyOnline: [SandboxScenario] = [
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
