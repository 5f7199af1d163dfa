import Sandbox
import Testing

extension TestSandbox {
    static let cardHeaders = [
        "Authorization": "Bearer \(SandboxCredentials.cardSecretKey)", "Stripe-Version": "2026-10-28.endive",
    ]
    static let webhookSecret = "whsec_sandbox"

    /// Registers the event address.
    func registerCards() throws {
        try server.register(
            SandboxRegistration(
                operator: .card, account: SandboxCredentials.cardSecretKey,
                callbackURL: "http://partner.example/card", secret: Self.webhookSecret))
    }

    /// Posts a form to the card operator.
    func card(_ path: String, _ form: String, key: String? = nil) async -> Wire.Ending {
        var headers = Self.cardHeaders
        if let key { headers["Idempotency-Key"] = key }
        return await post("/card/v1/\(path)", form: form, headers: headers)
    }

    /// Asks the card operator.
    func card(_ path: String) async -> Wire.Ending {
        await Wire.exchange(port: port, "GET", "/card/v1/\(path)", headers: Self.cardHeaders)
    }

    /// How a call pays with a token, which becomes a payment method, or with a payment method.
    static func pays(_ token: String) -> String {
        token.hasPrefix("tok_")
            ? "payment_method_data[type]=card&payment_method_data[card][token]=\(token)" : "payment_method=\(token)"
    }

    /// Types a card, as the card field's page does in a browser.
    func cardToken(
        _ number: String, month: String = "12", year: String = "34", cvc: String? = "123",
        key: String? = SandboxCredentials.cardPublishableKey, headers: [String: String] = [:]
    ) async -> Wire.Ending {
        var headers = headers
        if let key { headers["Authorization"] = "Bearer \(key)" }
        let code = cvc.map { "&card[cvc]=\($0)" } ?? ""
        return await post(
            "/card/v1/tokens",
            form: "card[number]=\(number)&card[exp_month]=\(month)&card[exp_year]=\(year)\(code)", headers: headers)
    }

    /// Makes an intent that waits for confirmation.
    func intent(_ reference: String, token: String, more: String = "") async throws -> String {
        let reply = await card(
            "payment_intents",
            "amount=5000&currency=usd&\(Self.pays(token))&metadata[reference]=\(reference)\(more)",
            key: "create-\(reference)"
        ).reply
        return try #require(reply?.json["id"].string)
    }

    /// Confirms an intent under the key `confirm-<id>`.
    func confirm(_ id: String, key: String? = nil, more: String = "") async -> Wire.Ending {
        await card(
            "payment_intents/\(id)/confirm", "return_url=https://shop.example/back\(more)", key: key ?? "confirm-\(id)")
    }

    /// The status word of an intent.
    func intentStatus(_ id: String) async -> String? {
        await card("payment_intents/\(id)").reply?.json["status"].string
    }

    /// What opens a page that sells something for 50 dollars.
    static func sessionForm(_ reference: String, amount: Int64 = 5_000) -> String {
        "mode=payment&success_url=https%3A%2F%2Fshop.example%2Fpaid%3Fs%3D%7BCHECKOUT_SESSION_ID%7D"
            + "&cancel_url=https%3A%2F%2Fshop.example%2Fback&client_reference_id=\(reference)"
            + "&metadata[reference]=\(reference)&payment_intent_data[metadata][reference]=\(reference)"
            + "&line_items[0][quantity]=1&line_items[0][price_data][currency]=usd"
            + "&line_items[0][price_data][unit_amount]=\(amount)"
            + "&line_items[0][price_data][product_data][name]=Shoes"
    }

    /// Opens a page.
    func session(_ reference: String, amount: Int64 = 5_000, more: String = "") async throws -> JSON {
        let form = Self.sessionForm(reference, amount: amount) + more
        return try #require(await card("checkout/sessions", form, key: "session-\(reference)\(more)").reply?.json)
    }

    /// Types a card on a page.
    func payPage(_ id: String, _ number: String = "4242424242424242") async -> Wire.Ending {
        await post(
            "/card/c/pay/\(id)", form: "number=\(number)&exp_month=12&exp_year=34&cvc=123&decision=pay")
    }
}
