/// What one accept call does.
struct AcceptBehaviour: Sendable, Hashable {
    /// Whether money moves.
    var executes = false
    /// How the answer leaves.
    var answer = AnswerStyle.truthful
    /// What the answer tells, and the books hold, beyond the asked amount.
    var extraAmount: Int64 = 0

    /// How long an accept call without an answer hangs, in milliseconds.
    static let hang: Int64 = 60_000

    /// The behaviour that belongs to a code; a code that is not listed is refused.
    static func of(code: String) -> AcceptBehaviour { magic[code] ?? AcceptBehaviour() }

    /// Whether the payer's app shows this code.
    static func isShown(_ code: String) -> Bool { magic[code] != nil }

    private static let magic: [String: AcceptBehaviour] = [
        "111111": AcceptBehaviour(executes: true),
        "111105": AcceptBehaviour(answer: .hung(hang)),
        "111106": AcceptBehaviour(executes: true, answer: .dropped),
        "111107": AcceptBehaviour(answer: .dropped),
        "111108": AcceptBehaviour(executes: true, answer: .serverError),
        "111109": AcceptBehaviour(answer: .serverError),
        "111121": AcceptBehaviour(executes: true, extraAmount: 1),
    ]
}
