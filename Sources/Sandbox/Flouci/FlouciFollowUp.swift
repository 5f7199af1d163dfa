/// What a refund, capture or release does.
struct FlouciFollowUp: SandboxBehaviour, Hashable {
    /// Whether it is executed.
    var executes = true
    /// How the answer leaves.
    var answer = AnswerStyle.truthful

    /// It is never notified.
    var callbacks: CallbackStyle {
        get { .never }
        set {}
    }
    var breaksTheAnswer: Bool { answer != .truthful }
    static let plain = FlouciFollowUp()

    /// How long a call without an answer hangs, in milliseconds.
    static let hang: Int64 = 60_000

    /// The behaviour that belongs to the payment's amount in millimes.
    static func of(amount: Int64) -> FlouciFollowUp { magic[amount] ?? FlouciFollowUp() }

    static let magic: [Int64: FlouciFollowUp] = [
        2001: FlouciFollowUp(),
        2004: FlouciFollowUp(executes: false),
        2005: FlouciFollowUp(executes: false, answer: .hung(hang)),
        2006: FlouciFollowUp(answer: .dropped),
        2007: FlouciFollowUp(executes: false, answer: .dropped),
        2008: FlouciFollowUp(answer: .serverError),
        2009: FlouciFollowUp(executes: false, answer: .serverError),
    ]
}
