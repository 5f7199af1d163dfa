/// What a notification counts for: trust by class (docs/money-safety.md, 8.2b).
///
/// Pure. A kind says what shows that a notification is the operator's; what that is worth is decided here, by the
/// contract, for every kind alike.
package enum CallbackRules {
    /// Whether a notification counts as the operator's at all, before it is known what it is about.
    ///
    /// - Parameters:
    ///   - proof: What the kind found.
    ///   - contracts: The contracts of everything the provider can do.
    /// - Returns: Who counts as its sender.
    package static func sender(
        _ proof: CallbackProof, contracts: [ProviderContract]
    ) -> InboxMessage.Trust {
        switch proof {
        case .signature: contracts.contains { $0.callback == .signed } ? .signed : .stranger
        case .listedAddress: contracts.contains { $0.callback == .addressOnly } ? .listed : .stranger
        case .nothing: .stranger
        }
    }

    /// Whether a notification proves what it claims, or is only a reason to ask.
    ///
    /// - Parameters:
    ///   - fact: The notification as its kind read it.
    ///   - claim: Its claim, compared with the attempt.
    ///   - contract: The operator's contract for the attempt's operation.
    ///   - attempt: What it is about.
    ///   - operatorIDIsNew: Whether the operator's id in it was never seen before; an id is seen once.
    /// - Returns: `strong` if it proves its claim.
    package static func strength(
        _ fact: CallbackFact, _ claim: Claim, contract: ProviderContract, attempt: Attempt, operatorIDIsNew: Bool
    ) -> Evidence.Strength {
        switch (fact.proof, contract.callback) {
        case (.signature, .signed): signed(claim)
        // An address is little to go by, so all of the rest must be there; where one can ask, one asks.
        case (.listedAddress, .addressOnly) where contract.check == .none:
            listed(fact, claim, attempt: attempt, operatorIDIsNew: operatorIDIsNew)
        default: .weak
        }
    }

    /// What a notification states of its transaction.
    package static func statement(_ fact: CallbackFact) -> ReportedTransaction? {
        if case .succeeded(let statement) = fact.claim { return statement }
        return fact.statement
    }

    private static func signed(_ claim: Claim) -> Evidence.Strength {
        switch claim {
        // What is left out was bound by no call of ours.
        case .executed(let statement): if case .money = statement.amount { .strong } else { .weak }
        case .mismatched, .inProgress, .refused: .strong
        case .withdrawn, .absent, .notSent, .found, .unclear: .weak
        }
    }

    private static func listed(
        _ fact: CallbackFact, _ claim: Claim, attempt: Attempt, operatorIDIsNew: Bool
    ) -> Evidence.Strength {
        guard let statement = Self.statement(fact), statement.reference == attempt.reference,
            statement.amount.states(attempt.amount)
        else { return .weak }
        switch claim {
        case .executed: return operatorIDIsNew ? .strong : .weak
        case .refused: return .strong
        case .mismatched, .inProgress, .withdrawn, .absent, .notSent, .found, .unclear: return .weak
        }
    }
}

extension CallbackFact {
    /// Whether the payer it states is the one of that phone; so is one that is not stated, or not fixed by the order.
    ///
    /// - Parameters:
    ///   - phone: The order's.
    ///   - countries: Where the operator has its customers; a phone of another country was not sent to it. Empty means
    ///     anywhere.
    /// - Returns: `false` only if it states another payer.
    func isFrom(_ phone: MSISDN?, among countries: [String] = []) -> Bool {
        guard let payer, let phone, countries.isEmpty || countries.contains(phone.countryCode) else { return true }
        return phone.isSpelled(payer, nationally: true)
    }
}
