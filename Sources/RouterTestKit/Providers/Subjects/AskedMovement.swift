import Router

/// What was asked of the operator, to compare with what it states.
struct AskedMovement: Sendable {
    let attempt: Attempt

    init(_ order: Instruction) {
        let (id, channel, amount, createdAt) = order.essentials
        let asked = Order(
            id: OrderID.none(), app: AppID.none, environment: .sandbox, request: OrderRequest(amount: amount),
            idempotencyKey: "", requestID: RequestID.none, createdAt: createdAt, plan: [], explanation: .null,
            movement: MovementID.none)
        var attempt = Attempt(
            id: id, of: asked, ordinal: 1, provider: "conformance", channel: channel, scope: "",
            reference: order.reference, epoch: 0, at: createdAt)
        attempt.operatorReference = order.operatorReference
        self.attempt = attempt
    }

    var reference: String { attempt.reference }
    var amount: Money { attempt.amount }

    /// Whether the core would take a statement for the execution of exactly this.
    func isExecuted(_ statement: ReportedTransaction) -> Bool {
        if case .executed = Classifier.compare(statement, with: attempt) { true } else { false }
    }

    /// What the core makes of a notification.
    func reading(of fact: CallbackFact, contract: ProviderContract) -> Reading {
        switch Classifier.claim(fact, contract: contract, attempt: attempt) {
        case .executed(let statement): .executed(statement)
        case .mismatched: .mismatched
        case .inProgress(let progress): .pending(progress)
        case .refused(let refusal): .refused(refusal)
        case .withdrawn, .absent, .notSent, .found, .unclear: .unclear
        }
    }
}

extension Instruction {
    fileprivate var essentials: (AttemptID, PaymentChannel, Money, Moment) {
        switch self {
        case .collect(let order): (order.attempt, order.channel, order.amount, order.createdAt)
        case .payout(let order): (order.attempt, order.channel, order.amount, order.createdAt)
        case .refund(let order), .capture(let order), .void(let order):
            (order.attempt, order.original.channel, order.amount, order.createdAt)
        }
    }
}
