import Synchronization

extension CardOperator {
    /// What `payment_method_data` may hold here: a card token.
    static let paymentMethodData = CardParameters.Shape.tree([["type"], ["card", "token"]])

    /// What a confirm or create pays with, if it says: an existing payment method, or a token that becomes one.
    ///
    /// The real service takes a token only in `payment_method_data`, and refuses it as `payment_method` without a code.
    func paymentMethod(_ call: CardCall, _ state: CardState) throws(CardRefusal) -> CardInstrument? {
        let parameters = call.parameters
        let token = parameters.value(at: ["payment_method_data", "card", "token"])
        if let name = parameters["payment_method"] {
            guard token == nil, parameters.value(at: ["payment_method_data", "type"]) == nil else {
                throw .invalid(
                    "You may only specify one of these parameters: payment_method, payment_method_data.", code: nil,
                    param: "payment_method")
            }
            guard !name.hasPrefix("tok_") else {
                throw .invalid(
                    "A token is no payment method: send it as payment_method_data[card][token], with "
                        + "payment_method_data[type]=card.", code: nil, param: "payment_method")
            }
            guard let instrument = CardInstrument.named(name) else {
                throw .missing("PaymentMethod", name, param: "payment_method", status: 400)
            }
            return instrument
        }
        guard parameters.value(at: ["payment_method_data", "type"]) != nil || token != nil else { return nil }
        guard parameters.value(at: ["payment_method_data", "type"]) == "card" else {
            throw .invalid(
                "Missing required param: payment_method_data[type].", code: "parameter_missing",
                param: "payment_method_data[type]")
        }
        guard let token else {
            throw .invalid(
                "Missing required param: payment_method_data[card][token].", code: "parameter_missing",
                param: "payment_method_data[card][token]")
        }
        return try self.token(token, state, call.now, param: "payment_method_data[card][token]")
    }

    /// What a charge pays with: a token.
    func source(_ call: CardCall, _ state: CardState) throws(CardRefusal) -> CardInstrument {
        try token(try call.parameters.required("source"), state, call.now, param: "source")
    }

    private func token(
        _ name: String, _ state: CardState, _ now: Int64, param: String
    ) throws(CardRefusal) -> CardInstrument {
        if let token = state.tokens[name], now < token.expiresAt {
            guard !token.isUsed else {
                throw .invalid(
                    "You cannot use a Stripe token more than once: \(name).", code: "token_already_used", param: param)
            }
            if let instrument = CardInstrument.named(token.instrument) { return instrument }
        }
        guard name.hasPrefix("tok_"), let instrument = CardInstrument.named(name) else {
            throw .missing("token", name, param: param, status: 400)
        }
        return instrument
    }

    /// Runs a call, and uses up the one-time token it pays with in the step that it caused, however that ended.
    func spending(
        _ call: CardCall, _ state: inout CardState, _ work: (inout CardState, CardCall) throws -> CardOutcome
    ) throws -> CardOutcome {
        var outcome = try work(&state, call)
        let name = call.parameters["source"] ?? call.parameters.value(at: ["payment_method_data", "card", "token"])
        guard outcome.isStored, let name, var token = state.tokens[name] else { return outcome }
        token.isUsed = true
        try outcome.line.keep(token, as: "token", of: .card)
        return outcome
    }
}
