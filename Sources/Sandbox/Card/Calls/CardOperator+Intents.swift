import Synchronization

extension CardOperator {
    private static let cancelReasons: Set = ["duplicate", "fraudulent", "requested_by_customer", "abandoned"]

    /// `GET /v1/payment_intents/{id}`.
    func getIntent(_ id: String, _ call: CardCall) throws(CardRefusal) -> JSONValue {
        try call.parameters.check(against: ["expand": .list, "client_secret": .text])
        let expansions = try call.expansions(Self.intentExpansions)
        let (found, charge) = state.withLock { state in
            let intent = state.intents[id]
            return (intent, intent?.latestCharge.flatMap { state.charges[$0] })
        }
        guard let found else { throw .missing("payment_intent", id, param: "intent") }
        return found.json(address: call.address, charge: expansions.contains("latest_charge") ? charge : nil)
    }

    /// `POST /v1/payment_intents/{id}/cancel`: only `canceled` proves that it is over.
    func cancelIntent(_ id: String, _ state: inout CardState, _ call: CardCall) throws(CardRefusal) -> CardOutcome {
        try call.parameters.check(against: ["cancellation_reason": .text, "expand": .list])
        let reason = call.parameters["cancellation_reason"]
        if let reason, !Self.cancelReasons.contains(reason) {
            throw .invalid(
                "Invalid cancellation_reason: \(reason)", code: "parameter_invalid_string",
                param: "cancellation_reason")
        }
        var intent = try state.intent(id)
        guard state.sessionOfIntent[id] == nil || intent.status == .requiresCapture else {
            throw .invalid("You cannot perform this action on PaymentIntents created by Checkout.", code: nil)
        }
        switch intent.status {
        case .requiresPaymentMethod, .requiresConfirmation, .requiresAction, .requiresCapture: break
        case .processing, .succeeded, .canceled:
            throw .unexpectedState(
                "You cannot cancel this PaymentIntent because it has a status of \(intent.status.rawValue).",
                intent.json(address: call.address))
        }
        intent.status = .canceled
        intent.canceledAt = call.now / 1000
        intent.cancellationReason = reason
        intent.due = nil
        let step = CardStep(
            now: call.now, address: call.address, requestID: call.requestID, number: state.lastCharge + 1)
        let body = intent.json(address: call.address)
        var line = JournalLine(intent: intent)
        if var charge = intent.latestCharge.flatMap({ state.charges[$0] }), charge.isHeld == true {
            charge.isReleased = true
            line.charge = charge
        }
        line.callbacks = [step.event("payment_intent.canceled", body, call.key)]
        return CardOutcome(body: body, line: line)
    }

    /// Lets an intent end by itself when it is due.
    func arm(_ intent: CardIntent) {
        guard let due = intent.due else { return }
        tools.stage.at(due) { [weak self] in
            guard let self else { return }
            tools.unattended { try finish(intent.id, due: due, failure: nil) }
        }
    }

    /// Ends an intent that waits for the network or the customer.
    ///
    /// A plan says its due time and happens only if that still stands; a person's decision says `nil`. Without a
    /// failure the money moves.
    func finish(_ id: String, due: Int64?, failure: CardFailure?) throws {
        try state.withLock { state in
            guard let intent = state.intents[id], intent.status == .processing || intent.status == .requiresAction,
                due == nil || intent.due == due
            else { return }
            let step = CardStep(
                now: tools.stage.now, address: tools.address.url, requestID: nil, number: state.lastCharge + 1)
            let isTried = failure?.type == "card_error"
            let line = try completing(
                failure.map { step.fail(intent, $0, isTried: isTried) } ?? step.succeed(intent),
                state.sessionOfIntent[id].flatMap { state.sessions[$0] }, step)
            try tools.recorder.commit(line)
            state.apply(line)
        }
    }

    func restore(_ line: JournalLine) { state.withLock { $0.apply(line) } }

    /// Arms every intent and charge that ends by itself.
    func armAll() {
        let (intents, charges) = state.withLock { state in
            (state.intents.values.filter { $0.due != nil }, state.charges.values.filter { $0.due != nil })
        }
        for intent in intents { arm(intent) }
        for charge in charges { arm(charge) }
        for refund in state.withLock({ $0.refunds.filter { $0.due != nil } }) { arm(refund) }
        for session in state.withLock({ $0.sessions.values.filter { $0.status == .open } }) { arm(session) }
    }
}
