extension CardOperator {
    /// `POST /v1/payment_intents/{id}/capture`: takes what is held, all of it or a part; the rest is released.
    func captureIntent(_ id: String, _ state: inout CardState, _ call: CardCall) throws(CardRefusal) -> CardOutcome {
        try call.parameters.check(against: [
            "amount_to_capture": .text, "final_capture": .text, "metadata": .map, "expand": .list,
            "statement_descriptor_suffix": .text,
        ])
        var intent = try state.intent(id)
        guard intent.status == .requiresCapture, var charge = intent.latestCharge.flatMap({ state.charges[$0] }) else {
            throw .unexpectedState(
                "This PaymentIntent could not be captured because it has a status of \(intent.status.rawValue).",
                intent.json(address: call.address))
        }
        let amount = try part(call.parameters["amount_to_capture"], of: intent.amount, "amount_to_capture")
        for (name, value) in try call.metadata() { intent.metadata[name] = value }
        intent.status = .succeeded
        intent.captured = amount
        charge.isHeld = nil
        charge.captured = amount
        let step = CardStep(now: call.now, address: call.address, requestID: call.requestID, number: charge.number)
        var line = JournalLine(intent: intent, charge: charge)
        line.movement = movement(intent.metadata["capture"] ?? intent.reference, charge, amount, call.now)
        let body = intent.json(address: call.address)
        line.callbacks =
            [step.event("charge.captured", charge.json(address: call.address), call.key)]
            + step.event("payment_intent.succeeded", body, call.key).copies(intent.callbacks)
        return CardOutcome(body: body, line: line)
    }

    /// `POST /v1/charges/{id}/capture`.
    func captureCharge(_ id: String, _ state: inout CardState, _ call: CardCall) throws(CardRefusal) -> CardOutcome {
        try call.parameters.check(against: [
            "amount": .text, "receipt_email": .text, "statement_descriptor_suffix": .text, "expand": .list,
        ])
        guard var charge = state.charges[id] else { throw .missing("charge", id) }
        guard charge.isReleased != true else {
            throw .invalid("Charge \(id) has expired.", code: "charge_expired_for_capture")
        }
        guard charge.isHeld == true, charge.status == .succeeded else {
            throw .invalid("Charge \(id) has already been captured.", code: "charge_already_captured")
        }
        let amount = try part(call.parameters["amount"], of: charge.amount, "amount")
        charge.isHeld = nil
        charge.captured = amount
        let step = CardStep(now: call.now, address: call.address, requestID: call.requestID, number: charge.number)
        var line = JournalLine(charge: charge)
        line.movement = movement(charge.reference, charge, amount, call.now)
        let body = charge.json(address: call.address)
        line.callbacks = [step.event("charge.captured", body, call.key)]
        return CardOutcome(body: body, line: line)
    }

    private func part(_ text: String?, of whole: Int64, _ name: String) throws(CardRefusal) -> Int64 {
        guard let text else { return whole }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let amount = Int64(text), amount > 0 else {
            throw .invalid("Invalid integer: \(text)", code: "parameter_invalid_integer", param: name)
        }
        guard amount <= whole else {
            throw .invalid("The amount is more than what is held.", code: "amount_too_large", param: name)
        }
        return amount
    }

    private func movement(_ reference: String, _ charge: CardCharge, _ amount: Int64, _ now: Int64) -> SandboxMovement {
        SandboxMovement(
            operator: .card, reference: reference, amount: amount, currency: charge.currency.uppercased(),
            party: charge.party, executedAtMilliseconds: now, operatorReference: charge.id)
    }
}

extension CardCharge {
    /// Whether its card is the one that is disputed at once (`tok_createDispute`).
    var disputes: Bool { instrument.hasSuffix("_createDispute") }
}

extension CardStep {
    /// The event of a dispute that the card's owner opens at once.
    func disputes(_ charge: CardCharge) -> [Outgoing] {
        guard charge.isDisputed == true, charge.isHeld != true else { return [] }
        let dispute: JSONValue = [
            "id": .text("dp_\(charge.id.dropFirst(3))"), "object": "dispute", "amount": .number(charge.amount),
            "charge": .text(charge.id), "currency": .text(charge.currency), "created": .number(now / 1000),
            "payment_intent": .optional(charge.paymentIntent), "reason": "fraudulent", "status": "needs_response",
        ]
        return [event("charge.dispute.created", dispute, charge.key)]
    }
}
