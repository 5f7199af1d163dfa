/// One attempt that shall be made at one candidate, and what its provider is told.
struct Trial: Sendable {
    let attempt: Attempt
    let candidate: Candidate
    let runtime: ProviderRuntime
    /// The payer's code, where the attempt sends one.
    var confirmation: Confirmation?
}

/// An attempt that stands open in memory; the wire follows its commit.
struct Opening: Sendable {
    let attempt: AttemptID
    let runtime: ProviderRuntime
    let operation: MoneyOperation
    /// The access token that the request needs; `nil` if it needs none.
    let token: String?
}

/// What follows the commit of an order whose attempt was begun in memory.
///
/// The provider's `begin` was called; `finish` or `abandon` must follow.
enum NextStep: Sendable {
    /// It is open: send.
    case send(Opening)
    /// It stands in PREPARED: its operator has to be asked something first.
    case ask(Trial)
    /// It was executed by the very commit: nothing follows.
    case booked(Trial)

    var runtime: ProviderRuntime {
        switch self {
        case .send(let opening): opening.runtime
        case .ask(let trial), .booked(let trial): trial.runtime
        }
    }

    var attempt: AttemptID {
        switch self {
        case .send(let opening): opening.attempt
        case .ask(let trial), .booked(let trial): trial.attempt.id
        }
    }
}

/// What beginning an attempt in memory led to.
enum Begun: Sendable {
    /// It stands in the aggregate, which has to be committed; the step follows.
    case begun(OrderAggregate, NextStep)
    /// There is nothing to send: a page is open, the payer has to type something, or the preparation failed.
    case prepared(Result<Prepared, PreparationFailure>)
    /// Somebody was faster: the order has to be read again.
    case overtaken
    /// Its provider does not take it now.
    case notNow
}
