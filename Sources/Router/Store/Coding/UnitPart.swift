/// What lies in the record of a step; see ``UnitRecord``.
///
/// A value that was ever written keeps its meaning.
package enum UnitPart: UInt8, Sendable {
    /// The route and the terms; only in an order's first record.
    case terms = 1
    /// The payer and the caller's free texts; only there.
    case payer = 2
    /// Status, version and the like: what engines also keep in columns, as it was then.
    case place = 3
    /// What changes besides.
    case state = 4
    /// What the payer is asked to do, links included, and people's words; left out if there is nothing.
    case actions = 5
    /// What names an attempt; each is followed by its ``attemptState`` and, if there is one, its ``attemptRequest``.
    case attempt = 6
    case attemptState = 7
    /// The request's bytes and what the payer is asked to do.
    case attemptRequest = 8
    /// An observation; followed by its ``raw`` bytes, if it has any.
    case evidence = 9
    case raw = 10
    /// An event as an older release wrote it: its place among the events of the step, then the bytes.
    case event = 11
    /// What lies in a wallet's columns; only in a wallet's record.
    case columns = 12
}
