import Synchronization

extension CardOperator {
    /// `GET /v1/checkout/sessions/{id}`.
    func getSession(_ id: String, _ call: CardCall) throws(CardRefusal) -> JSONValue {
        try call.parameters.check(against: ["expand": .list])
        let expansions = try call.expansions(Self.sessionExpansions)
        guard let json = state.withLock({ $0.sessionJSON(id, expansions, call.address) }) else {
            throw .missing("checkout.session", id, param: "session")
        }
        return json
    }

    /// `GET /v1/checkout/sessions`: newest first.
    func listSessions(_ call: CardCall) throws(CardRefusal) -> JSONValue {
        try call.parameters.check(against: [
            "limit": .text, "starting_after": .text, "ending_before": .text, "payment_intent": .text, "status": .text,
            "customer": .text, "expand": .list,
        ])
        let (intent, status) = (call.parameters["payment_intent"], call.parameters["status"])
        let found = state.withLock { state in
            state.sessions.values.filter {
                (intent == nil || $0.intent == intent) && (status == nil || $0.status.rawValue == status)
            }
            .sorted { $0.number > $1.number }
            .compactMap { one in state.sessionJSON(one.id, [], call.address).map { (one.id, $0) } }
        }
        return try CardPage.of(found, "checkout.session", "/v1/checkout/sessions", call.parameters)
    }

    /// `POST /v1/checkout/sessions/{id}/expire`: only an open one; nobody can pay on it afterwards.
    func expireSession(_ id: String, _ state: inout CardState, _ call: CardCall) throws(CardRefusal) -> CardOutcome {
        try call.parameters.check(against: ["expand": .list])
        let expansions = try call.expansions(Self.sessionExpansions)
        guard let session = state.sessions[id] else { throw .missing("checkout.session", id, param: "session") }
        guard session.status == .open else {
            throw .invalid(
                "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status "
                    + "of `\(session.status.rawValue)`.", code: nil)
        }
        let intent = session.intent.flatMap { state.intents[$0] }
        let step = step(state, call.now, call.requestID, call.address)
        let (expired, line) = try expiring(session, intent, step, call.key)
        let json = expired.json(
            address: call.address, intent: line.intent ?? intent,
            isExpanded: expansions.contains { $0.hasPrefix("payment_intent") })
        return CardOutcome(body: json, line: line)
    }

    /// The step in which a page ends unpaid, with the intent of the tries on it.
    func expiring(
        _ session: CardSession, _ tried: CardIntent?, _ step: CardStep, _ key: String?
    ) throws(CardRefusal) -> (CardSession, JournalLine) {
        var session = session
        session.status = .expired
        session.due = nil
        var outcome = CardOutcome()
        if var intent = tried, intent.isUndecided {
            intent.status = .canceled
            intent.canceledAt = step.now / 1_000
            intent.cancellationReason = "automatic"
            intent.due = nil
            outcome.line.intent = intent
            outcome.line.callbacks = [
                step.event("payment_intent.canceled", intent.json(address: step.address), key)
            ]
        }
        let json = session.json(address: step.address, intent: outcome.line.intent ?? tried)
        let told = step.event("checkout.session.expired", json, key).copies(session.callbacks)
        outcome.line.callbacks = (outcome.line.callbacks ?? []) + told
        return (session, try kept(session, outcome).line)
    }

    /// Completes the session of an intent that a step has paid, held or begun; anything else is left as it is.
    func completing(_ line: JournalLine, _ session: CardSession?, _ step: CardStep) throws -> JournalLine {
        guard let intent = line.intent, [.succeeded, .requiresCapture, .processing].contains(intent.status),
            var session
        else { return line }
        var line = line
        let wasOpen = session.status == .open
        session.status = .complete
        session.due = nil
        try line.keep(session, as: "session", of: .card)
        let type = wasOpen ? "checkout.session.completed" : "checkout.session.async_payment_succeeded"
        guard wasOpen || intent.status == .succeeded else { return line }
        let json = session.json(address: step.address, intent: intent)
        line.callbacks = (line.callbacks ?? []) + step.event(type, json, nil).copies(session.callbacks)
        return line
    }

    /// Lets a page act, or end, when it is due.
    func arm(_ session: CardSession) {
        guard session.status == .open else { return }
        let id = session.id
        tools.stage.at(session.expiresAt * 1_000) { [weak self] in
            guard let self else { return }
            tools.unattended { try lapse(id) }
        }
        guard let due = session.due else { return }
        tools.stage.at(due) { [weak self] in
            guard let self else { return }
            tools.unattended { try act(id, due: due) }
        }
    }

    private func lapse(_ id: String) throws {
        try state.withLock { state in
            guard let session = state.sessions[id], session.status == .open else { return }
            let step = step(state, tools.stage.now, nil, tools.address.url)
            let (_, line) = try expiring(session, session.intent.flatMap { state.intents[$0] }, step, nil)
            try tools.recorder.commit(line)
            state.apply(line)
        }
    }

    func step(_ state: CardState, _ now: Int64, _ requestID: String?, _ address: String) -> CardStep {
        CardStep(now: now, address: address, requestID: requestID, number: state.lastCharge + 1)
    }
}

extension CardState {
    /// A session as the wire shows it; `nil` if there is none.
    func sessionJSON(_ id: String, _ expansions: Set<String>, _ address: String) -> JSONValue? {
        guard let session = sessions[id] else { return nil }
        let intent = session.intent.flatMap { intents[$0] }
        let charge =
            expansions.contains("payment_intent.latest_charge")
            ? intent?.latestCharge.flatMap { charges[$0] } : nil
        return session.json(
            address: address, intent: intent, charge: charge,
            isExpanded: expansions.contains { $0.hasPrefix("payment_intent") })
    }
}

extension CardIntent {
    /// Whether it can still become anything by a payer's doing.
    var isUndecided: Bool { [.requiresPaymentMethod, .requiresConfirmation, .requiresAction].contains(status) }
}
