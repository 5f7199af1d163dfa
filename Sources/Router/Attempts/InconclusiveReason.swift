/// Why an observation proves nothing about an attempt.
package enum InconclusiveReason: Sendable, Hashable, CustomStringConvertible {
    /// The wire failed after its gate had opened.
    case wireFailed(TransportFailure.Kind)
    /// A resend did not leave: the first transmission stays open to doubt.
    case resendNotSent(TransportFailure.Kind)
    /// A later refusal of a resend says nothing about the first transmission.
    case resendRefused(RefusalReason)
    /// The operator sent us elsewhere, with this status.
    case redirected(Int)
    /// The kind cannot tell what the reply proves.
    case doubt(Doubt)
    /// The operator refuses, but may have executed before it did: its credentials, its throttle or its outage come last.
    case refusedPerhapsAfterExecuting(RefusalReason)
    /// Refusing our question says nothing about the transaction.
    case questionRefused(RefusalReason)
    /// The question got no answer, for the reason in the text.
    case noAnswer(String)
    /// A refusal that states something else than was asked is none of ours; the text says what.
    case statesAnother(String)
    /// The notification names another payer than the order.
    case anotherPayer
    /// Only a page can be ended.
    case noPageToEnd
    /// An account that may be another one knows nothing of ours.
    case perhapsAnotherAccount
    /// The operator spoke of the attempt that its reference proves already.
    case provesAnotherAttempt

    /// The reason in words, for the record.
    package var description: String {
        switch self {
        case .wireFailed(let kind): kind.rawValue
        case .resendNotSent(let kind): "resend not sent: \(kind.rawValue)"
        case .resendRefused(let reason): "resend refused: \(reason.rawValue)"
        case .redirected(let status): "redirect \(status)"
        case .doubt(let doubt): doubt.providerCode.map { "\(doubt.kind.rawValue) (\($0))" } ?? doubt.kind.rawValue
        case .refusedPerhapsAfterExecuting(let reason): "\(Self.word(reason)), but perhaps after executing"
        case .questionRefused(let reason): "check refused: \(reason.rawValue)"
        case .noAnswer(let why): why
        case .statesAnother(let difference): "states another \(difference)"
        case .anotherPayer: "states another payer"
        case .noPageToEnd: "there is no page to end"
        case .perhapsAnotherAccount: "not found, but the account may be another one"
        case .provesAnotherAttempt: "the operator's reference proves another attempt already"
        }
    }

    private static func word(_ reason: RefusalReason) -> String {
        switch reason {
        case .credentialsRefused: "credentials refused"
        case .operatorUnavailable: "unavailable"
        default: reason.rawValue
        }
    }
}
