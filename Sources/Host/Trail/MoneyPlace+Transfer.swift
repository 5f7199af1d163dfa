import Router

extension MoneyPlace {
    /// Where a transfer's money is: its orders tell.
    static func ofTransfer(_ order: Order) -> MoneyPlace {
        let debit = order.followUps.last { $0.kind == .payment }
        switch order.outcome {
        case .succeeded: return order.certainty == .confirmed ? .moved(nil, received(order)) : .unknown(nil)
        case .failed, .cancelled: return ofEnded(order, debit)
        case .open: break
        }
        if order.certainty == .disputed { return .contradicted(recorded: order.outcome, told: nil) }
        if order.review?.reason == .transferParked { return .parked }
        guard let leg = order.followUps.last else {
            return order.certainty == .confirmed && order.review == nil ? .untouched : .unknown(nil)
        }
        switch leg.kind {
        case .refund: return .between(.compensation, isKnown: isKnown(leg))
        case .payout: return debit == nil ? ofOnlyLeg(leg, order) : .between(.credit, isKnown: isKnown(leg))
        case .payment, .capture, .void, .transfer: return ofDebit(leg, order)
        }
    }

    private static func ofEnded(_ order: Order, _ debit: FollowUp?) -> MoneyPlace {
        if order.movedAfterAll { return .movedAfterEnd(debit?.executed ?? order.lateExecuted) }
        guard order.certainty == .confirmed, order.review == nil else {
            return .contradicted(recorded: order.outcome, told: nil)
        }
        return debit?.status == .succeeded ? .givenBack : .unmoved
    }

    /// While the sender's money is being taken.
    private static func ofDebit(_ leg: FollowUp, _ order: Order) -> MoneyPlace {
        switch LegStanding(leg) {
        case .succeeded: return .between(.credit, isKnown: true)
        case .unclaimed: return .between(.compensation, isKnown: true)
        case .strayed: return .contradicted(recorded: order.outcome, told: leg.executed)
        case .dead: return order.certainty == .confirmed ? .untouched : .unknown(nil)
        case .open:
            return isKnown(leg) && order.certainty == .confirmed ? .between(.debit, isKnown: true) : .unknown(nil)
        }
    }

    /// A payout out of a wallet, which has set the money aside.
    private static func ofOnlyLeg(_ leg: FollowUp, _ order: Order) -> MoneyPlace {
        switch LegStanding(leg) {
        case .dead: return order.certainty == .confirmed ? .untouched : .unknown(nil)
        case .open, .succeeded, .unclaimed, .strayed: return .between(.credit, isKnown: isKnown(leg))
        }
    }

    private static func isKnown(_ leg: FollowUp) -> Bool { leg.certainty == .confirmed && leg.review == nil }

    private static func received(_ order: Order) -> Money {
        order.request.transfer.map { $0.credited(order) } ?? order.amount
    }
}
