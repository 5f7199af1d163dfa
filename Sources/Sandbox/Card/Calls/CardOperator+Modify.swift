import Synchronization

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

    /// `GET /v1/refunds/{id}`.
    func getRefund(_ id: String, _ call: CardCall) throws(CardRefusal) -> JSONValue {
        try call.parameters.check(against: ["expand": .list])
        guard let refund = state.withLock({ $0.refunds.first { $0.id == id } }) else { throw .missing("refund", id) }
        return refund.json
    }
}

extension CardCall {
    /// The metadata after this call: names are merged, an empty value takes one away, an empty `metadata` all.
    func merged(into known: [String: String]) throws(CardRefusal) -> [String: String] {
        if parameters["metadata"] == "" { return [:] }
        _ = try metadata()
        var merged = known
        for (name, value) in parameters.map("metadata") { merged[name] = value.isEmpty ? nil : value }
        guard merged.count <= 50 else {
            throw .invalid("Metadata: at most 50 keys.", code: "parameter_invalid_string", param: "metadata")
        }
        return merged
    }

    /// A text after this call: empty takes it away.
    func changed(_ name: String, _ known: String?) -> String? {
        guard let text = parameters[name] else { return known }
        return text.isEmpty ? nil : text
    }
}
