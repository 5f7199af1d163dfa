/// One payment, payout or refund that an operator recorded, from the request to its end; kept in the journal.
struct SandboxPayment: Codable, Sendable {
    /// What it is: a collection, a payout or a refund, as in ``SandboxOperation``.
    var operation: String
    /// The partner's reference, unique per operation.
    var id: String
    /// The partner's account.
    var account: String
    /// Whose phone or wallet.
    var party: String
    /// What the partner asked for, in the smallest unit.
    var amount: Int64
    /// What the operator tells and executes.
    var toldAmount: Int64
    var currency: String
    /// The operator's own reference.
    var reference: String
    /// Other fields of the request that answers and callbacks repeat.
    var details: [String: String] = [:]
    /// How it ended.
    var result: SandboxResult?
    var endedAt: Int64?
    /// What happens at ``due``.
    var plan: SandboxResult?
    var due: Int64?
    var callbacks = CallbackStyle.once
    /// Where to notify, if the request said; otherwise the account's registration.
    var callbackURL: String?
    /// Checks that still fail.
    var failingChecks = 0
    /// Whether a person decides.
    var isPerson = false
    /// Whether it is only the memory of a request that was dropped unread.
    var isDropped = false

    var isOpen: Bool { result == nil && !isDropped }
    var key: String { Self.key(operation, id) }

    static func key(_ operation: String, _ id: String) -> String { "\(operation) \(id)" }
}

extension SandboxPayment {
    /// A new payment that will go as a behaviour says.
    init(
        _ operation: SandboxOperation, id: String, account: String, party: String, amount: Int64, currency: String,
        reference: String, now: Int64, _ behaviour: PaymentBehaviour
    ) {
        self.init(
            operation: operation.rawValue, id: id, account: account, party: party, amount: amount,
            toldAmount: amount + behaviour.extraAmount, currency: currency, reference: reference,
            plan: behaviour.result, due: behaviour.result.map { _ in now + behaviour.after },
            callbacks: behaviour.callbacks, failingChecks: behaviour.failingChecks, isPerson: behaviour.isPerson)
    }
}
