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
