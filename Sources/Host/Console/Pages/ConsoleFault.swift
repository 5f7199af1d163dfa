import Router

/// What went wrong, in the words of the console.
enum ConsoleFault {
    /// What is shown of a problem: words of the reader's language, and the router's own where it says more.
    static func text(_ problem: Problem, _ texts: ConsoleTexts) -> String {
        if problem.outcome == .unknown { return texts["errorUnknownOutcome"] }
        switch problem.code {
        case .wrongCredentials, .unknownUser: return texts["errorCredentials"]
        case .passwordRefused: return texts["errorPassword"]
        case .contactTaken: return texts["errorContactTaken"]
        case .usernameTaken: return texts["errorUsername"]
        case .contactUnconfirmed: return texts["errorUnconfirmed"]
        case .rateLimited, .tooManyRequests: return texts["errorThrottled"]
        case .codeRefused: return texts["errorCode"]
        case .bodyTooLarge: return texts.filled("errorTooLarge", ["count": "\(BodyLimit.standard / 1_024)"])
        case .notFound: return texts["missingText"]
        case .invalidRequest, .invalidParameter:
            let details = problem.errors.map(\.detail)
            return texts.filled(
                "errorForm", ["fault": details.isEmpty ? problem.detail : details.joined(separator: "; ")])
        default: return problem.detail.isEmpty ? texts["errorUnavailable"] : problem.detail
        }
    }
}
