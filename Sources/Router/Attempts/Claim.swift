/// What an observation says about an attempt after comparison with what we asked for.
package enum Claim: Sendable, Hashable {
    /// Executed; everything stated equals what was asked.
    case executed(ReportedTransaction)
    /// Executed something else; the text says what differs.
    case mismatched(ReportedTransaction, String)
    case inProgress(Progress)
    case refused(Refusal)
    /// The operator has ended its page at our wish: nothing was paid on it, and nothing can be.
    case withdrawn(providerCode: String?)
    /// Asked properly, the operator knows no such transaction.
    case absent
    /// The gate never opened, seen by the owner of the transmission.
    case notSent(TransportFailure)
    /// Two people found this out, outside the router; the statement is theirs.
    case found(Review.Finding.Verdict, people: String, document: String, ReportedTransaction)
    /// Proves nothing.
    case unclear(InconclusiveReason)

    /// Every name that a claim has in records and answers.
    package enum Name: String, Sendable, CaseIterable {
        case executed
        case notExecuted = "not_executed"
        case split
        case mismatched
        case inProgress = "in_progress"
        case refused
        case withdrawn
        case absent
        case notSent = "not_sent"
        case unclear
    }

    package var name: Name {
        switch self {
        case .executed, .found(.executed, _, _, _): .executed
        case .found(.notExecuted, _, _, _): .notExecuted
        case .found(.split, _, _, _): .split
        case .mismatched: .mismatched
        case .inProgress: .inProgress
        case .refused: .refused
        case .withdrawn: .withdrawn
        case .absent: .absent
        case .notSent: .notSent
        case .unclear: .unclear
        }
    }

    package var detail: String {
        switch self {
        case .executed: ""
        case .mismatched(_, let difference): difference
        case .inProgress: ""
        case .refused(let refusal):
            refusal.providerCode.map { "\(refusal.reason.rawValue) (\($0))" } ?? refusal.reason.rawValue
        case .withdrawn(let code): code ?? ""
        case .absent: ""
        case .notSent(let failure): failure.kind.rawValue
        case .found(_, let people, let document, _): "signed by \(people); document \(document)"
        case .unclear(let why): why.description
        }
    }

    /// Whether nothing was sent because this machine had no room for it.
    var foundNoRoom: Bool {
        guard case .notSent(let failure) = self else { return false }
        return failure.kind == .exhausted
    }

    package var statement: ReportedTransaction? {
        switch self {
        case .executed(let statement), .mismatched(let statement, _), .found(_, _, _, let statement): statement
        default: nil
        }
    }
}
