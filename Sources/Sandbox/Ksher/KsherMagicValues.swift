/// What one order, barcode or refund does, and what the partner gets to see of it.
struct KsherBehaviour: SandboxBehaviour, Hashable {
    /// How it ends by itself; `nil` means a person (or nobody) pays.
    var result: KsherOrder.State?
    /// When, in milliseconds after somebody has opened the page or scanned the code.
    ///
    /// A barcode counts from its creation, and is charged at once where this is 0.
    var after: Int64 = 1_000
    var callbacks = CallbackStyle.once
    /// How the answer to the request leaves.
    var answer = AnswerStyle.truthful
    /// Overrides the order's own lifetime, in milliseconds.
    var lifetime: Int64?
    /// What is told, and the books hold, beyond the asked amount.
    var extraAmount: Int64 = 0
    /// Answers are signed with a foreign key.
    var isForged = false
    /// Questions that are answered with HTTP 500 first.
    var failingChecks = 0
    /// The answer to the opening call is lost, and nobody can pay.
    var isLost = false
    /// The reason of a failure is the payer's balance.
    var hasTooLittle = false

    var breaksTheAnswer: Bool { answer != .truthful || isLost || isForged }
    static let plain = KsherBehaviour(result: .paid)

    /// How long a request without an answer hangs, in milliseconds.
    static let hang: Int64 = 60_000

    /// Pages and QR codes, by amount in satang.
    static func order(amount: Int64) -> KsherBehaviour { orders[amount] ?? KsherBehaviour() }

    private static let orders: [Int64: KsherBehaviour] = [
        10_001: KsherBehaviour(result: .paid),
        10_002: KsherBehaviour(result: .paid, after: 5_000),
        10_003: KsherBehaviour(result: .failed, hasTooLittle: true),
        10_004: KsherBehaviour(result: .failed),
        10_005: KsherBehaviour(lifetime: 3_000),
        10_010: KsherBehaviour(result: .paid, callbacks: .threeTimes),
        10_011: KsherBehaviour(result: .paid, after: 4_000),
        10_021: KsherBehaviour(result: .paid, extraAmount: 1),
        10_022: KsherBehaviour(answer: .page),
        10_023: KsherBehaviour(result: .paid, isForged: true),
        10_024: KsherBehaviour(result: .paid, isLost: true),
        10_025: KsherBehaviour(result: .paid, failingChecks: 3),
        10_026: KsherBehaviour(result: .paid, callbacks: .never),
    ]

    /// Charges, by barcode; any other barcode succeeds at once.
    static func barcode(_ code: String) -> KsherBehaviour { barcodes[code] ?? KsherBehaviour(result: .paid, after: 0) }

    private static let barcodes: [String: KsherBehaviour] = [
        "880000000001": KsherBehaviour(result: .paid, after: 0),
        "880000000002": KsherBehaviour(result: .paid, after: 3_000),
        "880000000003": KsherBehaviour(result: .failed, after: 0, hasTooLittle: true),
        "880000000004": KsherBehaviour(result: .failed, after: 0),
        "880000000005": KsherBehaviour(answer: .hung(hang), isLost: true),
        "880000000006": KsherBehaviour(result: .paid, after: 0, answer: .dropped),
        "880000000007": KsherBehaviour(answer: .dropped, isLost: true),
        "880000000008": KsherBehaviour(result: .paid, after: 0, answer: .serverError),
        "880000000009": KsherBehaviour(answer: .serverError, isLost: true),
        "880000000010": KsherBehaviour(result: .paid, after: 0, callbacks: .threeTimes),
        "880000000011": KsherBehaviour(result: .paid, after: 4_000),
        "880000000021": KsherBehaviour(result: .paid, after: 0, extraAmount: 1),
        "880000000022": KsherBehaviour(answer: .page, isLost: true),
        "880000000023": KsherBehaviour(result: .paid, after: 0, isForged: true),
        "880000000024": KsherBehaviour(result: .paid, after: 0, answer: .truncated),
    ]

    /// Refunds, by the amount given back in satang; any other amount succeeds.
    static func refund(amount: Int64) -> KsherBehaviour { refunds[amount] ?? KsherBehaviour(result: .paid) }

    private static let refunds: [Int64: KsherBehaviour] = [
        4_004: KsherBehaviour(result: .failed),
        4_005: KsherBehaviour(answer: .hung(hang), isLost: true),
        4_006: KsherBehaviour(result: .paid, answer: .dropped),
        4_007: KsherBehaviour(answer: .dropped, isLost: true),
        4_008: KsherBehaviour(result: .paid, answer: .serverError),
        4_009: KsherBehaviour(answer: .serverError, isLost: true),
        4_023: KsherBehaviour(result: .paid, isForged: true),
    ]
}

extension SandboxScenario {
    /// Magic amounts of the REST interface's pages, in satang; any other amount is a person at the order's link.
    ///
    /// They act once somebody opens that link. A payment that fails there closes its order, which reads as expired.
    static let ksher: [SandboxScenario] = pages(.ksher, "thai-wallets", hasReasons: false)

    /// Magic values of the RSA interface: amounts of QR codes, barcodes, and amounts of refunds.
    static let ksherRSA: [SandboxScenario] =
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
