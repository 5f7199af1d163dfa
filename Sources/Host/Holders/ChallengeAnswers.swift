import Router

/// Why a code allows nothing, in words.
enum ChallengeAnswers {
    static func required(_ purpose: Challenge.Purpose) -> Problem {
        Problem(
            .codeRequired, "this needs a one-time code; ask for one: POST /v1/wallet/codes",
            extra: [("purpose", .string(purpose.rawValue))])
    }

    static func problem(_ refusal: ChallengeRefusal, _ purpose: Challenge.Purpose) -> Problem {
        var left: JSONValue = .null
        let (reason, detail): (String, String) =
            switch refusal {
            case .missing: ("missing", "no code was asked for; ask for one: POST /v1/wallet/codes")
            case .expired: ("expired", "the code is too old; ask for a new one")
            case .used: ("used", "the code was used already; ask for a new one")
            case .replaced: ("replaced", "a newer code was sent; only that one counts")
            case .exhausted: ("exhausted", "the code was typed wrongly too often; ask for a new one")
            case .otherSubject:
                (
                    "other_subject",
                    "the code was sent for something else: another amount, recipient, fee or text; ask for a new one"
                )
            case .wrong(let count): ("wrong", "the code is wrong; it may be typed \(count) more times")
            }
        if case .wrong(let count) = refusal { left = JSONValue(Int64(count)) }
        return Problem(
            .codeRefused, detail,
            extra: [
                ("reason", .string(reason)), ("purpose", .string(purpose.rawValue)),
                ("tries_left", left),
            ])
    }

    static func problem(_ refusal: ChallengeResend.Refusal, at now: Moment) -> Problem {
        switch refusal {
        case .missing: return Problem(.notFound, "you have asked for no such code")
        case .over:
            return Problem(.codeRefused, "the code counts no more; ask for a new one", extra: [("reason", "over")])
        case .tooOften:
            return Problem(
                .codeRefused, "the code was sent as often as it may be; ask for a new one",
                extra: [("reason", "resends")])
        case .tooSoon(let next):
            let seconds = max(1, (next.milliseconds(since: now) + 999) / 1_000)
            return Problem(
                .rateLimited, "the first message may still arrive; it can be sent again in \(seconds) seconds",
                headers: [(name: "retry-after", value: String(seconds))])
        }
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
