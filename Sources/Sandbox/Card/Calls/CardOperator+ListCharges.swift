import Synchronization

extension CardOperator {
    /// `GET /v1/charges`: newest first, by transfer group or payment intent (1.5, 2.1).
    func listCharges(_ call: CardCall) throws(CardRefusal) -> JSONValue {
        let parameters = call.parameters
        try parameters.check(against: [
            "limit": .text, "starting_after": .text, "transfer_group": .text, "payment_intent": .text,
            "expand": .list,
        ])
        guard let limit = Int(parameters["limit"] ?? "10"), (1...100).contains(limit) else {
            throw .invalid("Invalid limit: 1 to 100.", code: "parameter_invalid_integer", param: "limit")
        }
        let group = parameters["transfer_group"]
        let intent = parameters["payment_intent"]
        var charges = state.withLock { state in
            let all = group.map { (state.groups[$0] ?? []).compactMap { state.charges[$0] } }
            return (all ?? Array(state.charges.values)).filter { intent == nil || $0.paymentIntent == intent }
        }
        charges.sort { $0.number > $1.number }
        if let after = parameters["starting_after"] {
            guard let index = charges.firstIndex(where: { $0.id == after }) else {
                throw .missing("charge", after, param: "starting_after", status: 400)
            }
            charges.removeFirst(index + 1)
        }
        return [
            "object": "list", "url": "/v1/charges", "has_more": .bool(charges.count > limit),
            "data": .list(charges.prefix(limit).map { $0.json(address: call.address) }),
        ]
    }
}
