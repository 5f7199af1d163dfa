/// The steps of transfers, which have no attempts of their own: their legs are orders.
extension OrderAggregate {
    /// Where a transfer stands; `nil` for other orders.
    package var transferState: TransferState? {
        guard let terms = order.request.transfer else { return nil }
        func newest(_ kind: OrderKind) -> LegStanding? {
            order.followUps.last { $0.kind == kind }.map { LegStanding($0) }
        }
        return TransferState(
            terms.shape, debit: newest(.payment), credit: newest(.payout), compensation: newest(.refund),
            cancelRequested: order.cancelRequestedAt != nil)
    }

    /// Ends a transfer, or puts it before people.
    package mutating func take(_ move: TransferMove, at now: Moment) {
        guard order.kind == .transfer, order.outcome == .open else { return }
        switch move {
        // People had another compensation begun.
        case .wait: unpark()
        case .lookAgain, .startCredit, .startCompensation: return
        case .complete: endTransfer(.succeeded, nil)
        case .fail: endTransfer(.failed, order.failure ?? legFailure)
        case .giveUp:
            let isWished = order.cancelRequestedAt != nil && !order.followUps.contains { $0.kind == .payout }
            endTransfer(isWished ? .cancelled : .failed, isWished ? nil : .notDelivered)
        case .cancel: endTransfer(.cancelled, nil)
        case .park: park(at: now)
        }
    }

    /// Moves the money of a transfer between two wallets of ours, in the commit that accepts it.
    package mutating func executeInside(at now: Moment) {
        guard let terms = order.request.transfer, let sender = terms.from.wallet, let recipient = terms.to.wallet,
            order.outcome == .open
        else { return }
        pending.lines.add(.between(order, from: sender, to: recipient, terms, at: now))
        endTransfer(.succeeded, nil)
    }

    private mutating func park(at now: Moment) {
        guard order.review == nil else { return }
        openReview(.transferParked, at: now)
        pending.isParked = true
        // After a review of one of its orders the status is the same, and yet another thing.
        if order.status == .underReview { pending.occasions.append(.status(.underReview)) }
    }

    private mutating func unpark() {
        guard order.review?.reason == .transferParked else { return }
        change { $0.review = nil }
        pending.occasions.append(.reviewResolved)
    }

    /// Ends a parked transfer as two people found it: the recipient, or the sender, has the money by other means.
    mutating func endParked(isDelivered: Bool, at now: Moment) {
        guard let terms = order.request.transfer, order.outcome == .open else { return }
        pending.lines.add(.adjusted(order, terms, at: now))
        endTransfer(isDelivered ? .succeeded : .failed, isDelivered ? nil : .notDelivered)
    }

    /// Sets the moment at which a transfer is looked at next.
    package mutating func setDue(_ due: TimerEntry?) {
        if due != order.due { change { $0.due = due } }
    }

    /// Remembers why a leg failed, for whoever asks why the transfer did.
    package mutating func remember(_ failure: OrderFailure?) {
        guard order.kind == .transfer, order.outcome == .open, let failure, failure != order.failure else { return }
        change { $0.failure = failure }
    }

    private mutating func endTransfer(_ end: OrderOutcome, _ failure: OrderFailure?) {
        change { order in
            guard order.close(end) else { return }
            order.failure = failure
            order.review = nil
        }
        pending.lines.add(.endingReservation(order))
        if end != .succeeded { pending.lines.add(.givingBack(order.dailyUses, of: order)) }
    }

    private var legFailure: OrderFailure {
        OrderFailure(code: "no_provider", blame: .operator, retryable: true)
    }

    /// Whether evidence contradicts the end of one of a transfer's orders.
    var hasDisputedLeg: Bool {
        order.kind == .transfer && order.followUps.contains { $0.certainty == .disputed }
    }

    /// The public state of a transfer that has not ended.
    mutating func projectTransfer() {
        let open = order.followUps.filter { !$0.status.isFinal }
        order.nextActions = open.first { $0.status == .awaitingCustomer }?.actions ?? []
        if order.review != nil {
            (order.status, order.certainty) = (.underReview, .confirmed)
        } else if open.contains(where: { $0.review != nil }) {
            (order.status, order.certainty) = (.underReview, .unknown)
        } else if open.contains(where: { $0.status == .awaitingCustomer }) {
            (order.status, order.certainty) = (.awaitingCustomer, .confirmed)
        } else {
            let isUnknown = open.contains { $0.certainty == .unknown }
            (order.status, order.certainty) = (.processing, isUnknown ? .unknown : .confirmed)
        }
    }
}

extension OrderFailure {
    /// The recipient could not be paid, and the sender has the money back.
    package static let notDelivered = OrderFailure(code: "not_delivered", blame: .operator, retryable: true)
}
