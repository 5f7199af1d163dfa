/// The steps of attempts that the ledger itself executes, in their own commit: they ask nobody, and nothing is on a wire.
extension OrderAggregate {
    /// Adds an attempt that is executed by postings: PREPARED to SUCCEEDED in one unit.
    ///
    /// The store refuses the unit where the money is not there; then ``refuseBooking(_:as:_:at:)`` is what is written.
    ///
    /// - Returns: `false`, and nothing changed, if it cannot be added.
    package mutating func book(
        _ attempt: Attempt, as candidate: Candidate, heldFor seconds: Int64?, at now: Moment
    ) -> Bool {
        guard ensureStarted(attempt, as: candidate) else { return false }
        let evidence = Evidence(
            attempt: attempt.id, source: .ledger, strength: .strong, claim: Claim.Name.executed.rawValue,
            stated: attempt.amount, at: now)
        pending.evidence.append(evidence)
        if order.purpose == .authorize, let seconds { change { $0.heldUntil = now.adding(seconds: seconds) } }
        _ = change(attempt.id) { attempt in
            _ = attempt.apply(.booked, at: now, cause: "booked")
            attempt.openSince = now
        }
        succeed(attempt, at: now)
        return true
    }

    /// Adds an attempt that the ledger refused: nothing moved.
    package mutating func refuseBooking(_ attempt: Attempt, as candidate: Candidate, _ refusal: Refusal, at now: Moment)
    {
        guard ensureStarted(attempt, as: candidate) else { return }
        let claim = Claim.refused(refusal)
        pending.evidence.append(
            Evidence(
                attempt: attempt.id, source: .ledger, strength: .strong, claim: claim.name.rawValue,
                detail: claim.detail, at: now))
        _ = change(attempt.id) { attempt in
            _ = attempt.apply(.bookingRefused, at: now, cause: "refused: \(refusal.reason.rawValue)")
            attempt.refusal = refusal
        }
    }

    /// Sends what arrives to the account of unclaimed money, because its wallet was closed meanwhile; people are told.
    package mutating func leaveUnclaimed(at now: Moment) {
        guard !order.isUnclaimed else { return }
        change { $0.isUnclaimed = true }
        // Of an order of a transfer the transfer gives it back.
        if order.parent?.kind != .transfer { openReview(.walletClosed, at: now) }
    }
}

extension Refusal {
    /// Why a payment by wallet was refused, as for any channel; of a limit, its name stands where an operator's code does.
    package init(_ refusal: LedgerRefusal) {
        switch refusal.reason {
        case .insufficient: self.init(.insufficientFunds)
        case .limit: self.init(.limitReached, providerCode: refusal.account.limitName)
        case .frozen, .closed, .missing: self.init(.accountUnavailable)
        case .holdEnded: self.init(.expired)
        case .overflow: self.init(.limitReached)
        }
    }
}
