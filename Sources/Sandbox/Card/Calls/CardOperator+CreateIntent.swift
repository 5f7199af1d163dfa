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
