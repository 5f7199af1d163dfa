import Router

extension CardProvider: Capturing, Voiding {
    /// Takes what is held, all of it or a part; the rest is released.
    ///
    /// An intent's capture carries our reference, a charge's cannot.
    func prepareCapture(
        _ order: FollowUpOrder, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        guard order.amount.currency == order.original.amount.currency,
            order.amount.minorUnits >= 1, order.amount.minorUnits <= order.original.amount.minorUnits,
            let amount = CardWire.units(of: order.amount)
        else { throw .invalid("the amount must be above 0, at most what is held, and exact in this currency") }
        let id = try held(order)
        let fields: [(String, FormValue)] =
            switch api {
            case .paymentIntents:
                [
                    ("amount_to_capture", .integer(amount)),
                    ("metadata", .map([("capture", .text(order.reference))])),
                ]
            case .charges: [("amount", .integer(amount))]
            }
        return MoneyRequest(post("\(objects)/\(id)/capture", "\(order.reference)-capture", fields))
    }

    func readCapture(_ reply: WireReply, to order: FollowUpOrder) -> Answer {
        CardFollowUps.capture(reply, order: order, api: api)
    }

    /// Releases what is held: an intent is cancelled; a charge has no such call, its refund releases it.
    func prepareVoid(
        _ order: FollowUpOrder, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        let id = try held(order)
        switch api {
        case .paymentIntents:
            return MoneyRequest(post("\(objects)/\(id)/cancel", "\(order.reference)-cancel", []))
        case .charges:
            return MoneyRequest(
                post(
                    "/v1/refunds", "\(order.reference)-cancel",
                    [("charge", .text(id)), ("metadata", .map([("reference", .text(order.reference))]))]))
        }
    }

    func readVoid(_ reply: WireReply, to order: FollowUpOrder) -> Answer {
        api == .paymentIntents
            ? CardFollowUps.released(reply, order: order) : CardFollowUps.refund(reply, order: order)
    }

    /// Looks at what held the money.
    func checkHold(_ order: FollowUpOrder, isCapture: Bool, asking wire: any Asking) async -> Finding {
        guard isCapture || api == .paymentIntents else { return await checkRefund(order, asking: wire) }
        guard let id = try? held(order) else { return .couldNotAnswer("what holds the money is not known") }
        return await ask("\(objects)/\(PercentEncoding.encode(id))", wire) { body in
            CardFollowUps.foundHold(body, order: order, isCapture: isCapture)
        }
    }

    private var objects: String { api == .paymentIntents ? "/v1/payment_intents" : "/v1/charges" }

    private func held(_ order: FollowUpOrder) throws(PreparationFailure) -> String {
        guard let id = order.original.operatorReference, CardToken.isUsable(id) else {
            throw .invalid("the operator's id of what holds the money is not known")
        }
        return id
    }
}
