/// What the store itself keeps from happening, whatever its callers believed when they decided.
///
/// These stand behind the rules of the engine: of two that decide at once, in one process or in several, one is refused.
/// A unit that breaks one leaves nothing behind. Each adapter maps the words of its engine to these in one table; nothing
/// else knows how an engine calls them.
package enum StoreConstraint: Sendable, Hashable {
    /// A movement has one live attempt.
    case liveAttempt
    /// A reference of ours is used once per provider and scope, whatever became of its attempt.
    case reference
    /// A wallet has one open prompt, where its operator can show only one.
    case openPrompt
    /// An operator's reference proves one attempt of its kind, account and operation.
    case proof
    /// An order is repeated by one order that counts.
    case repetition
    /// An order that has ended keeps its end, and what it was for.
    case end
    /// An attempt's identifier is used once within its order.
    case attempt
    /// Only an attempt that its order has can be changed.
    case missingAttempt
    /// An event's identifier is used once.
    case event
    /// An order's event has a number of its own.
    case eventNumber
    /// A ledger line is written once per movement, kind and number.
    case posting
    /// An order sets something of an account aside once.
    case hold
    /// What is posted or set aside is more than nothing.
    case amount
    /// A ledger line goes from one account to another one.
    case accounts
    /// A constraint that has no name here, in the engine's own words; never with values of a record.
    ///
    /// Nothing of the unit was written, as with the others. Nobody may conclude anything else from it.
    case other(String)

    /// Every one that has a name.
    package static let named: [StoreConstraint] = [
        .liveAttempt, .reference, .openPrompt, .proof, .repetition, .end, .attempt, .missingAttempt, .event,
        .eventNumber, .posting, .hold, .amount, .accounts,
    ]

    /// A word for logs.
    package var name: String {
        switch self {
        case .liveAttempt: "live_attempt"
        case .reference: "reference"
        case .openPrompt: "open_prompt"
        case .proof: "proof"
        case .repetition: "repetition"
        case .end: "end"
        case .attempt: "attempt"
        case .missingAttempt: "missing_attempt"
        case .event: "event"
        case .eventNumber: "event_number"
        case .posting: "posting"
        case .hold: "hold"
        case .amount: "amount"
        case .accounts: "accounts"
        case .other(let words): words
        }
    }
}
