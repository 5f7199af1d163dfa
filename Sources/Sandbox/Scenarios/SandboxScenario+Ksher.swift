extension SandboxScenario {
    /// Magic amounts of the REST interface's pages, in satang; any other amount is a person at the order's link.
    ///
    /// They act once somebody opens that link. A payment that fails there closes its order, which reads as expired.
    public static let ksher: [SandboxScenario] = pages(.ksher, "thai-wallets", hasReasons: false)

    /// Magic values of the RSA interface: amounts of QR codes, barcodes, and amounts of refunds.
    public static let ksherRSA: [SandboxScenario] =
        pages(.ksherRSA, "promptpay", hasReasons: true) + barcodes + refunds

    private static func pages(_ name: SandboxOperator, _ channel: String, hasReasons: Bool) -> [SandboxScenario] {
        let rows: [(Int64, String, Execution)] = [
            (10_001, "succeeds", .executed), (10_002, "succeeds_later", .executed),
            (10_003, "insufficient_funds", .notExecuted), (10_004, "declined", .notExecuted),
            (10_005, "no_answer", .notExecuted), (10_010, "duplicate_callback", .executed),
            (10_011, "late_success", .executed), (10_021, "fault_wrong_amount", .executedDifferently),
            (10_022, "fault_html_answer", .notExecuted), (10_023, "fault_forged_signature", .executed),
            (10_024, "fault_answer_lost", .notExecuted), (10_025, "fault_status_unavailable", .executed),
            (10_026, "fault_webhook_lost", .executed),
        ]
        return rows.filter { hasReasons || $0.1 != "insufficient_funds" }.map { amount, outcome, execution in
            SandboxScenario(
                operator: name, channel: channel, operation: .collect, name: outcome, trigger: .amount(amount),
                amount: amount, currency: "THB", needsReturnURLs: true, actsWhenOpened: true,
                expiresInSeconds: outcome == "late_success" ? 2 : nil,
                // An order that nobody pays is closed.
                end: outcome == "no_answer" ? .failed : .usual(outcome), execution: execution)
        }
    }

    private static let barcodes: [SandboxScenario] = [
        barcode(1, "succeeds", .executed), barcode(2, "succeeds_later", .executed),
        barcode(3, "insufficient_funds", .notExecuted), barcode(4, "declined", .notExecuted),
        barcode(5, "no_answer", .notExecuted), barcode(6, "lost_answer_executed", .executed),
        barcode(7, "lost_answer_not_executed", .notExecuted), barcode(8, "error_after_executing", .executed),
        barcode(9, "error_without_executing", .notExecuted), barcode(10, "duplicate_callback", .executed),
        barcode(11, "late_success", .executed), barcode(21, "fault_wrong_amount", .executedDifferently),
        barcode(22, "fault_html_answer", .notExecuted), barcode(23, "fault_forged_signature", .executed),
        barcode(24, "fault_truncated_answer", .executed),
    ]

    private static func barcode(_ number: Int, _ outcome: String, _ execution: Execution) -> SandboxScenario {
        // An order that the operator does not know says nothing about a charge, so it goes to people.
        SandboxScenario(
            operator: .ksherRSA, channel: "truemoney", operation: .collect, name: outcome,
            trigger: .token("8800000000\(number < 10 ? "0" : "")\(number)"), amount: 15_050, currency: "THB",
            expiresInSeconds: outcome == "late_success" ? 2 : nil,
            end: outcome == "error_without_executing" ? .underReview : .usual(outcome), execution: execution)
    }

    private static let refunds: [SandboxScenario] = [
        refund(4_001, "succeeds", .executed, .succeeded), refund(4_004, "declined", .notExecuted, .underReview),
        refund(4_005, "no_answer", .notExecuted, .underReview),
        refund(4_006, "lost_answer_executed", .executed, .succeeded),
        refund(4_007, "lost_answer_not_executed", .notExecuted, .underReview),
        refund(4_008, "error_after_executing", .executed, .succeeded),
        refund(4_009, "error_without_executing", .notExecuted, .underReview),
        refund(4_023, "fault_forged_signature", .executed, .succeeded),
    ]

    private static func refund(
        _ amount: Int64, _ outcome: String, _ execution: Execution, _ end: End
    ) -> SandboxScenario {
        SandboxScenario(
            operator: .ksherRSA, channel: "truemoney", operation: .refund, name: outcome,
            trigger: .refundAmount(amount), others: [.token("880000000001")], amount: 15_050, currency: "THB", end: end,
            execution: execution)
    }
}
