import Synchronization

extension CardOperator {
    private static let createShapes: [String: CardParameters.Shape] = [
        "amount": .text, "currency": .text, "source": .text, "customer": .text, "capture": .text,
        "description": .text, "metadata": .map, "receipt_email": .text, "statement_descriptor_suffix": .text,
        "transfer_group": .text, "expand": .list,
    ]
    private static let expansions: Set = ["payment_intent", "customer", "balance_transaction"]

    /// `POST /v1/charges`: one call that moves money at once.
    func createCharge(_ state: inout CardState, _ call: CardCall) throws(CardRefusal) -> CardOutcome {
        let parameters = call.parameters
        try parameters.check(against: Self.createShapes)
        let money = try CardMoney(parameters)
        let isHeld = try !(parameters.flag("capture") ?? true)
        _ = try call.expansions(Self.expansions)
        let metadata = try call.metadata()
        let instrument = try source(call, state)
        let behaviour = tools.behaviour(CardBehaviour.of(instrument))
        if behaviour.dropsFirst, state.droppedKeys.insert(call.key ?? metadata["reference"] ?? "").inserted {
            return .unread
        }
        var charge = CardCharge(
            id: "ch_\(Identifiers.token(24))", created: call.now / 1000, number: state.lastCharge + 1,
            amount: money.amount, currency: money.currency, status: .pending, instrument: instrument.name,
            metadata: metadata, description: parameters["description"], customer: parameters["customer"],
            receiptEmail: parameters["receipt_email"], statementSuffix: parameters["statement_descriptor_suffix"],
            transferGroup: parameters["transfer_group"], key: call.key, callbacks: behaviour.callbacks,
            isHeld: isHeld ? true : nil)
        if behaviour.extraAmount != 0 { charge.toldAmount = charge.amount + behaviour.extraAmount }
        if behaviour.swapsCurrency { charge.toldCurrency = charge.currency == "usd" ? "eur" : "usd" }
        return settle(charge, behaviour, call).leaving(behaviour.answer)
    }

    private func settle(_ charge: CardCharge, _ behaviour: CardBehaviour, _ call: CardCall) -> CardOutcome {
        let step = CardStep(
            now: call.now, address: call.address, requestID: call.requestID, number: charge.number)
        func shown(_ line: JournalLine) -> CardOutcome {
            CardOutcome(body: line.charge?.json(address: call.address) ?? nil, line: line)
        }
        func declined(_ failure: CardFailure) -> CardOutcome {
            let members = failure.members + [JSONValue.Member(name: "charge", value: .text(charge.id))]
            return CardOutcome(status: 402, body: ["error": .object(members)], line: step.fail(charge, failure))
        }
        switch behaviour.course {
        case .ignored: return .page
        case .succeeds: return shown(step.succeed(charge))
        case .fails(let failure): return declined(failure)
        case .authenticates: return declined(.authenticationRequired)
        case .processes(let wait):
            var pending = charge
            pending.due = wait.map { call.now + $0 }
            var line = JournalLine(charge: pending)
            if charge.callbacks != .never {
                line.callbacks = [step.event("charge.pending", pending.json(address: call.address), charge.key)]
            }
            return shown(line)
        }
    }

    /// `GET /v1/charges/{id}`.
    func getCharge(_ id: String, _ call: CardCall) throws(CardRefusal) -> JSONValue {
        try call.parameters.check(against: ["expand": .list])
        let expansions = try call.expansions(Self.expansions)
        let (found, intent) = state.withLock { state in
            let charge = state.charges[id]
            return (charge, charge?.paymentIntent.flatMap { state.intents[$0] })
        }
        guard let found else { throw .missing("charge", id) }
        return found.json(address: call.address, intent: expansions.contains("payment_intent") ? intent : nil)
    }

    /// Lets a pending charge succeed when it is due.
    func arm(_ charge: CardCharge) {
        guard let due = charge.due else { return }
        tools.stage.at(due) { [weak self] in
            guard let self else { return }
            tools.unattended {
                try state.withLock { state in
                    guard let charge = state.charges[charge.id], charge.due == due else { return }
                    let step = CardStep(
                        now: tools.stage.now, address: tools.address.url, requestID: nil, number: charge.number)
                    let line = step.succeed(charge)
                    try tools.recorder.commit(line)
                    state.apply(line)
                }
            }
        }
    }

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

    /// `POST /v1/charges/{id}`: words only; money never changes.
    func modifyCharge(_ id: String, _ state: inout CardState, _ call: CardCall) throws(CardRefusal) -> CardOutcome {
        try call.parameters.check(against: [
            "customer": .text, "description": .text, "metadata": .map, "receipt_email": .text, "transfer_group": .text,
            "fraud_details": .object(["user_report"]), "expand": .list,
        ])
        guard var charge = state.charges[id] else { throw .missing("charge", id) }
        charge.metadata = try call.merged(into: charge.metadata)
        charge.description = call.changed("description", charge.description)
        charge.customer = call.changed("customer", charge.customer)
        charge.receiptEmail = call.changed("receipt_email", charge.receiptEmail)
        if let group = call.parameters["transfer_group"] {
            guard charge.transferGroup == nil || charge.transferGroup == group else {
                throw .invalid(
                    "A transfer_group that was set cannot be changed.", code: nil, param: "transfer_group")
            }
            charge.transferGroup = group
        }
        var line = JournalLine(charge: charge)
        line.callbacks = [
            CardStep(now: call.now, address: call.address, requestID: call.requestID, number: charge.number)
                .event("charge.updated", charge.json(address: call.address), call.key)
        ]
        return CardOutcome(body: charge.json(address: call.address), line: line)
    }
}

/// Taking what is held.
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
