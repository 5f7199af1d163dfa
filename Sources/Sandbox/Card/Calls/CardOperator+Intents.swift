import Synchronization

extension CardOperator {
    private static let createShapes: [String: CardParameters.Shape] = [
        "amount": .text, "currency": .text, "payment_method": .text, "payment_method_data": paymentMethodData,
        "payment_method_types": .list,
        "automatic_payment_methods": .object(["enabled", "allow_redirects"]), "confirm": .text,
        "capture_method": .text, "confirmation_method": .text, "customer": .text, "description": .text,
        "metadata": .map, "off_session": .text, "return_url": .text, "error_on_requires_action": .text,
        "setup_future_usage": .text, "statement_descriptor_suffix": .text, "transfer_group": .text,
        "receipt_email": .text, "expand": .list,
    ]

    /// What can be expanded on an intent; only the charge is ever there.
    static let intentExpansions: Set = ["latest_charge", "customer", "payment_method"]

    /// `POST /v1/payment_intents`: no money moves, unless `confirm` is true.
    func createIntent(_ state: inout CardState, _ call: CardCall) throws(CardRefusal) -> CardOutcome {
        let parameters = call.parameters
        try parameters.check(against: Self.createShapes)
        let money = try CardMoney(parameters)
        let instrument = try paymentMethod(call, state)
        let capture = try captureMethod(parameters["capture_method"])
        let isConfirmed = try parameters.flag("confirm") ?? false
        let expansions = try call.expansions(Self.intentExpansions)
        let id = "pi_\(Identifiers.token(24))"
        var intent = CardIntent(
            id: id, clientSecret: "\(id)_secret_\(Identifiers.token(25))", created: call.now / 1000,
            amount: money.amount, currency: money.currency,
            status: instrument == nil ? .requiresPaymentMethod : .requiresConfirmation, instrument: instrument?.name,
            paymentMethod: instrument.map(Self.paymentMethodID), metadata: try call.metadata(),
            description: parameters["description"], customer: parameters["customer"],
            transferGroup: parameters["transfer_group"], statementSuffix: parameters["statement_descriptor_suffix"],
            receiptEmail: parameters["receipt_email"],
            captureMethod: capture, returnURL: parameters["return_url"])
        intent.number = state.lastIntent + 1
        guard isConfirmed else {
            return CardOutcome(
                body: intent.json(address: call.address, charge: nil), line: JournalLine(intent: intent))
        }
        return try confirm(intent, &state, call, expansions)
    }

    /// The id of the payment method that a token stands for.
    static func paymentMethodID(_ instrument: CardInstrument) -> String {
        instrument.name.hasPrefix("pm_") ? instrument.name : "pm_sandbox_\(instrument.name.dropFirst(4))"
    }

    func captureMethod(_ name: String?) throws(CardRefusal) -> String {
        switch name {
        case nil: return "automatic_async"
        case "automatic"?, "automatic_async"?, "manual"?: return name ?? ""
        default:
            throw .invalid(
                "Invalid capture_method.", code: "parameter_invalid_string",
                param: "capture_method")
        }
    }
}

/// What is asked and done about intents that are there, and how they end by themselves.
extension CardOperator {
    /// `GET /v1/payment_intents`: newest first.
    func listIntents(_ call: CardCall) throws(CardRefusal) -> JSONValue {
        try call.parameters.check(against: [
            "limit": .text, "starting_after": .text, "ending_before": .text, "customer": .text,
            "created": .object(["gt", "gte", "lt", "lte"]), "expand": .list,
        ])
        let customer = call.parameters["customer"]
        let bounds = call.parameters.map("created").compactMapValues { Int64($0) }
        let found = state.withLock { state in
            state.intents.values.filter { intent in
                (customer == nil || intent.customer == customer)
                    && bounds.allSatisfy { Self.holds($0.key, intent.created, $0.value) }
            }
            .sorted { ($0.number ?? 0, $0.created) > ($1.number ?? 0, $1.created) }
            .map { ($0.id, $0.json(address: call.address)) }
        }
        return try CardPage.of(found, "payment_intent", "/v1/payment_intents", call.parameters)
    }

    private static func holds(_ name: String, _ value: Int64, _ bound: Int64) -> Bool {
        switch name {
        case "gt": value > bound
        case "gte": value >= bound
        case "lt": value < bound
        default: value <= bound
        }
    }

    /// `POST /v1/payment_intents/{id}`: what is asked for only while nobody has tried to pay it; words at any time.
    func modifyIntent(_ id: String, _ state: inout CardState, _ call: CardCall) throws(CardRefusal) -> CardOutcome {
        let parameters = call.parameters
        try parameters.check(against: [
            "amount": .text, "currency": .text, "capture_method": .text, "customer": .text, "description": .text,
            "metadata": .map, "payment_method": .text, "payment_method_data": Self.paymentMethodData,
            "payment_method_types": .list, "receipt_email": .text, "setup_future_usage": .text,
            "statement_descriptor_suffix": .text, "transfer_group": .text, "expand": .list,
        ])
        let expansions = try call.expansions(Self.intentExpansions)
        var intent = try state.intent(id)
        let instrument = try paymentMethod(call, state)
        let changesMoney =
            parameters["amount"] != nil || parameters["currency"] != nil
            || parameters["capture_method"] != nil || instrument != nil
        guard intent.isUndecided || !changesMoney else {
            throw .unexpectedState(
                "This PaymentIntent could not be updated because it has a status of \(intent.status.rawValue).",
                intent.json(address: call.address))
        }
        if parameters["amount"] != nil || parameters["currency"] != nil {
            let text = parameters["amount"] ?? String(intent.amount)
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let amount = Int64(text) else {
                throw .invalid("Invalid integer: \(text)", code: "parameter_invalid_integer", param: "amount")
            }
            let money = try CardMoney(
                amount, (parameters["currency"] ?? intent.currency).lowercased(), param: "amount",
                currencyParam: "currency")
            (intent.amount, intent.currency) = (money.amount, money.currency)
        }
        if parameters["capture_method"] != nil {
            intent.captureMethod = try captureMethod(parameters["capture_method"])
        }
        if let instrument {
            intent.instrument = instrument.name
            intent.paymentMethod = Self.paymentMethodID(instrument)
            intent.status = .requiresConfirmation
        }
        intent.metadata = try call.merged(into: intent.metadata)
        intent.description = call.changed("description", intent.description)
        intent.customer = call.changed("customer", intent.customer)
        intent.transferGroup = call.changed("transfer_group", intent.transferGroup)
        intent.statementSuffix = call.changed("statement_descriptor_suffix", intent.statementSuffix)
        let charge = expansions.contains("latest_charge") ? intent.latestCharge.flatMap { state.charges[$0] } : nil
        return CardOutcome(
            body: intent.json(address: call.address, charge: charge), line: JournalLine(intent: intent))
    }

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
