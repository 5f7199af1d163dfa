import Router

extension CardProvider: Refunding {
    /// One refund, under a key of its own; several with the same amount are several refunds.
    func prepareRefund(
        _ order: FollowUpOrder, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        let rest = order.original.amount.minorUnits - order.original.refundedMinorUnits
        guard order.amount.currency == order.original.amount.currency,
            order.amount.minorUnits >= 1, order.amount.minorUnits <= rest
        else { throw .invalid("the amount must be above 0 and at most what is left of the payment") }
        guard let amount = CardWire.units(of: order.amount) else {
            throw .invalid("the amount cannot be written exactly in this currency")
        }
        return MoneyRequest(
            post(
                "/v1/refunds", "\(order.reference)-refund",
                [
                    try target(of: order), ("amount", .integer(amount)),
                    ("metadata", .map([("reference", .text(order.reference))])),
                ]))
    }

    func readRefund(_ reply: WireReply, to order: FollowUpOrder) -> Answer {
        CardFollowUps.refund(reply, order: order)
    }

    /// Lists the refunds of the payment and looks for ours.
    func checkRefund(_ order: FollowUpOrder, asking wire: any Asking) async -> Finding {
        guard let original = order.original.operatorReference else { return .couldNotAnswer("no payment is known") }
        let name = original.hasPrefix("pi_") ? "payment_intent" : "charge"
        return await ask("/v1/refunds?\(name)=\(PercentEncoding.encode(original))&limit=100", wire) { body in
            CardFollowUps.foundRefund(body, order: order)
        }
    }

    /// What a refund is of: the intent or the charge, as its id tells.
    func target(of order: FollowUpOrder) throws(PreparationFailure) -> (String, FormValue) {
        guard let original = order.original.operatorReference, CardToken.isUsable(original) else {
            throw .invalid("the operator's id of the payment is not known")
        }
        return (original.hasPrefix("pi_") ? "payment_intent" : "charge", .text(original))
    }
}
