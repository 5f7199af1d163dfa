/// What can happen to an attempt.
public enum AttemptInput: String, Sendable, Hashable, CaseIterable {
    /// Cancelled, past its deadline, or routed elsewhere before sending.
    case withdraw
    /// The preparation failed; there is nothing to send.
    case preparationFailed = "preparation_failed"
    /// A hosted session is published.
    case sessionOpened = "session_opened"
    /// SENDING becomes durable; the gate may open afterwards.
    case sendOpened = "send_opened"
    /// The ledger itself settled it, in this very commit.
    case booked
    /// The ledger refused it: nothing moved.
    case bookingRefused = "booking_refused"
    /// The owner of the transmission saw that the gate never opened.
    case gateStayedShut = "gate_stayed_shut"
    /// The process that owned the transmission is gone, or the answer proves nothing.
    case outcomeLost = "outcome_lost"
    /// Strong evidence: executed, with equal amount, currency and reference.
    case executed
    /// Strong evidence: executed something else than asked.
    case mismatched
    /// Strong evidence: accepted and open.
    case inProgress = "in_progress"
    /// Strong evidence: refused, and the refusal cannot flip any more.
    case refused
    /// Strong evidence: refused, but the contract says that it may still flip.
    case refusedForNow = "refused_for_now"
    /// Strong evidence: the operator confirmed its own cancellation.
    case voided
    /// `mayConcludeNotExecuted` holds.
    case absenceConcluded = "absence_concluded"
    /// Two people found that exactly this was executed.
    case foundExecuted = "found_executed"
    /// Two people found that this was not executed: nothing at all, or another amount.
    case foundNotExecuted = "found_not_executed"
}

/// What an input does to an attempt.
public enum AttemptVerdict: Sendable, Hashable {
    /// The attempt changes its state.
    case move(AttemptState)
    /// The input is kept as evidence; the state stays.
    case stay
    /// The input contradicts a final state: the state stays, a discrepancy is opened.
    case discrepancy(DiscrepancyKind)
    /// The input cannot happen here; doing it would be a bug. Nothing changes.
    case illegal
}

/// How evidence contradicts a final record.
public enum DiscrepancyKind: String, Sendable, Hashable, CaseIterable {
    /// Executed although we had closed the attempt without success.
    case lateSuccess = "late_success"
    /// Refused or voided although we had closed the attempt with success.
    case lateFailure = "late_failure"
    /// Executed something else, after the attempt was closed.
    case lateMismatch = "late_mismatch"
}
