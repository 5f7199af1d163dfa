import Router

/// Why a code allows nothing, in words.
enum ChallengeAnswers {
    /// The `reason` of `code_refused`.
    enum Reason: String, CaseIterable {
        case missing, expired, used, replaced, exhausted
        case otherSubject = "other_subject"
        case wrong
        /// Its message is not sent again: it was used, replaced, or is too old.
        case over
        /// Its message was sent as often as it may be.
        case resends
    }

    static func required(_ purpose: Challenge.Purpose) -> Problem {
        Problem(
            .codeRequired, "this needs a one-time code; ask for one: POST /v1/wallet/codes",
            extra: [(Problem.purpose, .string(purpose.rawValue))])
    }

    /// The digits of a code that somebody typed.
    ///
    /// What cannot be the code of any challenge is refused before one is looked at, and uses up no try: a slip of the
    /// fingers is no guess.
    static func digits(_ typed: String) throws(Problem) -> String {
        guard let digits = OneTimeCodes.digits(typed) else {
            throw malformed("invalid_value", "a code has six digits, such as 493027")
        }
        return digits
    }

    /// Where a fault of the code itself is told.
    static let pointer = "/code"

    static func malformed(_ code: String, _ detail: String) -> Problem {
        Problem(
            .invalidRequest, "\(pointer) is not the code that was sent: \(detail)",
            errors: [JSONIssue(pointer: pointer, code: code, detail: detail)])
    }

    static func problem(_ refusal: ChallengeRefusal, _ purpose: Challenge.Purpose) -> Problem {
        var left: Int?
        let (reason, detail): (Reason, String) =
            switch refusal {
            case .missing: (.missing, "no code was asked for; ask for one: POST /v1/wallet/codes")
            case .expired: (.expired, "the code is too old; ask for a new one")
            case .used: (.used, "the code was used already; ask for a new one")
            case .replaced: (.replaced, "a newer code was sent; only that one counts")
            case .exhausted: (.exhausted, "the code was typed wrongly too often; ask for a new one")
            case .otherSubject:
                (
                    .otherSubject,
                    "the code was sent for something else: another amount, recipient, fee or text; ask for a new one"
                )
            case .wrong(let count): (.wrong, "the code is wrong; it may be typed \(count) more times")
            }
        if case .wrong(let count) = refusal { left = count }
        return refused(
            reason, detail,
            [(Problem.purpose, .string(purpose.rawValue))]
                + (left.map { [(Problem.triesLeft, JSONValue(Int64($0)))] } ?? []))
    }

    static func problem(_ refusal: ChallengeResend.Refusal, at now: Moment) -> Problem {
        switch refusal {
        case .missing: return Problem(.notFound, "you have asked for no such code")
        case .over: return refused(.over, "the code counts no more; ask for a new one")
        case .tooOften: return refused(.resends, "the code was sent as often as it may be; ask for a new one")
        case .tooSoon(let next):
            let seconds = max(1, (next.milliseconds(since: now) + 999) / 1_000)
            return Problem(
                .rateLimited, "the first message may still arrive; it can be sent again in \(seconds) seconds",
                headers: [(name: "retry-after", value: String(seconds))])
        }
    }

    private static func refused(_ reason: Reason, _ detail: String, _ more: [(String, JSONValue)] = []) -> Problem {
        Problem(.codeRefused, detail, extra: [(Problem.reason, .string(reason.rawValue))] + more)
    }

    static func tooMany(until end: Moment, at now: Moment) -> Problem {
        let seconds = max(1, (end.milliseconds(since: now) + 999) / 1_000)
        return Problem(
            .rateLimited,
            "too many codes were asked for: \(Challenge.mostInWindow) within an hour; the next one in \(seconds) seconds",
            headers: [(name: "retry-after", value: String(seconds))])
    }

    static let unreachable = Problem(
        .contactUnconfirmed,
        "no phone number or e-mail address of yours is confirmed, so no code can be sent; confirm one first")
}

extension Problem {
    /// Whether it is the code that is wrong, and not what it was sent for.
    var isAboutCode: Bool {
        [.codeRefused, .codeRequired].contains(code) || errors.contains { $0.pointer == ChallengeAnswers.pointer }
    }

    /// The members that tell why, where a code of a problem has several reasons.
    static let reason = "reason"
    /// What a one-time code is for.
    static let purpose = "purpose"
    /// How often a code may still be typed.
    static let triesLeft = "tries_left"

    /// What a further member says.
    func member(_ name: String) -> JSONValue? { extra.first { $0.0 == name }?.1 }

    /// The same about a document that is a member of another one.
    func within(_ pointer: String) -> Problem {
        guard !errors.isEmpty else { return self }
        var problem = self
        problem.errors = errors.map { JSONIssue(pointer: pointer + $0.pointer, code: $0.code, detail: $0.detail) }
        // A body's faults are told with their places.
        if detail == errors.map(\.description).joined(separator: "; ") {
            problem.detail = problem.errors.map(\.description).joined(separator: "; ")
        }
        return problem
    }
}
