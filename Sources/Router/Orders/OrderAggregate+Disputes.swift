/// The steps by which evidence contradicts what is final, and by which people end it.
extension OrderAggregate {
    /// Opens a discrepancy; the final record stays as it is.
    mutating func contradict(_ attempt: Attempt, _ kind: DiscrepancyKind, _ claim: Claim, at now: Moment) {
        guard !attempt.disputes.contains(kind) else { return }
        _ = change(attempt.id) { $0.disputes.append(kind) }
        let statement = claim.statement
        let claimed = statement?.amount.claimed(of: attempt.amount) ?? attempt.amount
        if attempt.operatorReference == nil, let reference = statement?.operatorReference {
            _ = change(attempt.id) { $0.operatorReference = reference }
        }
        let executed = kind == .lateFailure ? Money(0, claimed.currency) : claimed
        open(kind, of: attempt, claimed: claimed, executed: executed, .open, kind.account, at: now)
        openReview(.discrepancy, at: now)
        pending.occasions.append(.discrepancy)
    }

    /// An attempt that succeeded turns out to be proven by a reference that proves another one.
    package mutating func findRepeatedReference(at now: Moment) {
        guard order.review == nil, order.outcome.isFinal else { return }
        openReview(.repeatedReference, at: now)
        pending.occasions.append(.discrepancy)
    }

    /// Ends a dispute as people found it; the books follow from what was claimed to what was found.
    ///
    /// - Parameters:
    ///   - index: Which of the order's disputes.
    ///   - verdict: What was found of the attempt as a whole: executed as asked, not at all, or another amount.
    ///   - now: The present.
    mutating func resolve(disputeAt index: Int, _ verdict: Review.Finding.Verdict, at now: Moment) {
        let dispute = order.disputes[index]
        guard dispute.state == .open, let attempt = attempt(dispute.attempt) else { return }
        let asked = attempt.amount
        let found = verdict.executed(asked: asked)
        let recorded = Money(dispute.recordedState == .succeeded ? asked.minorUnits : 0, asked.currency)
        change { order in
            order.disputes[index].executed = found
            order.disputes[index].state = found == recorded ? .dismissed : .confirmed
        }
        let books = DisputeLines(order, attempt, DisputeLines.name(of: index, among: order.disputes))
        pending.lines.postings += books.ending(dispute, found: found, at: now)
    }

    /// Records at once what people found against a final state.
    mutating func confirm(
        _ kind: DiscrepancyKind, of id: AttemptID, executed: Money, account: String, at now: Moment
    ) {
        guard let attempt = attempt(id) else { return }
        _ = change(id) { $0.disputes.append(kind) }
        open(kind, of: attempt, claimed: executed, executed: executed, .confirmed, account, at: now)
    }

    /// People found that the record was right: hearing the same again would be news.
    mutating func forget(_ dispute: Dispute) {
        _ = change(dispute.attempt) { attempt in attempt.disputes.removeAll { $0 == dispute.kind } }
    }

    private mutating func open(
        _ kind: DiscrepancyKind, of attempt: Attempt, claimed: Money, executed: Money, _ state: Dispute.State,
        _ account: String, at now: Moment
    ) {
        pending.discrepancies.append(
            Discrepancy(
                attempt: attempt.id, order: order.id, kind: kind, claimed: claimed, recordedState: attempt.state,
                at: now))
        let dispute = Dispute(
            attempt: attempt.id, kind: kind, recordedState: attempt.state, executed: executed, state: state,
            account: account, at: now)
        change { $0.disputes.append(dispute) }
        let name = DisputeLines.name(of: order.disputes.count - 1, among: order.disputes)
        pending.lines.postings += DisputeLines(order, attempt, name).opening(dispute, at: now)
    }
}

extension Review.Finding.Verdict {
    /// How much of what was asked was executed.
    func executed(asked: Money) -> Money {
        switch self {
        case .executed: asked
        case .notExecuted: Money(0, asked.currency)
        case .split(let amount): amount
        }
    }
}
