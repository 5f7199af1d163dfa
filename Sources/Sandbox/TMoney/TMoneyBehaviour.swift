/// What one debit does at the operator, and what the partner gets to see of it.
struct TMoneyBehaviour: Sendable, Hashable {
    /// Whether the operator knows the debit at all.
    var isRecorded = true
    /// How the payer decides; `nil` leaves the prompt open for ever.
    var decision: TMoneyDecision?
    /// When, in milliseconds after the request.
    var after: Int64 = 1_000
    /// How the answer leaves.
    var answer = AnswerStyle.truthful
    /// How the result is notified.
    var callbacks = CallbackStyle.once
    /// What callback, status and books tell beyond the asked amount.
    var extraAmount: Int64 = 0
    /// How many status checks are answered with HTTP 500 first.
    var failingChecks = 0
    /// The first call of each pair finds its token revoked.
    var revokesToken = false
    /// The debit is answered with the general failure code.
    var failsGenerally = false
    /// A person decides on the phone's page; ``decision`` is what happens if nobody does.
    var isPerson = false

    /// How long a prompt stays open on a person's phone, in milliseconds.
    ///
    /// No source states the real figure.
    static let promptLifetime: Int64 = 120_000

    /// The magic phone with a number: `228`, `900000` and two digits.
    static func phone(_ number: Int) -> String { "228900000\(number < 10 ? "0" : "")\(number)" }

    /// The behaviour that belongs to a phone.
    static func of(phone: String) -> TMoneyBehaviour { magic[phone] ?? person }

    private static let person = TMoneyBehaviour(decision: .expired, after: promptLifetime, isPerson: true)

    private static let magic: [String: TMoneyBehaviour] = {
        let lost = TMoneyBehaviour(decision: .approved, answer: .dropped, callbacks: .never)
        let numbered: [Int: TMoneyBehaviour] = [
            1: TMoneyBehaviour(decision: .approved),
            2: TMoneyBehaviour(decision: .approved, after: 5_000),
            3: TMoneyBehaviour(decision: .insufficientFunds),
            4: TMoneyBehaviour(decision: .wrongPIN),
            5: TMoneyBehaviour(callbacks: .never),
            6: lost,
            7: TMoneyBehaviour(isRecorded: false, answer: .dropped),
            8: TMoneyBehaviour(decision: .approved, answer: .serverError, callbacks: .never),
            9: TMoneyBehaviour(decision: .failed, after: 0, answer: .serverError, callbacks: .never),
            10: TMoneyBehaviour(decision: .approved, callbacks: .threeTimes),
            11: TMoneyBehaviour(decision: .approved, after: 4_000),
            20: TMoneyBehaviour(isRecorded: false, answer: .page),
            21: TMoneyBehaviour(decision: .approved, answer: .truncated, callbacks: .never),
            22: TMoneyBehaviour(decision: .approved, extraAmount: 1),
            23: TMoneyBehaviour(decision: .approved, after: 0, answer: .delayed(1_500)),
            24: TMoneyBehaviour(decision: .approved, revokesToken: true),
            25: TMoneyBehaviour(isRecorded: false, failsGenerally: true),
            26: TMoneyBehaviour(decision: .approved, answer: .delayed(60_000), callbacks: .never),
            28: TMoneyBehaviour(decision: .approved, answer: .dropped, callbacks: .never, failingChecks: 3),
        ]
        return Dictionary(uniqueKeysWithValues: numbered.map { (phone($0.key), $0.value) })
    }()
}
