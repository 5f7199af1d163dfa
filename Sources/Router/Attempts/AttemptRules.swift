/// The formal rules of docs/money-safety.md, 6, as pure functions.
///
/// Each says why it refuses.
package enum AttemptRules {
    /// What a rule decided.
    package enum Decision: Sendable, Hashable {
        case allowed
        case refused(Reason)

        package var isAllowed: Bool { self == .allowed }
    }

    package enum Reason: String, Sendable, Hashable, CaseIterable {
        case movementClosed = "movement_closed"
        case cancelRequested = "cancel_requested"
        case deadlinePassed = "deadline_passed"
        case liveAttempt = "live_attempt"
        case quarantine = "quarantine"
        case reasonEndsMovement = "reason_ends_movement"
        case attemptsUsedUp = "attempts_used_up"
        case refusedThereBefore = "refused_there_before"
        case notAdmitted = "not_admitted"
        case staleEpoch = "stale_epoch"
        case wrongState = "wrong_state"
        case noStrongKey = "no_strong_key"
        case otherBytes = "other_bytes"
        case otherScope = "other_scope"
        case keyWindowClosed = "key_window_closed"
        case transmissionsUsedUp = "transmissions_used_up"
        case promptsAgain = "prompts_again"
        case absenceProvesNothing = "absence_proves_nothing"
        case transmissionOpen = "transmission_open"
        case tooEarly = "too_early"
        case tooFewAnswers = "too_few_answers"
        case spanTooShort = "span_too_short"
        case pastSendNotAfter = "past_send_not_after"
        case arrived
    }

    /// What `mayStart` looks at.
    package struct StartFacts: Sendable {
        package var outcome: OrderOutcome
        package var attempts: [Attempt]
        package var cancelRequested: Bool
        package var deadline: Moment
        package var maximumAttempts: Int
        package var failoverReasons: Set<RefusalReason>
        /// Whether the provider takes more now: its breaker, its room and its known balance allow it.
        package var providerAdmits: Bool
        package var holdsEpoch: Bool

        package init(
            outcome: OrderOutcome, attempts: [Attempt], cancelRequested: Bool, deadline: Moment,
            maximumAttempts: Int, failoverReasons: Set<RefusalReason>, providerAdmits: Bool, holdsEpoch: Bool
        ) {
            self.outcome = outcome
            self.attempts = attempts
            self.cancelRequested = cancelRequested
            self.deadline = deadline
            self.maximumAttempts = maximumAttempts
            self.failoverReasons = failoverReasons
            self.providerAdmits = providerAdmits
            self.holdsEpoch = holdsEpoch
        }
    }

    /// May a new attempt start at `provider`? The only way to fail over.
    package static func mayStart(_ facts: StartFacts, at provider: ProviderID, now: Moment) -> Decision {
        guard facts.holdsEpoch else { return .refused(.staleEpoch) }
        guard facts.outcome == .open else { return .refused(.movementClosed) }
        guard !facts.cancelRequested else { return .refused(.cancelRequested) }
        guard now < facts.deadline else { return .refused(.deadlinePassed) }
        guard facts.attempts.allSatisfy(\.state.isDead) else { return .refused(.liveAttempt) }
        for attempt in facts.attempts where attempt.state == .notExecuted {
            guard let end = attempt.quarantineEnd, now >= end else { return .refused(.quarantine) }
        }
        if let last = facts.attempts.last {
            guard last.allowsAnother(failoverReasons: facts.failoverReasons) else {
                return .refused(.reasonEndsMovement)
            }
        }
        let tries = facts.attempts.count { !$0.foundNoRoom }
        guard tries < facts.maximumAttempts else { return .refused(.attemptsUsedUp) }
        let permanent = facts.attempts.contains { $0.provider == provider && $0.refusedPermanently }
        guard !permanent else { return .refused(.refusedThereBefore) }
        guard facts.providerAdmits else { return .refused(.notAdmitted) }
        return .allowed
    }

    /// May this transmission leave now? Asked at the gate, after the compare-and-set to SENDING.
    package static func maySend(sendNotAfter: Moment, holdsEpoch: Bool, now: Moment) -> Decision {
        guard holdsEpoch else { return .refused(.staleEpoch) }
        guard now <= sendNotAfter else { return .refused(.pastSendNotAfter) }
        return .allowed
    }

    /// Transmissions one attempt may have.
    package static let maximumTransmissions = 4
    /// Safety margin at the end of an operator's key window.
    package static let keyWindowMarginSeconds: Int64 = 600

    /// May the same bytes be sent again for an UNKNOWN attempt.
    ///
    /// Never once anything shows that they arrived: whatever became of them, asking is safer. Never to an account that
    /// is not certainly the one they went to first.
    package static func mayResend(
        _ attempt: Attempt, contract: ProviderContract, deadline: Moment, timeoutMilliseconds: Int64,
        isSameScope: Bool, now: Moment
    ) -> Decision {
        guard attempt.state == .unknown else { return .refused(.wrongState) }
        guard isSameScope else { return .refused(.otherScope) }
        // A refusal that waits for a look shows that the request arrived: the same bytes would be refused again.
        guard attempt.heldRefusal?.refusal.needsCheck != true else { return .refused(.wrongState) }
        guard contract.keyIsStrong else { return .refused(.noStrongKey) }
        guard !attempt.hasArrived else { return .refused(.arrived) }
        guard attempt.request != nil, let first = attempt.transmissions.first else { return .refused(.otherBytes) }
        // Somebody read the request and refused it: that is no reason to send it again, however strong the key.
        guard !attempt.transmissions.contains(where: { (400..<500).contains($0.httpStatus ?? 0) }) else {
            return .refused(.arrived)
        }
        guard !attempt.transmissions.contains(where: { $0.endedAt == nil }) else { return .refused(.transmissionOpen) }
        let closes = first.startedAt.adding(seconds: contract.keyWindowSeconds - keyWindowMarginSeconds)
        guard now.adding(milliseconds: timeoutMilliseconds) < closes else { return .refused(.keyWindowClosed) }
        guard now < deadline else { return .refused(.deadlinePassed) }
        guard attempt.transmissions.count < maximumTransmissions else { return .refused(.transmissionsUsedUp) }
        guard !contract.resendPromptsPayerAgain else { return .refused(.promptsAgain) }
        return .allowed
    }

    /// "Not found" answers needed before absence counts.
    package static let absenceAnswers = 3
    /// Bound on the difference between our clock and the truth.
    package static let clockBoundMilliseconds: Int64 = 2_000

    /// May an UNKNOWN attempt be closed as not executed because the operator knows nothing of it.
    package static func mayConcludeNotExecuted(_ attempt: Attempt, contract: ProviderContract, now: Moment) -> Decision
    {
        guard attempt.state == .unknown else { return .refused(.wrongState) }
        guard contract.check == .byOurReference, contract.absenceIsAuthoritative else {
            return .refused(.absenceProvesNothing)
        }
        guard !attempt.hasOpenTransmission else { return .refused(.transmissionOpen) }
        guard let last = attempt.lastPossibleSend else { return .refused(.wrongState) }
        let quiet = last.adding(seconds: contract.maximumServerLifeSeconds + contract.visibilityLagSeconds)
            .adding(milliseconds: clockBoundMilliseconds)
        guard now >= quiet else { return .refused(.tooEarly) }
        guard let absence = attempt.absence, absence.count >= absenceAnswers else { return .refused(.tooFewAnswers) }
        guard absence.last.milliseconds(since: absence.first) >= contract.absenceSpanSeconds * 1_000 else {
            return .refused(.spanTooShort)
        }
        return .allowed
    }

    /// The first moment at which nothing that an attempt set going can still be executed, by all that is known.
    ///
    /// Before it people may not close the attempt as not executed.
    package static func lastPossibleExecution(_ attempt: Attempt, contract: ProviderContract?) -> Moment {
        let life = contract?.maximumServerLifeSeconds ?? unknownServerLifeSeconds
        let prompt = contract?.promptLifetimeSeconds ?? 0
        let asked = attempt.sessionExpiresAt ?? (attempt.openSince ?? attempt.createdAt).adding(seconds: prompt)
        return max(attempt.lastPossibleSend ?? attempt.createdAt, asked).adding(seconds: life)
            .adding(milliseconds: clockBoundMilliseconds)
    }

    /// How long an operator may work on a request where nothing is declared, in seconds.
    package static let unknownServerLifeSeconds: Int64 = 86_400
}

extension Attempt {
    /// Whether it died because this machine had no room to send it: it was no try at any operator.
    package var foundNoRoom: Bool { state == .notSent && refusal?.reason == .capacityExhausted }

    /// Whether the way this attempt ended lets another one follow.
    package func allowsAnother(failoverReasons: Set<RefusalReason>) -> Bool {
        switch state {
        case .withdrawn: true
        case _ where foundNoRoom: true
        case _ where wasLeft && state.isDead: true
        case .notSent, .rejected, .notExecuted, .voided: refusal.map { failoverReasons.contains($0.reason) } ?? false
        case .prepared, .sending, .pending, .succeeded, .unknown, .conflict: false
        }
    }

    /// Refused for a reason that trying again at the same provider will not change.
    var refusedPermanently: Bool {
        guard state == .rejected, !wasLeft, let reason = refusal?.reason else { return false }
        return ![.credentialsRefused, .throttled, .wrongCode].contains(reason)
    }
}
