import Router

extension MoneyWords {
    func text(_ step: NextStep) -> String {
        switch step {
        case .payer(let action, let until): "The payer has to \(words(action)); nothing new is begun after \(until)."
        case .shop(let until): "The shop has to accept the amount until \(until)."
        case .captureOrVoid(let until):
            "The shop collects or releases it" + (until.map { " until \($0)" } ?? "") + "."
        case .asks(let provider, let at): "\(provider) is asked again at \(at)."
        case .looks(let at): "The router looks again at \(at)."
        case .people(let reason, let since, let signatures):
            "People have to look, since \(since): \(words(reason)). \(signed(signatures))"
        case .waitsFor(let order): "It waits for \(order)."
        }
    }

    private func words(_ action: CustomerAction.Kind?) -> String {
        switch action {
        case .approveOnPhone: "agree on the phone"
        case .redirect, .submitForm: "pay on the operator's page"
        case .showQR: "scan a QR code"
        case .enterCode: "type a code"
        case .wait, nil: "act"
        }
    }

    private func words(_ reason: Review.Reason) -> String {
        switch reason {
        case .conflict: "the evidence contradicts itself or the request"
        case .outcomeUnknown: "it has not been known for too long what became of it"
        case .noAnswerFromCustomer: "there has been no answer for too long"
        case .discrepancy: "evidence contradicts what is recorded as the end"
        case .referenceCollision: "the operator knew our reference before we sent it"
        case .repeatedReference: "the operator's reference proves another attempt already"
        case .providerMissing: "its provider is not configured any more, so nobody can be asked"
        case .walletClosed: "the wallet that it was for is closed"
        case .transferParked: "it can neither be paid out nor given back by itself"
        }
    }

    private func signed(_ count: Int) -> String {
        switch count {
        case 0: "Nobody has signed a finding yet; two have to."
        case 1: "One person has signed a finding; another one has to sign the same."
        default: "\(count) people have signed, and no two the same."
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

    var text: String {
        switch self {
        case .givenBack(let amount): "\(amount) was given back."
        case .perhapsGivenBack(let amount): "A refund of \(amount) is under way."
        case .takenBack(.refundedElsewhere, let amount):
            "The operator says that \(amount.map { "\($0)" } ?? "money") was given back without the router."
        case .takenBack(_, let amount):
            "The operator took \(amount.map { "\($0)" } ?? "money") back after a dispute."
        }
    }
}
