import People
import Router

/// What is answered about passwords, on holders' pages, in their API and in the console alike.
enum PasswordAnswers {
    /// Passes if the password was changed.
    static func check(_ result: People.PasswordChanged, at pointer: String) throws(Problem) {
        switch result {
        case .done: return
        case .wrongPassword: throw Problem(.wrongCredentials, "the old password is wrong")
        case .password(let fault): throw problem(fault, at: pointer)
        case .throttled(let seconds): throw throttled(seconds)
        case .busy: throw busy
        case .challenge(let refusal): throw ChallengeAnswers.problem(refusal, .passwordReset)
        }
    }

    static func problem(_ fault: PasswordRules.Fault, at pointer: String) -> Problem {
        let detail =
            switch fault {
            case .tooShort: "must have at least \(PasswordRules.shortest) characters"
            case .tooLong: "must have at most \(PasswordRules.longest) bytes"
            case .guessable: "is one of those that are tried first; choose another one"
            }
        return Problem(
            .passwordRefused, "the password \(detail)",
            errors: [JSONIssue(pointer: pointer, code: "password", detail: detail)])
    }

    static func throttled(_ seconds: Int64) -> Problem {
        Problem(
            .rateLimited, "too many wrong passwords; the next one is looked at in \(seconds) seconds",
            headers: [(name: "retry-after", value: String(seconds))])
    }

    static let busy = Problem(
        .unavailable, "too many people are signing in; try again in a few seconds",
        headers: [(name: "retry-after", value: "3")])
}
