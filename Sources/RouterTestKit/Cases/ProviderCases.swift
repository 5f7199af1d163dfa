package import Router

// What a case holds, or `nil` if it is another case.

extension ProviderOutcome {
    package var succeeded: ReportedTransaction? { if case .succeeded(let value) = self { value } else { nil } }
    package var pending: Progress? { if case .pending(let value) = self { value } else { nil } }
    package var rejected: Refusal? { if case .rejected(let value) = self { value } else { nil } }
    package var unknown: Doubt? { if case .unknown(let value) = self { value } else { nil } }
}

extension StatusCheckResult {
    package var answer: ProviderOutcome? { if case .found(let answer) = self { answer } else { nil } }
    package var couldNotAnswer: String? { if case .couldNotAnswer(let value) = self { value } else { nil } }
}

extension Prepared {
    package var request: MoneyRequest? { if case .request(let value) = self { value } else { nil } }
    package var session: Session? { if case .session(let value) = self { value } else { nil } }
    package var input: [CustomerAction]? { if case .input(let value) = self { value } else { nil } }
}

extension CallbackVerdict {
    package var refused: CallbackRefusal? { if case .refused(let value) = self { value } else { nil } }
    package var about: CallbackFact? { if case .about(let value) = self { value } else { nil } }
}

extension ProbeFinding {
    package var accepted: String? { if case .accepted(let value) = self { value } else { nil } }
    package var refused: String? { if case .refused(let value) = self { value } else { nil } }
    package var unclear: String? { if case .unclear(let value) = self { value } else { nil } }
}

extension BalanceFinding {
    package var known: [Balance]? { if case .known(let value) = self { value } else { nil } }
    package var couldNotAnswer: String? { if case .couldNotAnswer(let value) = self { value } else { nil } }
}

extension BillFinding {
    package var couldNotAnswer: String? { if case .couldNotAnswer(let value) = self { value } else { nil } }
}

extension PartyFinding {
    package var couldNotAnswer: String? { if case .couldNotAnswer(let value) = self { value } else { nil } }
}

extension Withdrawal {
    package var couldNotAnswer: String? { if case .couldNotAnswer(let value) = self { value } else { nil } }
}

extension LoginResult {
    package var token: String? { if case .token(let token, _) = self { token } else { nil } }
}

extension CustomerAction {
    package var redirect: String? { if case .redirect(let url) = self { url } else { nil } }
}
