import Router

extension MoneyWords {
    func text(_ step: NextStep) -> String {
        switch step {
        case .payer(let action, let until):
            say("payer", ["action": texts["money.act.\((action ?? .wait).rawValue)"], "until": "\(until)"])
        case .shop(let until): say("shop", ["until": "\(until)"])
        case .captureOrVoid(let until?): say("captureUntil", ["until": "\(until)"])
        case .captureOrVoid(nil): texts["money.capture"]
        case .asks(let provider, let at): say("asks", ["provider": provider.text, "at": "\(at)"])
        case .looks(let at): say("looks", ["at": "\(at)"])
        case .people(let reason, let since, let signatures):
            say("people", ["since": "\(since)", "reason": texts["money.why.\(reason.rawValue)"]]) + " "
                + signed(signatures)
        case .waitsFor(let order): say("waitsFor", ["order": order.text])
        }
    }

    private func signed(_ count: Int) -> String {
        switch count {
        case 0: texts["money.signedNone"]
        case 1: texts["money.signedOne"]
        default: say("signedMore", ["count": "\(count)"])
        }
    }
}

/// What else became of an order's money.
enum MoneyRemark: Sendable, Hashable {
    case givenBack(Money)
    case perhapsGivenBack(Money)
    case takenBack(OperatorNotice.Kind, Money?)

    static func of(_ order: Order) -> [MoneyRemark] {
        guard order.kind == .payment else { return [] }
        var remarks: [MoneyRemark] = []
        if order.refunded.minorUnits > 0 { remarks.append(.givenBack(order.refunded)) }
        let open = order.followUps.filter { $0.kind == .refund && $0.holdsAmount && !$0.status.isFinal }
        if let first = open.first {
            let rest = open.dropFirst().reduce(first.amount) { sum, refund in (try? sum.adding(refund.amount)) ?? sum }
            remarks.append(.perhapsGivenBack(rest))
        }
        for notice in order.notices where notice.kind == .disputeLost || notice.kind == .refundedElsewhere {
            remarks.append(.takenBack(notice.kind, notice.amount))
        }
        return remarks
    }
}
