/// Where one attempt stands.
///
/// See docs/money-safety.md, 2 for the graph; ``AttemptMachine`` is the whole table.
public enum AttemptState: String, Sendable, Hashable, CaseIterable {
    /// The request is made and sealed; provably nothing was sent.
    case prepared
    /// Given up before anything was sent.
    case withdrawn
    /// Handed to the wire, or about to be; bytes may be out.
    case sending
    /// Proven by the transport: nothing was sent.
    case notSent = "not_sent"
    /// The operator definitely refused.
    case rejected
    /// The operator accepted; the end is open.
    case pending
    /// The operator executed exactly what was asked.
    case succeeded
    /// Something may have happened; only evidence can tell.
    case unknown
    /// The operator was asked often and long enough: it executed nothing and will not.
    case notExecuted = "not_executed"
    /// The operator confirmed its own cancellation.
    case voided
    /// The evidence contradicts itself or the request; people decide.
    case conflict

    /// Dead attempts allow another attempt; money can no longer move because of them.
    public var isDead: Bool {
        switch self {
        case .withdrawn, .notSent, .rejected, .notExecuted, .voided: true
        case .prepared, .sending, .pending, .succeeded, .unknown, .conflict: false
        }
    }

    /// Live attempts forbid any other attempt.
    ///
    /// Success is live too.
    public var isLive: Bool { !isDead }

    /// No edge leaves a final state.
    public var isFinal: Bool { isDead || self == .succeeded }
}
