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
        return LedgerLines.adjusted(order, amount: terms.debited(order), at: order.updatedAt).postings
            .map { ExpectedLine($0, isDated: false) }
    }

    /// Whether people ended it, with the money in suspense.
    private func wasEndedByPeople(_ terms: TransferTerms) -> Bool {
        order.outcome.isFinal && terms.shape == .between && has(.payment) && !has(.payout) && !has(.refund)
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
