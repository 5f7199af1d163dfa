/// The steps that evidence causes. Joining the same evidence twice, or in another order, changes nothing more.
extension OrderAggregate {
    /// Joins one observation.
    ///
    /// - Parameters:
    ///   - observation: What was seen. Weak ones are kept and change nothing.
    ///   - id: The attempt it is about.
    ///   - contract: The operator's contract.
    ///   - scope: Whose references the operator's are.
    ///   - now: The present.
    /// - Returns: What the table said, or `nil` if nothing was asked of it.
    @discardableResult
    package mutating func observe(
        _ observation: Observation, of id: AttemptID, contract: ProviderContract, scope: ProofScope? = nil,
        at now: Moment
    ) -> AttemptVerdict? {
        guard let before = attempt(id) else { return nil }
        let claim = vetted(observation.claim, scope)
        var observation = observation
        observation.claim = claim
        let evidence = observation.evidence(about: before, at: now)
        pending.evidence.append(evidence)
        pending.isTouched = true
        guard evidence.strength == .strong else { return nil }
        guard let input = input(for: claim, before, contract: contract, at: now) else { return nil }
        // A try on a page that was paid by another one, told late: it contradicts nothing, unless it is the same one.
        if before.state == .succeeded, input == .refusedForNow, contract.refusalsEndWithSession,
            evidence.operatorReference == nil || evidence.operatorReference != before.operatorReference
        {
            return .stay
        }
        // A hold ends sooner or later: released by us, or by itself. Only a captured one contradicts.
        if before.state == .succeeded, order.purpose == .authorize, order.collected.minorUnits == 0,
            [.refused, .refusedForNow, .voided].contains(input)
        {
            if order.decision == nil { lapse(at: now) }
            return .stay
        }
        let cause =
            "\(evidence.source.rawValue): \(claim.name.rawValue)" + (claim.detail.isEmpty ? "" : " (\(claim.detail))")
        let verdict = change(before.id) { attempt in attempt.apply(input, at: now, cause: cause) }
        if case .executed(let statement) = claim, verdict == .move(.succeeded) || verdict == .discrepancy(.lateSuccess)
        {
            keepForItself(before.id, statement, scope)
        }
        if case .executed(let statement) = claim {
            keepGoods(statement, before.id, verdict, contract: contract, at: now)
        }
        switch verdict {
        case .move(let state): moved(before, to: state, claim, contract: contract, at: now)
        case .discrepancy(let kind): contradict(before, kind, claim, at: now)
        case .stay, .illegal, nil: break
        }
        if case .inProgress(let progress) = claim, verdict != .discrepancy(.lateSuccess) { keep(progress, before.id) }
        return verdict
    }

    private mutating func input(
        for claim: Claim, _ attempt: Attempt, contract: ProviderContract, at now: Moment
    ) -> AttemptInput? {
        switch claim {
        case .executed: return .executed
        case .mismatched: return .mismatched
        case .notSent: return .gateStayedShut
        case .inProgress:
            _ = change(attempt.id) { $0.absence = nil }
            return .inProgress
        case .unclear: return attempt.state == .sending ? .outcomeLost : nil
        // People's findings are decided where they are signed.
        case .found: return nil
        case .withdrawn: return .voided
        case .absent: return absent(attempt, contract: contract, at: now)
        case .refused(let refusal) where refusal.needsCheck:
            // Kept until somebody looks; by itself it ends nothing, however long it is on file.
            if attempt.heldRefusal == nil, attempt.state == .sending || attempt.state == .unknown {
                _ = change(attempt.id) { $0.heldRefusal = HeldRefusal(refusal: refusal, since: now) }
            }
            return attempt.state == .sending ? .outcomeLost : nil
        case .refused(let refusal):
            if refusal.isDefinitive || contract.failureQuarantineSeconds == 0 { return .refused }
            // One that only waits for a look is no beginning of this one's quarantine.
            let earlier = attempt.heldRefusal.flatMap { $0.refusal.needsCheck ? nil : $0 }
            let held = earlier ?? HeldRefusal(refusal: refusal, since: now)
            _ = change(attempt.id) { attempt in
                attempt.heldRefusal = held
                // The operator knows the transaction: earlier answers "not found" prove nothing any more.
                attempt.absence = nil
            }
            let isOver = now >= held.turns(until: contract, sessionEnd: attempt.sessionExpiresAt)
            return isOver ? .refused : .refusedForNow
        }
    }

    /// Lets the refusal on file stand, once it cannot turn into a success any more and nobody can be asked about it.
    ///
    /// Only where the operator had accepted the attempt: what is not known stays so. Where the operator can be asked, its
    /// next answer decides.
    package mutating func letRefusalStand(_ id: AttemptID, contract: ProviderContract, at now: Moment) {
        guard let before = attempt(id), let refusal = before.standingRefusal(contract, at: now) else { return }
        let cause = "callback: refused (\(refusal.reason.rawValue)), and the page cannot be paid any more"
        let verdict = change(id) { $0.apply(.refused, at: now, cause: cause) }
        if case .move(let state)? = verdict {
            moved(before, to: state, .refused(refusal), contract: contract, at: now)
        }
    }

    private mutating func absent(_ attempt: Attempt, contract: ProviderContract, at now: Moment) -> AttemptInput? {
        guard attempt.state == .unknown else { return nil }
        _ = change(attempt.id) { attempt in
            if var absence = attempt.absence {
                absence.count += 1
                absence.last = now
                attempt.absence = absence
            } else {
                attempt.absence = AbsenceRecord(count: 1, first: now, last: now)
            }
        }
        guard let updated = self.attempt(attempt.id) else { return nil }
        let decision = AttemptRules.mayConcludeNotExecuted(updated, contract: contract, now: now)
        return decision.isAllowed ? .absenceConcluded : nil
    }

    private mutating func moved(
        _ before: Attempt, to state: AttemptState, _ claim: Claim, contract: ProviderContract, at now: Moment
    ) {
        _ = change(before.id) { attempt in
            switch state {
            case .succeeded:
                attempt.operatorReference = claim.statement?.operatorReference ?? attempt.operatorReference
                attempt.actions = []
                attempt.request = nil
            case .pending: attempt.openSince = attempt.openSince ?? now
            case .unknown:
                attempt.openSince = attempt.openSince ?? attempt.transmissions.first?.startedAt ?? now
            case .notSent:
                attempt.refusal = Refusal(claim.foundNoRoom ? .capacityExhausted : .notSent)
                attempt.request = nil
            case .rejected:
                if case .refused(let refusal) = claim { attempt.refusal = refusal }
                attempt.actions = []
                attempt.request = nil
            case .notExecuted:
                attempt.refusal = Refusal(.notExecuted)
                attempt.quarantineEnd = now.adding(seconds: contract.failureQuarantineSeconds)
                attempt.request = nil
            case .voided:
                attempt.refusal = Refusal(.expired, providerCode: claim.detail.isEmpty ? nil : claim.detail)
                attempt.actions = []
                attempt.request = nil
            case .conflict: attempt.actions = []
            case .prepared, .sending, .withdrawn: break
            }
        }
        if state == .conflict { openReview(pending.refusesProof ? .repeatedReference : .conflict, at: now) }
        if state == .rejected || state == .notSent { askAgain(before.id) }
        if state == .succeeded { succeed(before, at: now) }
    }

    private mutating func keep(_ progress: Progress, _ id: AttemptID) {
        _ = change(id) { attempt in
            if attempt.operatorReference == nil { attempt.operatorReference = progress.operatorReference }
            // "Wait" alone tells the payer less than what was asked of them before.
            if attempt.state == .pending, !progress.actions.isEmpty,
                attempt.actions.isEmpty || progress.actions != [.wait]
            {
                attempt.actions = progress.actions
            }
        }
    }

    /// Success closes the movement and books it, in the same commit.
    mutating func succeed(_ attempt: Attempt, at now: Moment) {
        change { order in
            guard order.close(.succeeded) else { return }
            if !order.isDisputed, order.review?.reason != .walletClosed { order.review = nil }
            order.failure = nil
            order.chosen = Candidate(provider: attempt.provider, channel: attempt.channel)
        }
        pending.lines.add(.executed(order, by: attempt, at: now))
    }

    /// Puts the payment before a person.
    ///
    /// What is under way goes on.
    ///
    /// The first reason stays, but for a discrepancy, which outweighs every other, and for a provider that is gone, which
    /// explains why nobody answers.
    package mutating func openReview(_ reason: Review.Reason, at now: Moment) {
        guard let review = order.review else { return change { $0.review = Review(reason: reason, since: now) } }
        if reason == .discrepancy, !order.isDisputed {
            change { $0.review = Review(reason: reason, since: now) }
        } else if reason == .providerMissing, [.outcomeUnknown, .noAnswerFromCustomer].contains(review.reason) {
            change { $0.review?.reason = reason }
        }
    }
}
