import Router

/// Payouts: the same object as a debit, below another path.
extension PurseProvider: PayingOut {
    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try request("/credits", order.reference, order.amount, order.customer.phone)
    }

    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome { answer(reply) }
}
