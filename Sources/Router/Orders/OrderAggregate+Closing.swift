/// What comes next for a payment, decided from its records alone.
package enum NextMove: Sendable, Hashable {
    /// Start an attempt at this candidate.
    case start(Candidate)
    /// An attempt is live, or the payer's input is awaited: only evidence, input or a timer goes on.
    case wait
    /// The payer left the last channel: ask for another one.
    case chooseAgain
    /// Nothing can start yet; look again at this moment.
    case lookAgain(Moment)
    /// Nothing more will be tried.
    case close(OrderOutcome, OrderFailure?)
    /// It is over.
    case nothing
}

extension OrderAggregate {
    /// Decides what comes next.
    ///
    /// Pure.
    ///
    /// - Parameters:
    ///   - now: The present.
    ///   - mayStart: `mayStart` of docs/money-safety.md, 6 for one provider, with the facts of this order.
    /// - Returns: What comes next.
    package func nextMove(at now: Moment, mayStart: (ProviderID) -> AttemptRules.Decision) -> NextMove {
        guard order.outcome == .open else { return .nothing }
        // After a late success the money may have moved: nothing more is tried, and nothing is called failed.
        guard liveAttempt == nil, !order.isDisputed else { return .wait }
        // An operator executed something all the same, as people confirmed: a second attempt would move money twice.
        if order.lateExecuted.minorUnits > 0 { return .close(.failed, executedLate) }
        if order.cancelRequestedAt != nil { return .close(.cancelled, nil) }
        if order.changeRequestedAt != nil, now < order.deadline { return .chooseAgain }
        if order.awaitsInput || order.sendsNothingYet {
            guard codeTriesLeft > 0 else { return .close(.failed, OrderFailure(Refusal(.wrongCode))) }
            guard now >= order.deadline else { return .wait }
            if order.sendsNothingYet, !order.awaitsChoice { return .close(.failed, .notAccepted) }
            return .close(.failed, attempts.last?.refusal.map(OrderFailure.init) ?? expiredInInput)
        }
        if let rest = restEnd, now < min(rest, order.deadline) { return .lookAgain(min(rest, order.deadline)) }
        var notBefore: Moment?
        for candidate in order.plan where isOpen(candidate) {
            switch mayStart(candidate.provider) {
            case .allowed: return .start(candidate)
            case .refused(.quarantine):
                notBefore = attempts.compactMap(\.quarantineEnd).max() ?? now.adding(seconds: 1)
            case .refused(.notAdmitted), .refused(.staleEpoch): notBefore = now.adding(seconds: 1)
            case .refused: continue
            }
        }
        if let notBefore, notBefore < order.deadline { return .lookAgain(notBefore) }
        return .close(.failed, lastFailure(at: now))
    }

    /// Whether the plan's candidate has not had its turn.
    ///
    /// Refused credentials and throttling get a second one.
    private func isOpen(_ candidate: Candidate) -> Bool {
        let tried = attempts.filter {
            $0.provider == candidate.provider && $0.channel == candidate.channel && $0.state != .withdrawn
                && !$0.wasLeft && !$0.foundNoRoom
        }
        guard let last = tried.last else { return true }
        guard tried.count < 2, let reason = last.refusal?.reason else { return false }
        return reason == .credentialsRefused || reason == .throttled
    }

    /// Until when nothing is begun because this machine had no room for the newest attempt; `nil` if it had.
    ///
    /// A second after the first one, doubling up to a minute. It never puts an end off beyond the deadline, and never
    /// brings it before.
    private var restEnd: Moment? {
        guard let last = attempts.last, last.foundNoRoom, let died = last.history.last?.at else { return nil }
        let count = attempts.reversed().prefix(while: \.foundNoRoom).count
        return died.adding(seconds: count > 6 ? 60 : 1 << Int64(count - 1))
    }

    private func lastFailure(at now: Moment) -> OrderFailure {
        if let refusal = attempts.last(where: { $0.refusal != nil })?.refusal { return OrderFailure(refusal) }
        let code = now >= order.deadline ? "expired_before_sending" : "no_provider"
        return OrderFailure(code: code, blame: .operator, retryable: true)
    }

    private var executedLate: OrderFailure {
        OrderFailure(code: "executed_otherwise", blame: .operator, retryable: false)
    }

    private var expiredInInput: OrderFailure {
        OrderFailure(code: RefusalReason.expired.rawValue, blame: .payer, retryable: false)
    }

    /// Closes the movement without success.
    ///
    /// Only ever called with every attempt dead.
    package mutating func close(_ end: OrderOutcome, _ failure: OrderFailure?) {
        guard liveAttempt == nil, !order.isDisputed, end == .failed || end == .cancelled else { return }
        guard order.outcome == .open else { return }
        change { order in
            guard order.close(end) else { return }
            order.failure = failure
            order.awaitsInput = false
            order.review = nil
        }
        pending.lines.add(.givingUp(order))
    }

    /// Records the wish to cancel; what was never sent is then closed by ``nextMove(at:mayStart:)``.
    package mutating func requestCancel(at now: Moment) {
        guard order.cancelRequestedAt == nil else { return }
        change { $0.cancelRequestedAt = now }
        if let live = liveAttempt, live.state == .prepared { withdraw(live.id, cause: "cancelled", at: now) }
    }
}
