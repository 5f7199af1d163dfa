/// What using one card does at the operator, and what the partner gets to see of it.
struct CardBehaviour: Sendable, Hashable {
    /// What happens to the money.
    enum Course: Sendable, Hashable {
        /// It moves at once.
        case succeeds
        /// It does not move.
        case fails(CardFailure)
        /// It moves after so many milliseconds, or never.
        case processes(Int64?)
        /// The customer authenticates first: a person, or the sandbox after so many milliseconds.
        case authenticates(automaticallyAfter: Int64?, then: CardFailure?)
        /// The call is not looked at.
        case ignored
    }

    var course: Course
    /// How the answer leaves.
    var answer = AnswerStyle.truthful
    /// How the result is notified.
    var callbacks = CallbackStyle.once
    /// The first confirm (charge: the first call with the key) is dropped unread.
    var dropsFirst = false
    /// What objects tell, and the books hold, once it has succeeded, beyond the asked amount.
    var extraAmount: Int64 = 0
    /// Objects tell, and the books hold, another currency.
    var swapsCurrency = false

    static func of(_ instrument: CardInstrument) -> CardBehaviour {
        switch instrument.effect {
        case .succeeds: CardBehaviour(course: .succeeds)
        case .fails(let failure): CardBehaviour(course: .fails(failure))
        case .authenticates(let failure):
            CardBehaviour(course: .authenticates(automaticallyAfter: nil, then: failure))
        case .sandbox(let name): sandbox[name] ?? CardBehaviour(course: .succeeds)
        }
    }

    /// The names behind `tok_sandbox_`.
    static var sandboxNames: [String] { Array(sandbox.keys) }

    private static let sandbox: [String: CardBehaviour] = [
        "succeedsLater": CardBehaviour(course: .processes(5_000)),
        "noAnswer": CardBehaviour(course: .processes(nil), answer: .hung(60_000), callbacks: .never),
        "lostAnswerExecuted": CardBehaviour(course: .succeeds, answer: .dropped, callbacks: .never),
        "lostAnswerNotExecuted": CardBehaviour(course: .succeeds, dropsFirst: true),
        "errorAfterExecuting": CardBehaviour(course: .succeeds, answer: .serverError, callbacks: .never),
        "errorWithoutExecuting": CardBehaviour(
            course: .fails(.internalError), answer: .serverError, callbacks: .never),
        "duplicateCallback": CardBehaviour(course: .succeeds, callbacks: .threeTimes),
        "lateSuccess": CardBehaviour(course: .processes(4_000)),
        "3dsAutomatic": CardBehaviour(course: .authenticates(automaticallyAfter: 2_000, then: nil)),
        "wrongAmount": CardBehaviour(course: .succeeds, extraAmount: 1),
        "wrongCurrency": CardBehaviour(course: .succeeds, swapsCurrency: true),
        "html": CardBehaviour(course: .ignored, answer: .page),
        "truncated": CardBehaviour(course: .succeeds, answer: .truncated, callbacks: .never),
    ]
}
