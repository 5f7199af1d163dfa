import Synchronization

extension CardOperator {
    /// `POST /v1/refunds`: all that is left, or a part; of a hold, its release.
    func createRefund(_ state: inout CardState, _ call: CardCall) throws -> CardOutcome {
        let parameters = call.parameters
        try parameters.check(against: [
            "charge": .text, "payment_intent": .text, "amount": .text, "reason": .text, "metadata": .map,
            "expand": .list,
        ])
        var charge = try refundable(state, parameters)
        let isRelease = charge.isHeld == true
        let amount = try amount(parameters["amount"], upTo: isRelease ? charge.amount : charge.rest)
        let behaviour = tools.behaviour(CardRefundBehaviour.of(amount: amount))
        if behaviour.dropsFirst, state.droppedKeys.insert(call.key ?? "").inserted { return .unread }
        var refund = CardRefund(
            id: "re_\(Identifiers.token(24))", created: call.now / 1000, amount: amount, currency: charge.currency,
            charge: charge.id, paymentIntent: charge.paymentIntent, metadata: try call.metadata(),
            reason: parameters["reason"], status: behaviour.status, key: call.key, isRelease: isRelease,
            callbacks: behaviour.callbacks)
        if behaviour.status == "failed" { refund.failureReason = amount == 1003 ? "insufficient_funds" : "declined" }
        if let plan = behaviour.plan {
            refund.plan = plan
            refund.due = call.now + 2_000
        }
        var line = JournalLine()
        if isRelease {
            charge.isReleased = true
            line.charge = charge
        } else if behaviour.status != "failed" {
            charge.refunded = (charge.refunded ?? 0) + amount
            line.charge = charge
            if behaviour.status == "succeeded" { line.movement = movement(refund, charge, call.now) }
        }
        try line.keep(refund, as: "refund", of: .card)
        let step = CardStep(now: call.now, address: call.address, requestID: call.requestID, number: charge.number)
        line.callbacks = step.event("refund.created", refund.json, call.key).copies(refund.callbacks)
        if refund.callbacks != .never, behaviour.status == "succeeded" {
            line.callbacks? += [step.event("charge.refunded", charge.json(address: call.address), call.key)]
        }
        return CardOutcome(body: refund.json, line: line).leaving(behaviour.answer)
    }

    private func refundable(_ state: CardState, _ parameters: CardParameters) throws(CardRefusal) -> CardCharge {
        let id: String
        if let intent = parameters["payment_intent"] {
            guard let charge = try state.intent(intent).latestCharge else {
                throw .invalid("This PaymentIntent has no charge.", code: nil, param: "payment_intent")
            }
            id = charge
        } else {
            id = try parameters.required("charge")
        }
        guard let charge = state.charges[id], charge.status == .succeeded else { throw .missing("charge", id) }
        guard charge.isDisputed != true else {
            throw .invalid("Charge \(id) has been charged back; cannot issue a refund.", code: "charge_disputed")
        }
        guard charge.isReleased != true, charge.isHeld == true || charge.rest > 0 else {
            throw .invalid("Charge \(id) has already been refunded.", code: "charge_already_refunded")
        }
        return charge
    }

    private func amount(_ text: String?, upTo rest: Int64) throws(CardRefusal) -> Int64 {
        guard let text else { return rest }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let amount = Int64(text), amount > 0 else {
            throw .invalid("Invalid integer: \(text)", code: "parameter_invalid_integer", param: "amount")
        }
        guard amount <= rest else {
            throw .invalid("Refund amount (\(amount)) is greater than unrefunded amount (\(rest)).", code: nil)
        }
        return amount
    }

    private func movement(_ refund: CardRefund, _ charge: CardCharge, _ now: Int64) -> SandboxMovement {
        SandboxMovement(
            operator: .card, reference: refund.reference, kind: .refund, amount: refund.amount,
            currency: refund.currency.uppercased(), party: charge.party, executedAtMilliseconds: now,
            operatorReference: refund.id)
    }

    /// `GET /v1/refunds/{id}`.
    func getRefund(_ id: String, _ call: CardCall) throws(CardRefusal) -> JSONValue {
        try call.parameters.check(against: ["expand": .list])
        guard let refund = state.withLock({ $0.refunds.first { $0.id == id } }) else { throw .missing("refund", id) }
        return refund.json
    }

    /// `GET /v1/refunds`: newest first, by charge or payment intent.
    func listRefunds(_ call: CardCall) throws(CardRefusal) -> JSONValue {
        let parameters = call.parameters
        try parameters.check(against: ["limit": .text, "charge": .text, "payment_intent": .text, "expand": .list])
        guard let limit = Int(parameters["limit"] ?? "10"), (1...100).contains(limit) else {
            throw .invalid("Invalid limit: 1 to 100.", code: "parameter_invalid_integer", param: "limit")
        }
        let (charge, intent) = (parameters["charge"], parameters["payment_intent"])
        let found = state.withLock { state in
            state.refunds.reversed().filter {
                (charge == nil || $0.charge == charge) && (intent == nil || $0.paymentIntent == intent)
            }
        }
        return [
            "object": "list", "url": "/v1/refunds", "has_more": .bool(found.count > limit),
            "data": .list(found.prefix(limit).map(\.json)),
        ]
    }

    /// Lets a refund become what it becomes: a late success, or a failure days after it had succeeded.
    func arm(_ refund: CardRefund) {
        guard let due = refund.due else { return }
        tools.stage.at(due) { [weak self] in
            guard let self else { return }
            tools.unattended { try turn(refund.id, due: due) }
        }
    }

    private func turn(_ id: String, due: Int64) throws {
        try state.withLock { state in
            guard var refund = state.refunds.first(where: { $0.id == id }), refund.due == due, let plan = refund.plan,
                var charge = state.charges[refund.charge]
            else { return }
            refund.status = plan
            refund.plan = nil
            refund.due = nil
            var line = JournalLine()
            if plan == "failed" {
                refund.failureReason = "expired_or_canceled_card"
                // The money returns to the balance; the books keep what was done.
                charge.refunded = (charge.refunded ?? 0) - refund.amount
                line.charge = charge
            } else {
                line.movement = movement(refund, charge, tools.stage.now)
            }
            try line.keep(refund, as: "refund", of: .card)
            let step = CardStep(
                now: tools.stage.now, address: tools.address.url, requestID: nil, number: charge.number)
            var events = [step.event("refund.updated", refund.json, refund.key)]
            if plan == "failed" { events.append(step.event("refund.failed", refund.json, refund.key)) }
            line.callbacks = refund.callbacks == .never ? [] : events
            try tools.recorder.commit(line)
            state.apply(line)
        }
    }
}

/// Money given back (docs/protocols/card.md, 2.3); kept in the journal.
struct CardRefund: Codable, Sendable {
    var id: String
    var created: Int64
    var amount: Int64
    var currency: String
    var charge: String
    var paymentIntent: String?
    var metadata: [String: String]
    var reason: String?
    /// `succeeded`, `pending` or `failed`.
    var status: String
    var failureReason: String?
    /// The key of the call that made it, for events.
    var key: String?
    /// Whether it only released what was held.
    var isRelease = false
    /// What it becomes by itself, and when.
    var plan: String?
    var due: Int64?
    var callbacks = CallbackStyle.once

    /// What the books call it.
    var reference: String { metadata["reference"] ?? id }

    /// The object as the wire shows it.
    var json: JSONValue {
        [
            "id": .text(id), "object": "refund", "amount": .number(amount), "balance_transaction": nil,
            "charge": .text(charge), "created": .number(created), "currency": .text(currency),
            "metadata": metadata.json,
            "payment_intent": .optional(paymentIntent), "reason": .optional(reason), "receipt_number": nil,
            "status": .text(status), "failure_reason": .optional(failureReason),
            "pending_reason": status == "pending" ? "processing" : nil,
        ]
    }
}
