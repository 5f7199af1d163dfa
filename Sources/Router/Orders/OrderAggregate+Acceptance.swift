/// Money begun with a publishable key waits for the shop: the amount came from a browser, so nothing is taken before the
/// secret key has accepted it.
extension Order {
    /// Whether the shop has to accept the amount and has not done so yet.
    package var awaitsAcceptance: Bool { request.needsAcceptance && acceptedAt == nil }

    /// Whether nothing may be sent before the shop has accepted.
    ///
    /// A hold may be sent, because it takes nothing.
    package var sendsNothingYet: Bool {
        awaitsAcceptance && purpose != .authorize && outcome == .open
    }

    /// The last moment at which the shop may accept.
    package var acceptableUntil: Moment { acceptBy ?? deadline }

    /// How long the shop has at least to accept an amount that is held.
    package static let acceptanceSeconds: Int64 = 900
    /// How often the router itself asks the operator to release a hold that was not accepted.
    static let releaseTries = 3
}

/// What accepting a payment changes.
package enum Acceptance: Sendable, Hashable {
    /// It is accepted now.
    case fresh
    /// It was accepted before, or needs no acceptance; the amount is the right one.
    case nothingToDo
}

/// Why a payment cannot be accepted so, or not do something before it is accepted.
package enum AcceptanceRefusal: Error, Sendable, Hashable {
    /// Another amount or currency is asked of the payer.
    case otherAmount
    /// The time to accept has passed.
    case tooLate
    /// The payment has ended, was cancelled, or is before a person.
    case over
    /// The shop has to accept first.
    case notYet
}

/// What the router owes a held payment that the shop had to accept.
package enum HoldDuty: Sendable, Hashable {
    /// Accepted: collect what is held.
    case capture
    /// Not accepted in time: give back what is held.
    case release
}

extension OrderFailure {
    /// The shop did not accept the payment in time; nothing was taken.
    package static let notAccepted = OrderFailure(code: "not_accepted", blame: .merchant, retryable: true)
}

extension OrderAggregate {
    /// Whether the shop may accept this amount now.
    ///
    /// Pure; the caller commits ``accept(at:)`` by the order's version, so that of an acceptance, a cancel and the end of
    /// the time exactly one wins.
    package func admitAcceptance(of amount: Money, at now: Moment) -> Result<Acceptance, AcceptanceRefusal> {
        guard amount == order.request.amount else { return .failure(.otherAmount) }
        guard order.awaitsAcceptance else { return .success(.nothingToDo) }
        guard order.cancelRequestedAt == nil, !order.isDisputed else { return .failure(.over) }
        switch order.outcome {
        case .failed: return .failure(order.failure == .notAccepted ? .tooLate : .over)
        case .cancelled: return .failure(.over)
        case .open:
            // What a payer is being asked for may still be held after the deadline.
            return liveAttempt != nil || now < order.deadline ? .success(.fresh) : .failure(.tooLate)
        case .succeeded:
            guard order.failure != .notAccepted else { return .failure(.tooLate) }
            guard order.isAuthorized, order.decision == nil else { return .failure(.over) }
            return now < order.acceptableUntil ? .success(.fresh) : .failure(.tooLate)
        }
    }

    /// Records that the shop accepted the amount.
    package mutating func accept(at now: Moment) {
        guard order.awaitsAcceptance else { return }
        change { $0.acceptedAt = now }
    }

    /// Has the amount held instead of collected, because the shop has not accepted it yet.
    package mutating func holdInstead() {
        guard order.awaitsAcceptance, order.outcome == .open, order.purpose == .collect, attempts.isEmpty else {
            return
        }
        change { $0.holdInstead() }
    }

    /// What is owed to a held payment now; `nil` if nothing is.
    ///
    /// Each is begun in a commit that compares the version this was decided on.
    package func holdDuty(at now: Moment) -> HoldDuty? {
        guard order.request.needsAcceptance, order.isAuthorized, order.decision == nil, !order.isDisputed else {
            return nil
        }
        let mayRelease = refusedReleases < Order.releaseTries
        guard order.cancelRequestedAt == nil else { return mayRelease ? .release : nil }
        guard order.awaitsAcceptance else {
            // A capture that the operator refused is the shop's to repeat or to give up.
            return order.followUps.contains { $0.kind == .capture } ? nil : .capture
        }
        return now >= order.acceptableUntil && mayRelease ? .release : nil
    }

    /// Marks a held payment as one that the shop did not accept in time.
    package mutating func lapseUnaccepted() { change { $0.failure = .notAccepted } }

    /// Releases that the operator refused.
    package var refusedReleases: Int { order.followUps.count { $0.kind == .void && !$0.holdsAmount } }

    /// The timer of a held payment that the shop has to accept, or has accepted; `nil` if nothing is owed.
    mutating func acceptanceDue(at now: Moment) -> TimerEntry? {
        guard order.request.needsAcceptance, order.isAuthorized, order.decision == nil else { return nil }
        if order.awaitsAcceptance, order.acceptBy == nil {
            let patience = max(order.deadline, now.adding(seconds: Order.acceptanceSeconds))
            change { $0.acceptBy = min(patience, $0.heldUntil ?? patience) }
        }
        let refused = refusedReleases
        switch holdDuty(at: now) {
        case .capture: return TimerEntry(at: now, queue: .engine)
        case .release: return TimerEntry(at: now.adding(seconds: 60 * Int64(refused)), queue: .engine)
        case nil:
            guard order.awaitsAcceptance, refused < Order.releaseTries else { return nil }
            return TimerEntry(at: order.acceptableUntil, queue: .engine)
        }
    }

    /// The public state of a payment whose money is held and neither collected nor released.
    var heldStatus: OrderStatus {
        guard order.request.needsAcceptance else { return .authorized }
        guard order.cancelRequestedAt == nil else { return .processing }
        guard order.awaitsAcceptance else {
            let wasRefused = order.decision == nil && order.followUps.contains { $0.kind == .capture }
            return wasRefused ? .authorized : .processing
        }
        return order.decision == nil && order.failure == nil ? .awaitingAcceptance : .processing
    }
}
