/// How an order stands under its ``OrderLock``.
package enum LockStanding: Sendable, Hashable {
    /// Its end is not known, or is contradicted: nothing may repeat it blindly.
    case open
    /// Money moved.
    case executed
    /// Nothing moved as far as is known; evidence may still say otherwise.
    case mayReturn
    /// It keeps nothing away, now or later.
    case gone
}

extension OrderAggregate {
    /// How it stands under its lock: the one place that says what holds.
    ///
    /// A payment holds while it is not final: authorized counts as open, and a succeeded one excludes nothing. A payout
    /// holds while it is not final, once it has succeeded, and once evidence says that it was executed after it had
    /// failed.
    package var lockStanding: LockStanding {
        guard order.status.isFinal else { return .open }
        if order.kind == .transfer { return transferStanding }
        guard order.kind == .payout else { return .gone }
        if order.isDisputed { return .open }
        if order.outcome == .succeeded || order.lateExecuted.minorUnits > 0 { return .executed }
        return attempts.allSatisfy(\.neverLeft) ? .gone : .mayReturn
    }
}

extension OrderAggregate {
    /// How a transfer that has ended stands: like the payout in it.
    private var transferStanding: LockStanding {
        if order.isDisputed || hasDisputedLeg { return .open }
        let credits = order.followUps.filter { $0.kind == .payout }
        if order.outcome == .succeeded || credits.contains(where: { $0.executed.minorUnits > 0 }) { return .executed }
        return credits.isEmpty ? .gone : .mayReturn
    }
}

extension Order {
    /// The lock it is listed under; see ``OrderLock``.
    package var lock: OrderLock? { OrderLock(self) }

    /// Whether a payer of a second order may be asked although this one is still open.
    var mayBeAskedAgain: Bool { kind == .payment && outcome == .open && status == .underReview }

    /// Whether both orders named a phone when they were asked for, and different ones.
    ///
    /// What a payer typed on the hosted page does not count: the caller knows nothing of it, and an order that was open
    /// to anybody stays so.
    func namesAnotherPhone(than other: Order) -> Bool {
        guard let mine = request.customer.phone, let others = other.request.customer.phone else { return false }
        return mine != others
    }

    /// Whether the order that it repeats cannot be repeated by another one.
    ///
    /// What ended without executing anything gives the name back.
    package var keepsRepeatOf: Bool {
        ![.failed, .cancelled].contains(status) || isDisputed || lateExecuted.minorUnits > 0
    }
}

extension Attempt {
    /// Nothing of it was ever sent.
    fileprivate var neverLeft: Bool { state == .withdrawn || state == .notSent }
}
