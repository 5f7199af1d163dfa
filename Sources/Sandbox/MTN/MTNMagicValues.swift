/// What each test number does: the official matrix (docs/protocols/mtn-momo.md, 7), and the numbered magic values.
enum MTNMatrix {
    /// Numbers from 46733123450 on, in their order.
    private static let collects = [
        "INTERNAL_PROCESSING_ERROR", "APPROVAL_REJECTED", "EXPIRED", "ongoing", "delayed", "PAYER_NOT_FOUND",
        "PAYEE_NOT_ALLOWED_TO_RECEIVE", "NOT_ALLOWED", "NOT_ALLOWED_TARGET_ENVIRONMENT", "INVALID_CALLBACK_URL_HOST",
        "INVALID_CURRENCY", "INTERNAL_PROCESSING_ERROR", "SERVICE_UNAVAILABLE", "COULD_NOT_PERFORM_TRANSACTION",
        "TRANSFER_TYPE_UNKNOWN",
    ]
    private static let transfers = [
        "INTERNAL_PROCESSING_ERROR", "REJECTED", "EXPIRED", "ongoing", "delayed", "NOT_ENOUGH_FUNDS",
        "PAYER_LIMIT_REACHED", "PAYEE_NOT_FOUND", "NOT_ALLOWED", "NOT_ALLOWED_TARGET_ENVIRONMENT",
        "INVALID_CALLBACK_URL_HOST", "INVALID_CURRENCY", "INTERNAL_PROCESSING_ERROR", "SERVICE_UNAVAILABLE",
        "TRANSFER_TYPE_UNKNOWN",
    ]
    private static let first = 46_733_123_450

    /// The reason a collection from this number ends with.
    static func collect(_ number: String) -> SandboxResult? { word(collects, number) }

    private static func word(_ table: [String], _ number: String) -> SandboxResult? {
        guard let index = Int(number).map({ $0 - first }), table.indices.contains(index) else { return nil }
        return SandboxResult(word: table[index])
    }

    /// The magic phone with a number, of the demo user's country.
    static func phone(_ number: Int) -> String { "2376700000\(number < 10 ? "0" : "")\(number)" }

    /// How to treat a payment.
    static func behaviour(_ operation: SandboxOperation, _ number: String, _ environment: String) -> PaymentBehaviour {
        if let result = word(operation == .collect ? collects : transfers, number) {
            // Still running at first; done when asked again half a minute later.
            switch result.word {
            case "ongoing", "delayed": return PaymentBehaviour(result: .executed, after: 30_000)
            default: return PaymentBehaviour(result: result)
            }
        }
        if number.hasPrefix("2376700000"), let magic = Int(number.suffix(2)) {
            // The same reference completes the same payment.
            if magic == 7 { return PaymentBehaviour(result: .executed, dropsFirst: true) }
            if let behaviour = PaymentBehaviour.numbered[magic] { return behaviour }
        }
        return environment == "sandbox" || operation != .collect ? .plain : .person
    }

    /// A refund goes by its amount, as a numbered magic value; any other amount succeeds.
    static func refund(_ amount: Int64) -> PaymentBehaviour {
        if amount == 7 { return PaymentBehaviour(result: .executed, dropsFirst: true) }
        return (1...99).contains(amount) ? PaymentBehaviour.numbered[Int(amount)] ?? .plain : .plain
    }

    /// The operator's word for a result.
    static func reason(_ result: SandboxResult) -> String {
        switch result {
        case .insufficientFunds: "NOT_ENOUGH_FUNDS"
        case .declined: "APPROVAL_REJECTED"
        case .expired: "EXPIRED"
        case .failed: "INTERNAL_PROCESSING_ERROR"
        default: result.word
        }
    }
}

extension SandboxScenario {
    /// Magic phones of the demo user's country, for collections and payouts; magic amounts, in francs, for refunds.
    static let mtn: [SandboxScenario] =
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
