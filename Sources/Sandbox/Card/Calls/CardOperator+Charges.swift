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
        let behaviour = tools.behaviours.card(instrument)
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
}
