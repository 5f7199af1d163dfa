/// Timers: every payment that is not final has exactly one, or an open review with nothing left to ask.
extension OrderAggregate {
    /// What the schedule needs to know about the provider of the live attempt.
    package struct ScheduleFacts: Sendable {
        package var contract: ProviderContract
        /// 0 to 1; stretches waits by up to a fifth so that checks spread.
        package var jitter: Double
        /// Whether the operator can be asked to end a page of its own.
        package var canWithdraw: Bool

        package init(contract: ProviderContract, jitter: Double, canWithdraw: Bool = false) {
            self.contract = contract
            self.jitter = jitter
            self.canWithdraw = canWithdraw
        }
    }

    /// No check is put off by more than a year, whatever a contract says.
    private static let longestWaitMilliseconds: Int64 = 365 * 86_400_000

    /// Sets the one timer and, when an open outcome has become too old, opens the review.
    package mutating func schedule(at now: Moment, lookAgain: Moment? = nil, facts: (Attempt) -> ScheduleFacts?) {
        let due = nextDue(at: now, lookAgain: lookAgain, facts: facts)
        if due != order.due { change { $0.due = due } }
    }

    /// Looks again in a few seconds, because another prompt is open on the wallet.
    package mutating func waitForWallet() {
        pending.waitsForWallet = true
        pending.isTouched = true
    }

    package var waitsForWallet: Bool { pending.waitsForWallet }

    /// After how long an order is found by the timer whose process died between two steps, in seconds.
    package static let leftOverSeconds: Int64 = 30

    /// Has a new order found by the timer if this process dies before it is done.
    mutating func becomeLeftOver(at now: Moment) {
        change { $0.due = TimerEntry(at: now.adding(seconds: Self.leftOverSeconds), queue: .engine) }
    }

    /// Makes the next check due now.
    package mutating func checkAtOnce() { pending.checksAtOnce = true }

    private mutating func nextDue(
        at now: Moment, lookAgain: Moment?, facts: (Attempt) -> ScheduleFacts?
    ) -> TimerEntry? {
        guard order.outcome == .open else {
            return heldDue(at: now, facts: facts) ?? goodsDue(at: now, facts: facts)
        }
        guard let live = liveAttempt else {
            if order.isDisputed { return nil }
            if order.awaitsInput || order.sendsNothingYet { return TimerEntry(at: order.deadline, queue: .engine) }
            return TimerEntry(at: lookAgain ?? now, queue: .engine)
        }
        switch live.state {
        case .prepared: return TimerEntry(at: now.adding(seconds: Self.leftOverSeconds), queue: .engine)
        case .sending:
            let last = live.lastPossibleSend ?? now
            return TimerEntry(at: max(now, last).adding(seconds: 5), queue: .engine)
        case .pending, .unknown:
            // A provider taken out of the configuration, or changed into another, keeps its payments: they wait for people.
            guard let facts = facts(live) else {
                openReview(.providerMissing, at: now)
                return nil
            }
            return openDue(live, facts, at: now)
        case .conflict, .succeeded, .withdrawn, .notSent, .rejected, .notExecuted, .voided: return nil
        }
    }

    /// Asks again about an attempt whose provider is configured again.
    package mutating func providerIsBack(at now: Moment, facts: (Attempt) -> ScheduleFacts?) {
        guard let review = order.review, review.reason == .providerMissing else { return }
        change { $0.review = nil }
        checkAtOnce()
        schedule(at: now, facts: facts)
        // What was too old before is so still, and people's findings count on.
        change { order in
            order.review?.since = review.since
            order.review?.signatures = review.signatures
        }
    }

    /// Once the operator's hold should be over, it is asked whether it is.
    private mutating func heldDue(at now: Moment, facts: (Attempt) -> ScheduleFacts?) -> TimerEntry? {
        guard order.isAuthorized, order.decision == nil, let paid = collection else { return nil }
        // Nobody can capture or release it.
        guard facts(paid) != nil else {
            openReview(.providerMissing, at: now)
            return nil
        }
        if let due = acceptanceDue(at: now) { return due }
        guard let until = order.heldUntil else { return nil }
        return TimerEntry(at: until > now ? until : now.adding(seconds: 3_600), queue: .provider(paid.provider))
    }

    /// Whether the operator can be asked what became of an attempt.
    ///
    /// Refunds, captures and releases are asked about by the operator's reference of their payment as well.
    private func canAsk(_ live: Attempt, _ contract: ProviderContract) -> Bool {
        switch contract.check {
        case .none: return false
        case .byOurReference: return true
        case .byOperatorReference:
            return (live.operatorReference ?? order.request.followUp?.original.operatorReference) != nil
        }
    }

    private mutating func openDue(_ live: Attempt, _ facts: ScheduleFacts, at now: Moment) -> TimerEntry? {
        let contract = facts.contract
        let since = live.openSince ?? live.createdAt
        let patience =
            live.state == .unknown
            ? contract.reviewAfterSeconds
            : max(contract.reviewAfterSeconds, contract.promptLifetimeSeconds)
        var reviewAt = since.adding(seconds: patience)
        let withdrawal = nextWithdrawal(live, facts, at: now)
        // A page that can be ended is open for as long as it is meant to be; people look when its end is not to be had.
        if withdrawal != nil { reviewAt = withdrawalDue.adding(seconds: contract.reviewAfterSeconds) }
        // A refusal on file is an answer: nobody needs to look while it is only waited for whether it stays one.
        if live.state == .pending, let held = live.heldRefusal {
            reviewAt = max(reviewAt, held.turns(until: contract, sessionEnd: live.sessionExpiresAt))
        }
        if live.standingRefusal(contract, at: now) != nil { return TimerEntry(at: now, queue: .engine) }
        // No prompt outlives this: the wallet may be asked for another payment. A quarantine says how long an operator's
        // word may turn, not how long a phone shows a prompt.
        let promptEnd = since.adding(
            seconds: contract.promptLifetimeSeconds
                + min(contract.failureQuarantineSeconds, contract.promptLifetimeSeconds))
        let isPrompting = live.promptLock != nil && now < promptEnd
        if live.promptLock != nil, !isPrompting { _ = change(live.id) { $0.promptLock = nil } }
        if now >= reviewAt {
            let isUnknown = live.state == .unknown || withdrawal != nil
            openReview(isUnknown ? .outcomeUnknown : .noAnswerFromCustomer, at: now)
        }
        guard canAsk(live, contract) else {
            // Whoever waits for the wallet waits for the end of the prompt, also when people have to look at this one.
            let stands = live.state == .pending && contract.check == .none ? live.refusalTurns(until: contract) : nil
            let next = [order.review == nil ? reviewAt : nil, isPrompting ? promptEnd : nil, stands]
                .compactMap(\.self).min()
            return next.map { TimerEntry(at: $0, queue: .engine) }
        }
        guard !pending.checksAtOnce else { return TimerEntry(at: now, queue: .provider(live.provider)) }
        let wait = min(contract.checkLadder.wait(before: live.checks), Self.longestWaitMilliseconds)
        var at = now.adding(milliseconds: wait + Int64(Double(wait) * 0.2 * facts.jitter))
        if order.review == nil, reviewAt > now { at = min(at, reviewAt) }
        if isPrompting { at = min(at, promptEnd) }
        if let withdrawal { at = min(at, withdrawal) }
        if let held = live.heldRefusal {
            let end = held.turns(until: contract, sessionEnd: live.sessionExpiresAt)
            if end > now { at = min(at, end) }
        }
        return TimerEntry(at: at, queue: .provider(live.provider))
    }
}
