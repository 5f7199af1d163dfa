/// What transfers have in the books besides what their orders have.
extension OrderBooks {
    var transferLines: [ExpectedLine] {
        guard let terms = order.request.transfer, order.outcome.isFinal else { return [] }
        if terms.shape == .inside {
            guard order.outcome == .succeeded, let sender = terms.from.wallet, let recipient = terms.to.wallet else {
                return []
            }
            return LedgerLines.between(order, from: sender, to: recipient, terms, at: order.createdAt).postings
                .map { ExpectedLine($0) }
        }
        guard wasEndedByPeople(terms) else { return [] }
        return LedgerLines.adjusted(order, terms, at: order.updatedAt).postings
            .map { ExpectedLine($0, isDated: false) }
    }

    /// Whether people ended it, while it had the money.
    private func wasEndedByPeople(_ terms: TransferTerms) -> Bool {
        let hadTaken =
            switch terms.shape {
            case .between: has(.payment)
            case .into: order.followUps.contains { $0.kind == .payment && $0.status == .succeeded && $0.isUnclaimed }
            case .inside, .out: false
            }
        return order.outcome.isFinal && hadTaken && !has(.payout) && !has(.refund)
    }

    /// Whether the sender's money is in suspense.
    func isSuspended(_ terms: TransferTerms) -> Bool {
        !order.outcome.isFinal && has(.payment) && !has(.payout) && !has(.refund)
    }

    /// Whether an order of the transfer has succeeded.
    private func has(_ kind: OrderKind) -> Bool {
        order.followUps.contains { $0.kind == kind && $0.status == .succeeded }
    }
}
