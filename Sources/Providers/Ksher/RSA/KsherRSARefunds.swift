import Router

extension KsherRSAProvider: Refunding {
    func prepareRefund(
        _ order: FollowUpOrder, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        let original = order.original
        let rest = original.amount.minorUnits - original.refundedMinorUnits
        guard order.amount.currency == original.amount.currency, order.amount.minorUnits >= 1,
            order.amount.minorUnits <= rest
        else { throw .invalid("the amount must be 1 satang to what is left of the payment") }
        guard manifest.refund?.exceptChannels.contains(original.channel) != true else {
            throw .invalid("this channel's payments cannot be given back by call")
        }
        let number: (String, String)
        switch await orderNumber(original, wire) {
        case .success(let found): number = found
        case .failure(let why):
            throw PreparationFailure(
                Refusal(why.isFinal ? .invalidRequest : .notSent), "no refund was asked for: \(why.text)")
        }
        return MoneyRequest(
            connection.call(
                "\(connection.pay)/order_refund",
                [
                    number, ("mch_refund_no", order.reference), ("total_fee", String(original.amount.minorUnits)),
                    ("refund_fee", String(order.amount.minorUnits)), ("fee_type", "THB"),
                ]))
    }

    func readRefund(_ reply: WireReply, to order: FollowUpOrder) -> Answer {
        guard reply.status == 200 else {
            return .unknown(
                Doubt(reply.isClientError ? .unlisted : .operatorError, providerCode: "HTTP \(reply.status)"))
        }
        guard let data = connection.data(reply.object) else {
            return .unknown(Doubt(.unreadable, providerCode: reply.object?["code"]?.codeText))
        }
        return KsherRSACodes.refunded(data, order: order)
    }

    /// Asks for the list of refunds; of payments that have none (Alipay), for the sale.
    func checkRefund(_ order: FollowUpOrder, asking wire: any Asking) async -> Finding {
        let original = order.original
        if original.channel == "alipay" {
            switch await sale(original.reference, original.channel, wire) {
            case .success(let data): return KsherRSACodes.saleOfRefund(data, order: order)
            case .failure(let why): return .couldNotAnswer(why.text)
            }
        }
        let number: (String, String)
        switch await orderNumber(original, wire) {
        case .success(let found): number = found
        case .failure(let why): return .couldNotAnswer(why.text)
        }
        switch await ask("\(connection.pay)/refund_query", [number, ("mch_refund_no", order.reference)], wire) {
        case .success(let data): return KsherRSACodes.refunds(data, order: order)
        case .failure(let why): return .couldNotAnswer(why.text)
        }
    }

    /// The name under which the refund calls know a sale: a page has given its payment a number of its own, and for
    /// cards only the operator's own number serves (protocol notes 3.8).
    private func orderNumber(
        _ original: OriginalCollection, _ wire: any Asking
    ) async -> Result<(String, String), NoAnswer> {
        guard wallets.flow == .redirect else { return .success(("mch_order_no", original.reference)) }
        let data: JSONValue
        switch await sale(original.reference, original.channel, wire) {
        case .success(let found): data = found
        case .failure(let why): return .failure(why)
        }
        guard data["mch_order_no"]?.stringValue == original.reference,
            ["SUCCESS", "REFUND"].contains(data["result"]?.stringValue),
            StatedAmount(data["total_fee"]).units == original.amount.minorUnits
        else { return .failure(NoAnswer(text: "the operator does not show it as paid")) }
        let wallet = data["channel"]?.stringValue ?? ""
        if ["promptpay", "bbl_promptpay", "promptpay2"].contains(wallet) {
            return .failure(NoAnswer(text: "PromptPay payments cannot be given back by call", isFinal: true))
        }
        if wallet.hasSuffix("card"), let number = data["ksher_order_no"]?.nonEmptyText {
            return .success(("ksher_order_no", number))
        }
        guard let number = data["pay_mch_order_no"]?.nonEmptyText else {
            return .failure(NoAnswer(text: "the sale names no payment"))
        }
        return .success(("mch_order_no", number))
    }
}
