/// Works out the steps in which card money moves or fails to.
///
/// Pure: puts nothing on file.
struct CardStep: Sendable {
    /// Milliseconds since 1970.
    var now: Int64
    /// The sandbox's own address.
    var address: String
    /// The call that causes the step; `nil` if the operator acts by itself.
    var requestID: String?
    /// The number of the next charge.
    var number: Int

    /// The intent's money moves.
    func succeed(_ intent: CardIntent) -> JournalLine {
        var intent = intent
        var charge = charge(for: intent, .succeeded)
        charge.toldAmount = intent.toldAmount
        charge.toldCurrency = intent.toldCurrency
        intent.status = intent.isManual ? .requiresCapture : .succeeded
        charge.isHeld = intent.isManual ? true : nil
        charge.isDisputed = charge.disputes ? true : nil
        intent.latestCharge = charge.id
        intent.lastFailure = nil
        intent.due = nil
        var line = JournalLine(intent: intent, charge: charge)
        let type = intent.isManual ? "payment_intent.amount_capturable_updated" : "payment_intent.succeeded"
        if !intent.isManual {
            line.movement = SandboxMovement(
                operator: .card, reference: intent.reference, amount: intent.toldAmount ?? intent.amount,
                currency: (intent.toldCurrency ?? intent.currency).uppercased(), party: charge.party,
                executedAtMilliseconds: now, operatorReference: intent.id)
        }
        line.callbacks =
            event("charge.succeeded", charge.json(address: address), intent.confirmKey).copies(
                intent.callbacks == .never ? .never : .once)
            + event(type, intent.json(address: address), intent.confirmKey)
            .copies(intent.callbacks) + disputes(charge)
        return line
    }

    /// The intent's money does not move; if the network was asked (tried), there is a failed charge.
    func fail(_ intent: CardIntent, _ failure: CardFailure, isTried: Bool) -> JournalLine {
        var intent = intent
        var line = JournalLine()
        var events: [Outgoing] = []
        intent.status = .requiresPaymentMethod
        intent.lastFailure = failure
        intent.due = nil
        if isTried {
            var charge = charge(for: intent, .failed)
            charge.failure = failure
            intent.latestCharge = charge.id
            line.charge = charge
            events.append(event("charge.failed", charge.json(address: address), intent.confirmKey))
        }
        events.append(event("payment_intent.payment_failed", intent.json(address: address), intent.confirmKey))
        line.intent = intent
        line.callbacks = intent.callbacks == .never ? [] : events
        return line
    }

    /// The charge's money moves.
    func succeed(_ charge: CardCharge) -> JournalLine {
        var charge = charge
        charge.status = .succeeded
        charge.due = nil
        charge.isDisputed = charge.disputes ? true : nil
        var line = JournalLine(charge: charge)
        if charge.isHeld != true {
            line.movement = SandboxMovement(
                operator: .card, reference: charge.reference, amount: charge.toldAmount ?? charge.amount,
                currency: (charge.toldCurrency ?? charge.currency).uppercased(), party: charge.party,
                executedAtMilliseconds: now, operatorReference: charge.id)
        }
        line.callbacks =
            event("charge.succeeded", charge.json(address: address), charge.key).copies(charge.callbacks)
            + disputes(charge)
        return line
    }

    /// The charge's money does not move.
    func fail(_ charge: CardCharge, _ failure: CardFailure) -> JournalLine {
        var charge = charge
        charge.status = .failed
        charge.failure = failure
        charge.due = nil
        var line = JournalLine(charge: charge)
        line.callbacks = event("charge.failed", charge.json(address: address), charge.key).copies(charge.callbacks)
        return line
    }

    /// One event (docs/protocols/card.md, 6.2); signed when it is sent.
    func event(_ type: String, _ object: JSONValue, _ key: String?) -> Outgoing {
        let id = "evt_\(Identifiers.token(24))"
        let body: JSONValue = [
            "id": .text(id), "object": "event", "api_version": .text(CardOperator.version),
            "created": .number(now / 1000), "livemode": false, "pending_webhooks": 1,
            "request": ["id": .optional(requestID), "idempotency_key": .optional(key)], "type": .text(type),
            "data": ["object": object],
        ]
        return Outgoing(
            id: id, sender: .card, account: SandboxCredentials.cardSecretKey, method: "POST", body: body.string,
            due: now)
    }

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

    private func charge(for intent: CardIntent, _ status: CardCharge.Status) -> CardCharge {
        CardCharge(
            id: "ch_\(Identifiers.token(24))", created: now / 1000, number: number, amount: intent.amount,
            currency: intent.currency, status: status, instrument: intent.instrument ?? "", paymentIntent: intent.id,
            metadata: intent.metadata, description: intent.description, customer: intent.customer,
            receiptEmail: intent.receiptEmail, statementSuffix: intent.statementSuffix,
            transferGroup: intent.transferGroup, key: intent.confirmKey,
            callbacks: intent.callbacks)
    }
}
