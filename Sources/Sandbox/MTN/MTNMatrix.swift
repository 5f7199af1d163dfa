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

/// Amounts as this operator writes them.
struct MTNMoney: Sendable, Hashable {
    var minorUnits: Int64
    var currency: String

    private static let exponents = ["EUR": 2, "GHS": 2, "XAF": 0, "XOF": 0]

    init(minorUnits: Int64, currency: String) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Reads a text of digits, with at most the currency's decimals.
    init?(_ text: String, _ currency: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let exponent = Self.exponents[currency], parts.count <= 2,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        guard fraction.count <= exponent,
            let units = Int64(parts[0] + fraction + String(repeating: "0", count: exponent - fraction.count)), units > 0
        else { return nil }
        self.init(minorUnits: units, currency: currency)
    }

    /// The amount with the currency's decimals.
    var text: String {
        let exponent = Self.exponents[currency] ?? 0
        guard exponent == 2 else { return String(minorUnits) }
        return "\(minorUnits / 100).\(String(minorUnits % 100 + 100).dropFirst())"
    }
}
