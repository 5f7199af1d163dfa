/// Decides what an exchange with an operator proves.
///
/// Pure; the whole of docs/money-safety.md, 5.
package enum Classifier {
    /// Classifies one transmission of a money request.
    ///
    /// - Parameters:
    ///   - report: What the transport saw.
    ///   - contract: The operator's contract.
    ///   - ordinal: 1 for the first transmission of the attempt.
    ///   - attempt: What was asked.
    ///   - read: The provider's reading of a complete reply.
    /// - Returns: What the exchange proves.
    package static func classify(
        _ report: TransmissionReport, contract: ProviderContract, ordinal: Int, attempt: Attempt,
        read: (WireReply) -> ProviderOutcome
    ) -> Claim {
        guard report.gateOpened else {
            // On a resend the first transmission stays open to doubt, whatever happened to this one.
            let failure: TransportFailure =
                if case .failure(let failure) = report.result { failure } else { TransportFailure(.other) }
            return ordinal == 1 ? .notSent(failure) : .unclear(.resendNotSent(failure.kind))
        }
        switch report.result {
        case .failure(let failure): return .unclear(.wireFailed(failure.kind))
        case .success(let reply):
            if (300..<400).contains(reply.status) { return .unclear(.redirected(reply.status)) }
            return claim(read(reply), status: reply.status, contract: contract, ordinal: ordinal, attempt: attempt)
        }
    }

    /// Whether an exchange shows that the operator has the request, whatever it made of it.
    ///
    /// A success status does, also around an answer that cannot be read; so does an answer about this very request. A
    /// listed answer that the operator did not take it in (throttled, not authorized, out of order) shows nothing.
    package static func showsArrival(_ report: TransmissionReport, _ answer: ProviderOutcome?) -> Bool {
        guard report.gateOpened else { return false }
        guard case .success(let reply) = report.result else {
            guard case .failure(let failure) = report.result, let status = failure.status else { return false }
            return (200..<300).contains(status)
        }
        if case .rejected(let refusal) = answer { return !refusal.reason.isAboutTheQuestion }
        return (200..<300).contains(reply.status) || answer?.showsArrival == true
    }

    /// Classifies the provider's reading of a reply.
    package static func claim(
        _ answer: ProviderOutcome, status: Int, contract: ProviderContract, ordinal: Int, attempt: Attempt
    ) -> Claim {
        switch answer {
        case .succeeded(let statement): return compare(statement, with: attempt)
        case .pending(let progress): return .inProgress(progress)
        case .unknown(let doubt): return .unclear(.doubt(doubt))
        case .rejected(var refusal):
            // What the operator has confirmed need not wait for the quarantine.
            if let code = refusal.providerCode, contract.definitiveFailures.contains(code) {
                refusal.isDefinitive = true
            }
            switch refusal.reason {
            case .credentialsRefused where !contract.authenticationPrecedesExecution,
                .throttled where !contract.throttlingPrecedesExecution:
                return .unclear(.refusedPerhapsAfterExecuting(refusal.reason))
            // A listed refusal counts whatever the status; that the operator was out of order is no such refusal.
            case .operatorUnavailable where status >= 500 && !contract.throttlingPrecedesExecution:
                return .unclear(.refusedPerhapsAfterExecuting(refusal.reason))
            // A later refusal of a resend says nothing about the first transmission.
            case .credentialsRefused, .throttled, .operatorUnavailable, .notSent:
                return ordinal == 1 ? .refused(refusal) : .unclear(.resendRefused(refusal.reason))
            default: return .refused(refusal)
            }
        }
    }

    /// Compares what an operator states with what was asked.
    ///
    /// What it leaves out was bound by the call itself.
    package static func compare(_ statement: ReportedTransaction, with attempt: Attempt) -> Claim {
        var differences: [String] = []
        if let reference = statement.reference, reference != attempt.reference { differences.append("reference") }
        differences += statement.amount.differences(from: attempt.amount)
        // Our own reference, which earlier versions kept where the operator had named nothing yet, is no name of
        // theirs.
        if let known = attempt.operatorReference, known != attempt.reference,
            let theirs = statement.acceptedAs ?? statement.operatorReference, theirs != known,
            statement.operatorReference != known
        {
            differences.append("operator reference")
        }
        guard differences.isEmpty else { return .mismatched(statement, differences.joined(separator: ", ")) }
        return .executed(statement)
    }

    /// Classifies a notification.
    ///
    /// What it states beside a refusal is compared as well: a refusal of something else is none of ours.
    package static func claim(_ fact: CallbackFact, contract: ProviderContract, attempt: Attempt) -> Claim {
        if let statement = fact.statement, case .mismatched(_, let difference) = compare(statement, with: attempt) {
            guard case .succeeded = fact.claim else { return .unclear(.statesAnother(difference)) }
            return .mismatched(statement, difference)
        }
        return claim(fact.claim, status: 200, contract: contract, ordinal: 1, attempt: attempt)
    }

    /// Classifies the answer to a wish to end a page; only of a page can it be believed.
    package static func claim(_ withdrawal: Withdrawal, attempt: Attempt) -> Claim {
        switch withdrawal {
        case .withdrawn(let code) where attempt.sessionExpiresAt != nil: .withdrawn(providerCode: code)
        case .withdrawn: .unclear(.noPageToEnd)
        case .couldNotAnswer(let why): .unclear(.noAnswer(why))
        }
    }

    /// Classifies the answer to a check.
    package static func claim(_ finding: StatusCheckResult, contract: ProviderContract, attempt: Attempt) -> Claim {
        switch finding {
        case .absent: return .absent
        case .untried:
            guard let refusal = attempt.refusedEverywhere else { return .absent }
            return .refused(refusal)
        case .couldNotAnswer(let why): return .unclear(.noAnswer(why))
        case .found(.rejected(let refusal)) where refusal.reason.isAboutTheQuestion:
            // Refusing our question says nothing about the transaction.
            return .unclear(.questionRefused(refusal.reason))
        case .found(let answer):
            return claim(answer, status: 200, contract: contract, ordinal: 1, attempt: attempt)
        }
    }
}

extension ProviderOutcome {
    /// Whether it can only be given about a request that the operator has.
    var showsArrival: Bool {
        switch self {
        case .succeeded, .pending: true
        case .rejected(let refusal): !refusal.reason.isAboutTheQuestion
        case .unknown(let doubt): [.duplicateReference, .inProgress, .arrived].contains(doubt.kind)
        }
    }
}

extension StatusCheckResult {
    /// Whether the operator knows the transaction.
    var showsArrival: Bool {
        guard case .found(let answer) = self else { return false }
        return answer.showsArrival
    }
}

extension RefusalReason {
    /// Refusals that concern the call itself, not the transaction it asks about.
    var isAboutTheQuestion: Bool {
        switch self {
        case .credentialsRefused, .throttled, .operatorUnavailable, .notSent, .invalidRequest: true
        default: false
        }
    }
}
