/// What has become of an order's money.
extension Order {
    /// What an operator executed for this order by the attempt that succeeded, as far as is known.
    package var executed: Money {
        guard outcome == .succeeded else { return Money(0, currency) }
        let correction = disputes.last { $0.recordedState == .succeeded && $0.state == .confirmed }
        return correction?.executed ?? amount
    }

    /// What operators executed by attempts that were closed without success, in the order's currency, unless people
    /// dismissed it.
    package var lateExecuted: Money { total(disputes.filter(\.isLateExecution).map(\.executed)) }

    /// What an order has taken, or may still take, of whatever it is about.
    package var taken: Money {
        let own = outcome == .open ? amount : executed
        return total([own, lateExecuted])
    }

    /// What the payer has paid and we may give back, before refunds.
    package var collected: Money {
        guard kind == .payment, outcome == .succeeded else { return Money(0, currency) }
        guard purpose == .authorize else { return executed }
        return total(followUps.filter { $0.kind == .capture }.map(\.executed))
    }

    /// What was given back for certain, by refunds of ours.
    package var refunded: Money { refundTotal { $0.executed } }

    /// What can still be given back: of what was collected or, on a payment that failed or was cancelled, of what an
    /// operator took all the same.
    package var refundable: Money { outcome == .succeeded ? collectionRefundable : lateRefundable }

    /// What can still be given back of what was collected.
    ///
    /// Every refund that is not certainly dead holds its amount, and so does what the operator took back by itself. What
    /// cannot be counted in the payment's currency holds everything.
    package var collectionRefundable: Money {
        let reversals = notices.filter { [.disputeLost, .refundedElsewhere].contains($0.kind) }.compactMap(\.amount)
        guard reversals.allSatisfy({ $0.currency == currency }) else { return Money(0, currency) }
        return rest(of: collected, less: reversals + refunds { !$0.isOfLateExecution })
    }

    /// What can still be given back of what an operator took although the payment was closed without success.
    package var lateRefundable: Money {
        guard kind == .payment else { return Money(0, currency) }
        return rest(of: lateExecuted, less: refunds(\.isOfLateExecution))
    }

    /// What refunds have given back, or may still give back, of what an operator took although the payment was closed
    /// without success.
    var lateGivenBack: Money { total(refunds(\.isOfLateExecution)) }

    /// Whether money is held that only a capture collects.
    package var isAuthorized: Bool {
        kind == .payment && purpose == .authorize && outcome == .succeeded && lapsedAt == nil
            && !followUps.contains { ($0.kind == .capture || $0.kind == .void) && $0.status == .succeeded }
    }

    /// The capture or void that is under way or done; there is at most one.
    package var decision: FollowUp? {
        followUps.last { ($0.kind == .capture || $0.kind == .void) && $0.holdsAmount }
    }

    /// The capture or void that people have to look at: until they have, nobody knows what became of the payment's money.
    package var reviewedDecision: FollowUp? { decision.flatMap { $0.review == nil ? nil : $0 } }

    /// Whether the payer has to choose a channel first.
    package var awaitsChoice: Bool {
        (request.isHosted || asksChannel) && choice == nil && awaitsInput && outcome == .open
    }

    private var currency: Currency { amount.currency }

    private func refunds(_ counts: (FollowUp) -> Bool) -> [Money] {
        followUps.filter { $0.kind == .refund && counts($0) }.map(\.taken)
    }

    private func refundTotal(_ part: (FollowUp) -> Money) -> Money {
        total(followUps.filter { $0.kind == .refund }.map(part))
    }

    /// The sum of what is in the order's currency; too large a sum is the largest there is.
    private func total(_ amounts: [Money]) -> Money {
        amounts.reduce(Money(0, currency)) { sum, amount in
            guard amount.currency == currency else { return sum }
            return (try? sum.adding(amount)) ?? Money(.max, currency)
        }
    }

    private func rest(of whole: Money, less parts: [Money]) -> Money {
        let rest = (try? whole.subtracting(total(parts))) ?? Money(0, currency)
        return Money(max(0, rest.minorUnits), currency)
    }
}
