/// What has become of a payment's money.
extension Order {
    /// What the payer has paid and we may give back, before refunds.
    package var collected: Money {
        let none = Money(0, movement.amount.currency)
        guard kind == .payment, movement.state == .succeeded else { return none }
        guard movement.kind == .authorize else { return movement.amount }
        return followUps.last { $0.kind == .capture && $0.status == .succeeded }?.amount ?? none
    }

    /// What was given back for certain, by refunds of ours.
    package var refunded: Money { sum { $0.status == .succeeded } }

    /// What can still be given back.
    ///
    /// Every refund that is not certainly dead holds its amount, and so does what the operator took back by itself.
    package var refundable: Money {
        let taken = sum(\.holdsAmount).minorUnits
        let reversed = notices.reduce(Int64(0)) { sum, notice in
            guard [.disputeLost, .refundedElsewhere].contains(notice.kind) else { return sum }
            return sum + (notice.amount?.minorUnits ?? 0)
        }
        return Money(max(0, collected.minorUnits - taken - reversed), movement.amount.currency)
    }

    /// Whether money is held that only a capture collects.
    package var isAuthorized: Bool {
        kind == .payment && movement.kind == .authorize && movement.state == .succeeded && lapsedAt == nil
            && !followUps.contains { ($0.kind == .capture || $0.kind == .void) && $0.status == .succeeded }
    }

    /// The capture or void that is under way or done; there is at most one.
    package var decision: FollowUp? {
        followUps.last { ($0.kind == .capture || $0.kind == .void) && $0.holdsAmount }
    }

    /// Whether the payer has to choose a channel first.
    package var awaitsChoice: Bool {
        (request.isHosted || asksChannel) && choice == nil && awaitsInput && movement.state == .open
    }

    private func sum(_ counts: (FollowUp) -> Bool) -> Money {
        let units = followUps.reduce(Int64(0)) { sum, followUp in
            followUp.kind == .refund && counts(followUp) ? sum + followUp.amount.minorUnits : sum
        }
        return Money(units, movement.amount.currency)
    }
}
