import Router

/// What a provider made of a reply, in the same words for every operation and question.
enum Reading: Sendable, Hashable {
    case executed(ReportedTransaction)
    /// Executed something else, as the provider itself says.
    case mismatched
    case pending(Progress)
    case refused(Refusal)
    case unclear
    case absent
    case untried

    init(_ answer: ProviderOutcome) {
        switch answer {
        case .succeeded(let statement): self = .executed(statement)
        case .pending(let progress): self = .pending(progress)
        case .rejected(let refusal): self = .refused(refusal)
        case .unknown: self = .unclear
        }
    }

    init(_ finding: StatusCheckResult) {
        switch finding {
        // Refusing our question says nothing about the transaction.
        case .found(.rejected(let refusal)) where Self.aboutTheQuestion.contains(refusal.reason): self = .unclear
        case .found(let answer): self.init(answer)
        case .absent: self = .absent
        case .untried: self = .untried
        case .couldNotAnswer: self = .unclear
        }
    }

    private static let aboutTheQuestion: Set<RefusalReason> = [
        .credentialsRefused, .throttled, .operatorUnavailable, .notSent, .invalidRequest,
    ]

    /// What a listed reply would have to mean to be read so.
    var meaning: ReplyTable.Meaning? {
        switch self {
        case .executed: .executed
        case .mismatched: nil
        case .pending: .pending
        case .refused(let refusal): refusal.isDefinitive && !refusal.needsCheck ? .refused : .refusedForNow
        case .unclear: .unclear
        case .absent: .absent
        case .untried: .untried
        }
    }

    /// In words, for reports.
    var words: String { meaning?.rawValue ?? "something else executed" }

    /// The operator's name for the transaction, as stated.
    var operatorReference: String? {
        switch self {
        case .executed(let statement): statement.operatorReference
        case .pending(let progress): progress.operatorReference
        default: nil
        }
    }
}
