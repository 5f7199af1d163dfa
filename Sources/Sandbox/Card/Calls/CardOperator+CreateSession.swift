import Synchronization

extension CardOperator {
    private static let sessionShapes: [String: CardParameters.Shape] = [
        "mode": .text, "success_url": .text, "cancel_url": .text, "client_reference_id": .text, "currency": .text,
        "customer": .text, "customer_creation": .text, "customer_email": .text, "expires_at": .text, "locale": .text,
        "submit_type": .text, "ui_mode": .text, "metadata": .map, "payment_method_types": .list, "expand": .list,
        "billing_address_collection": .text,
        "line_items": .tree([
            ["#", "quantity"], ["#", "price"], ["#", "price_data", "currency"], ["#", "price_data", "unit_amount"],
            ["#", "price_data", "product_data", "name"], ["#", "price_data", "product_data", "description"],
            ["#", "price_data", "product_data", "metadata", "*"],
        ]),
        "payment_intent_data": .tree([
            ["capture_method"], ["description"], ["metadata", "*"], ["receipt_email"], ["setup_future_usage"],
            ["statement_descriptor_suffix"], ["transfer_group"],
        ]),
    ]

    /// What can be expanded on a session.
    static let sessionExpansions: Set = ["payment_intent", "payment_intent.latest_charge", "customer"]

    /// `POST /v1/checkout/sessions`: opens a page; no money moves.
    func createSession(_ state: inout CardState, _ call: CardCall) throws(CardRefusal) -> CardOutcome {
        let parameters = call.parameters
        try parameters.check(against: Self.sessionShapes)
        _ = try call.expansions(Self.sessionExpansions)
        try checkPage(parameters)
        let (money, product) = try lineItems(parameters)
        let expiresAt = try expiry(parameters["expires_at"], now: call.now / 1_000)
        let data = { (name: String) in parameters.value(at: ["payment_intent_data", name]) }
        let names = parameters.children(of: ["payment_intent_data", "metadata"])
        let intentMetadata = names.reduce(into: [String: String]()) {
            $0[$1] = parameters.value(at: ["payment_intent_data", "metadata", $1])
        }
        let behaviour = tools.behaviour(CardPageBehaviour.of(amount: money.amount))
        let session = CardSession(
            id: "cs_test_a1\(Identifiers.token(56))", number: state.lastSession + 1, created: call.now / 1_000,
            expiresAt: expiresAt, amount: money.amount, currency: money.currency, product: product,
            clientReference: parameters["client_reference_id"], email: parameters["customer_email"],
            customer: parameters["customer"], locale: parameters["locale"],
            successURL: try parameters.required("success_url"), cancelURL: parameters["cancel_url"],
            metadata: try call.metadata(), intentMetadata: intentMetadata, description: data("description"),
            captureMethod: try captureMethod(data("capture_method")),
            statementSuffix: data("statement_descriptor_suffix"), transferGroup: data("transfer_group"),
            receiptEmail: data("receipt_email"), plan: behaviour.plan, callbacks: behaviour.callbacks,
            extraAmount: behaviour.extraAmount)
        return try kept(session, CardOutcome(body: session.json(address: call.address, intent: nil)))
    }

    /// The same outcome with a session put on file.
    func kept(_ session: CardSession, _ outcome: CardOutcome) throws(CardRefusal) -> CardOutcome {
        var outcome = outcome
        do { try outcome.line.keep(session, as: "session", of: .card) } catch {
            throw CardRefusal(status: 500, type: "api_error", message: "The session could not be kept.")
        }
        return outcome
    }

    private func checkPage(_ parameters: CardParameters) throws(CardRefusal) {
        guard try parameters.required("mode") == "payment" else {
            throw .invalid("Here mode can only be payment.", code: "parameter_invalid_string", param: "mode")
        }
        if let mode = parameters["ui_mode"], !["hosted_page", "hosted"].contains(mode) {
            throw .invalid("Here ui_mode can only be hosted_page.", code: "parameter_invalid_string", param: "ui_mode")
        }
        _ = try parameters.required("success_url")
        for name in ["success_url", "cancel_url"] {
            guard let url = parameters[name] else { continue }
            guard url.hasPrefix("https://") || url.hasPrefix("http://"), !url.contains(where: \.isWhitespace) else {
                throw .invalid("Not a valid URL", code: "url_invalid", param: name)
            }
        }
        if let reference = parameters["client_reference_id"], reference.isEmpty || reference.count > 200 {
            throw .invalid(
                "client_reference_id: 1 to 200 characters.", code: "parameter_invalid_string",
                param: "client_reference_id")
        }
        if let email = parameters["customer_email"], email.split(separator: "@").count != 2 {
            throw .invalid("Invalid email address: \(email)", code: "email_invalid", param: "customer_email")
        }
        guard parameters.list("payment_method_types").allSatisfy({ $0 == "card" }) else {
            throw .invalid(
                "The payment method type provided is invalid: only card is activated.", code: nil,
                param: "payment_method_types")
        }
    }

    /// The sum of the items and what they are called.
    private func lineItems(_ parameters: CardParameters) throws(CardRefusal) -> (CardMoney, String) {
        let indexes = parameters.children(of: ["line_items"])
        guard !indexes.isEmpty else {
            throw .invalid("Missing required param: line_items.", code: "parameter_missing", param: "line_items")
        }
        var sum: Int64 = 0
        var names: [String] = []
        var currencies: Set<String> = []
        for index in indexes {
            let place = "line_items[\(index)]"
            if let price = parameters.value(at: ["line_items", index, "price"]) {
                throw .missing("price", price, param: "\(place)[price]", status: 400)
            }
            func needed(_ path: [String]) throws(CardRefusal) -> String {
                guard let text = parameters.value(at: ["line_items", index] + path), !text.isEmpty else {
                    let name = place + path.map { "[\($0)]" }.joined()
                    throw .invalid("Missing required param: \(name).", code: "parameter_missing", param: name)
                }
                return text
            }
            func number(_ path: [String]) throws(CardRefusal) -> Int64 {
                let text = try needed(path)
                guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text),
                    number <= 99_999_999
                else {
                    throw .invalid("Invalid integer: \(text)", code: "parameter_invalid_integer", param: place)
                }
                return number
            }
            names.append(try needed(["price_data", "product_data", "name"]))
            currencies.insert(try needed(["price_data", "currency"]).lowercased())
            let (each, count) = (try number(["price_data", "unit_amount"]), try number(["quantity"]))
            sum = min(sum + each * count, 100_000_000)
        }
        guard currencies.count == 1, let currency = currencies.first else {
            throw .invalid("Line items must have one currency.", code: nil, param: "line_items")
        }
        let money = try CardMoney(
            sum, currency, param: "line_items", currencyParam: "line_items[0][price_data][currency]")
        return (money, names.joined(separator: ", "))
    }

    private func expiry(_ text: String?, now: Int64) throws(CardRefusal) -> Int64 {
        guard let text else { return now + CardSession.lifetimes.upperBound }
        guard let moment = Int64(text) else {
            throw .invalid("Invalid timestamp: \(text)", code: "parameter_invalid_integer", param: "expires_at")
        }
        guard CardSession.lifetimes.contains(moment - now) else {
            throw .invalid(
                "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.",
                code: nil, param: "expires_at")
        }
        return moment
    }
}
