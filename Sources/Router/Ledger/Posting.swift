/// One line of the double-entry ledger.
///
/// Append-only; unique by movement, kind and sequence.
package struct Posting: Sendable, Hashable {
    package enum Side: String, Sendable, Hashable { case debit, credit }

    package var movement: MovementID
    /// What the posting is for: `collect`, `discrepancy`.
    package var kind: String
    package var sequence: Int
    /// For instance `operator:tmoney-tg`, `app:app_...`, `discrepancy:late_success`.
    package var account: String
    package var side: Side
    package var amount: Money
    package var at: Moment

    package init(
        movement: MovementID, kind: String, sequence: Int, account: String, side: Side, amount: Money, at: Moment
    ) {
        self.movement = movement
        self.kind = kind
        self.sequence = sequence
        self.account = account
        self.side = side
        self.amount = amount
        self.at = at
    }

    /// The two lines of a transfer from one account to another.
    package static func pair(
        _ movement: MovementID, kind: String, debit: String, credit: String, amount: Money, at now: Moment
    ) -> [Posting] {
        [
            Posting(
                movement: movement, kind: kind, sequence: 1, account: debit, side: .debit, amount: amount, at: now),
            Posting(
                movement: movement, kind: kind, sequence: 2, account: credit, side: .credit, amount: amount, at: now),
        ]
    }
}

/// A contradiction with something already final.
///
/// Opening one never rewrites history.
package struct Discrepancy: Sendable, Hashable {
    package var attempt: AttemptID
    package var order: OrderID
    package var kind: DiscrepancyKind
    /// How much it says has moved; `nil` if it states no amount that can be read.
    package var claimed: Money?
    package var recordedState: AttemptState
    package var at: Moment

    package init(
        attempt: AttemptID, order: OrderID, kind: DiscrepancyKind, claimed: Money?, recordedState: AttemptState,
        at: Moment
    ) {
        self.attempt = attempt
        self.order = order
        self.kind = kind
        self.claimed = claimed
        self.recordedState = recordedState
        self.at = at
    }
}
