/// Within what an operator's references tell transactions apart: one proves one attempt there, and never two.
package struct ProofScope: Sendable, Hashable {
    /// The provider's kind: two kinds never share an operator's references.
    package var kind: String
    /// The account at the operator; several providers can share it.
    package var account: String
    /// Whether the operator never gives a reference twice, so that a repetition is no news about an attempt of ours.
    package var isUnique: Bool

    package init(kind: String, account: String, isUnique: Bool) {
        self.kind = kind
        self.account = account
        self.isUnique = isUnique
    }

    /// The text under which an execution is unique; stores keep a keyed hash of it.
    ///
    /// People spell a reference in small letters that the operator wrote in large ones, so case makes no other one.
    package func key(_ operation: MoneyOperation, _ operatorReference: String) -> String {
        [kind, account, operation.rawValue, operatorReference.uppercased()].joined(separator: "\u{1F}")
    }
}

extension OrderAggregate {
    /// Why the store refused an execution: what the next reading of the same observation has to know.
    package mutating func refuseProof() { pending.refusesProof = true }

    /// What a claim is worth once the store has said that its reference proves another attempt.
    ///
    /// Where references are unique for ever the operator spoke of that other one; elsewhere people decide.
    func vetted(_ claim: Claim, _ scope: ProofScope?) -> Claim {
        guard pending.refusesProof, case .executed(let statement) = claim else { return claim }
        let why = InconclusiveReason.provesAnotherAttempt
        return scope?.isUnique == true ? .unclear(why) : .mismatched(statement, why.description)
    }

    /// Takes the operator's reference for an attempt that it proves to be executed.
    ///
    /// A refund that the operator names like its payment, and our own reference, tell nothing apart.
    mutating func keepForItself(_ id: AttemptID, _ statement: ReportedTransaction, _ scope: ProofScope?) {
        guard let scope, let attempt = attempt(id),
            let reference = statement.operatorReference ?? attempt.operatorReference, reference != attempt.reference,
            reference != order.request.followUp?.original.operatorReference
        else { return }
        let key = scope.key(operation, reference)
        _ = change(id) { $0.proofKey = key }
    }
}
