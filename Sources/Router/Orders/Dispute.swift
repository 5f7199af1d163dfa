/// A contradiction with a final attempt, as its order remembers it; the ``Discrepancy`` is the line in the books.
///
/// The attempt's state stays for ever. What the dispute says about the money counts until people dismiss it.
package struct Dispute: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// People have not decided.
        case open
        /// People found that it is as claimed, or as ``Dispute/executed`` says.
        case confirmed
        /// People found that the record was right.
        case dismissed
    }

    package var attempt: AttemptID
    package var kind: DiscrepancyKind
    /// The final state it contradicts.
    package var recordedState: AttemptState
    /// What was really executed by that attempt, as claimed or, once confirmed, as people found.
    package var executed: Money
    package var state: State
    /// The account that the difference is booked on, for instance `discrepancy:late`.
    package var account: String
    package var at: Moment

    package init(
        attempt: AttemptID, kind: DiscrepancyKind, recordedState: AttemptState, executed: Money, state: State = .open,
        account: String, at: Moment
    ) {
        self.attempt = attempt
        self.kind = kind
        self.recordedState = recordedState
        self.executed = executed
        self.state = state
        self.account = account
        self.at = at
    }

    /// Whether it says that money moved by an attempt that was closed without success.
    package var isLateExecution: Bool { recordedState != .succeeded && state != .dismissed }
}

extension DiscrepancyKind {
    /// Where the difference between books and operator is kept until people end it.
    package var account: String {
        switch self {
        case .lateSuccess: "discrepancy:late"
        case .lateFailure, .lateMismatch: "discrepancy:\(rawValue)"
        }
    }
}
