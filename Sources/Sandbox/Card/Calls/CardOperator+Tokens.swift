import Synchronization
import WebText

extension CardOperator {
    /// `POST /v1/tokens` from a payer's browser: a test number becomes a one-time token
    /// (docs/protocols/card.md, 2.4).
    ///
    /// Answers any origin, as the real service does: the publishable key is no secret. The number is looked up and
    /// forgotten; it stands in no journal and no log.
    func tokens(_ request: SandboxRequest) throws -> Answer {
        let requestID = "req_\(Identifiers.token(14))"
        switch request.method {
        case "OPTIONS": return Self.allowingBrowsers(Answer(status: 204, contentType: "text/plain"))
        case "POST": break
        default: return .notFound
        }
        do {
            try tools.recorder.requests.log(.card, "create_token", "")
            let parameters = try CardParameters(body: request.body)
            try parameters.check(against: [
                "key": .text, "card": .object(["number", "exp_month", "exp_year", "cvc", "name"]),
            ])
            try Self.checkPublishable(apiKey(of: request) ?? parameters["key"])
            let token = try token(parameters.map("card"))
            try state.withLock { state in
                var line = JournalLine()
                try line.keep(token, as: "token", of: .card)
                try tools.recorder.commit(line)
                state.apply(line)
            }
            return Self.allowingBrowsers(dressed(.json(token.json), request, requestID))
        } catch let refusal as CardRefusal {
            return Self.allowingBrowsers(dressed(.json(refusal.json, status: refusal.status), request, requestID))
        }
    }

    /// A secret key does not belong where card numbers are typed.
    ///
    /// The real service refuses card numbers that come with one, unless the account was opened for them.
    private static func checkPublishable(_ key: String?) throws(CardRefusal) {
        guard let key, !key.isEmpty else {
            throw CardRefusal(status: 401, message: "You did not provide an API key.")
        }
        guard !key.hasPrefix("sk_"), !key.hasPrefix("rk_") else {
            throw CardRefusal(
                status: 402,
                message:
                    "Sending card numbers with a secret key is unsafe: make tokens in the payer's browser, with the "
                    + "publishable key.")
        }
        guard key == SandboxCredentials.cardPublishableKey else {
            throw CardRefusal(status: 401, message: "Invalid API Key provided.")
        }
    }

    /// Checks a typed card and looks its number up; the number is forgotten at once.
    func token(_ card: [String: String]) throws(CardRefusal) -> CardToken {
        let number = (card["number"] ?? "").filter { $0 != " " && $0 != "-" }
        guard !number.isEmpty else {
            throw .invalid("Missing required param: card[number].", code: "parameter_missing", param: "card[number]")
        }
        guard SandboxCardNumber.isWellFormed(number) else {
            throw Self.wrongCard("incorrect_number", "Your card number is incorrect.", param: "number")
        }
        guard let instrument = SandboxCardNumber.instrument(of: number) else {
            throw CardRefusal(
                status: 402, type: "card_error", code: "card_declined",
                message: "Your card was declined. This is a sandbox operator, and this is no test number: it was not "
                    + "kept. `payrouter test-values` lists the test numbers.", param: "number",
                extra: [JSONValue.Member(name: "decline_code", value: "test_mode_live_card")])
        }
        let now = tools.stage.now
        guard let month = card["exp_month"].flatMap({ Int64($0) }), (1...12).contains(month) else {
            throw Self.wrongCard("invalid_expiry_month", "Your card's expiration month is invalid.", param: "exp_month")
        }
        let today = CivilDate(milliseconds: now)
        guard let typed = card["exp_year"].flatMap({ Int64($0) }), (0...2099).contains(typed),
            case let year = typed < 100 ? 2000 + typed : typed, (today.year...today.year + 50).contains(year),
            year > today.year || month >= today.month
        else {
            throw Self.wrongCard("invalid_expiry_year", "Your card's expiration year is invalid.", param: "exp_year")
        }
        if let cvc = card["cvc"] {
            guard (3...4).contains(cvc.utf8.count), cvc.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw Self.wrongCard("invalid_cvc", "Your card's security code is invalid.", param: "cvc")
            }
        }
        return CardToken(
            id: "tok_1\(Identifiers.token(23))", instrument: instrument, expMonth: month, expYear: year,
            created: now / 1_000, expiresAt: now + CardToken.lifetime)
    }

    private static func wrongCard(_ code: String, _ message: String, param: String) -> CardRefusal {
        CardRefusal(status: 402, type: "card_error", code: code, message: message, param: param)
    }

    /// The headers without which a browser on another origin may not read the answer.
    private static func allowingBrowsers(_ answer: Answer) -> Answer {
        var answer = answer
        answer.set("Access-Control-Allow-Origin", "*")
        answer.set("Access-Control-Allow-Methods", "POST, OPTIONS")
        answer.set("Access-Control-Allow-Headers", "Authorization, Content-Type, Stripe-Version, Idempotency-Key")
        answer.set("Access-Control-Expose-Headers", "Request-Id, Stripe-Should-Retry")
        answer.set("Access-Control-Max-Age", "300")
        return answer
    }
}

/// A one-time token that stands for a card typed into the browser (docs/protocols/card.md, 2.4).
///
/// Kept in the journal, without the card's number: only what the number stands for is known afterwards.
struct CardToken: Codable, Sendable {
    /// `tok_...`.
    var id: String
    /// The test instrument that the typed number stands for.
    var instrument: String
    var expMonth: Int64
    var expYear: Int64
    /// In seconds since 1970.
    var created: Int64
    /// When it is forgotten if nobody uses it, in milliseconds since 1970.
    var expiresAt: Int64
    var isUsed = false

    /// How long a token waits to be used, in milliseconds.
    ///
    /// The real service's time is not published; no shop should keep one for later.
    static let lifetime: Int64 = 15 * 60_000

    /// The object as the wire shows it.
    var json: JSONValue {
        let card = CardInstrument.named(instrument)
        return [
            "id": .text(id), "object": "token",
            "card": [
                "id": .text("card_\(id.dropFirst(4))"), "object": "card", "brand": .optional(card?.brand),
                "country": "US", "exp_month": .number(expMonth), "exp_year": .number(expYear), "funding": "credit",
                "last4": .optional(card?.last4),
            ],
            "client_ip": nil, "created": .number(created), "livemode": false, "type": "card", "used": .bool(isUsed),
        ]
    }
}

/// What a call pays with.
extension CardOperator {
    /// What `payment_method_data` may hold here: a card token.
    static let paymentMethodData = CardParameters.Shape.tree([["type"], ["card", "token"]])

    /// What a confirm or create pays with, if it says: an existing payment method, or a token that becomes one.
    ///
    /// The real service takes a token only in `payment_method_data`, and refuses it as `payment_method` without a code.
    func paymentMethod(_ call: CardCall, _ state: CardState) throws(CardRefusal) -> CardInstrument? {
        let parameters = call.parameters
        let token = parameters.value(at: ["payment_method_data", "card", "token"])
        if let name = parameters["payment_method"] {
            guard token == nil, parameters.value(at: ["payment_method_data", "type"]) == nil else {
                throw .invalid(
                    "You may only specify one of these parameters: payment_method, payment_method_data.", code: nil,
                    param: "payment_method")
            }
            guard !name.hasPrefix("tok_") else {
                throw .invalid(
                    "A token is no payment method: send it as payment_method_data[card][token], with "
                        + "payment_method_data[type]=card.", code: nil, param: "payment_method")
            }
            guard let instrument = CardInstrument.named(name) else {
                throw .missing("PaymentMethod", name, param: "payment_method", status: 400)
            }
            return instrument
        }
        guard parameters.value(at: ["payment_method_data", "type"]) != nil || token != nil else { return nil }
        guard parameters.value(at: ["payment_method_data", "type"]) == "card" else {
            throw .invalid(
                "Missing required param: payment_method_data[type].", code: "parameter_missing",
                param: "payment_method_data[type]")
        }
        guard let token else {
            throw .invalid(
                "Missing required param: payment_method_data[card][token].", code: "parameter_missing",
                param: "payment_method_data[card][token]")
        }
        return try self.token(token, state, call.now, param: "payment_method_data[card][token]")
    }

    /// What a charge pays with: a token.
    func source(_ call: CardCall, _ state: CardState) throws(CardRefusal) -> CardInstrument {
        try token(try call.parameters.required("source"), state, call.now, param: "source")
    }

    private func token(
        _ name: String, _ state: CardState, _ now: Int64, param: String
    ) throws(CardRefusal) -> CardInstrument {
        if let token = state.tokens[name], now < token.expiresAt {
            guard !token.isUsed else {
                throw .invalid(
                    "You cannot use a Stripe token more than once: \(name).", code: "token_already_used", param: param)
            }
            if let instrument = CardInstrument.named(token.instrument) { return instrument }
        }
        guard name.hasPrefix("tok_"), let instrument = CardInstrument.named(name) else {
            throw .missing("token", name, param: param, status: 400)
        }
        return instrument
    }

    /// Runs a call, and uses up the one-time token it pays with in the step that it caused, however that ended.
    func spending(
        _ call: CardCall, _ state: inout CardState, _ work: (inout CardState, CardCall) throws -> CardOutcome
    ) throws -> CardOutcome {
        var outcome = try work(&state, call)
        let name = call.parameters["source"] ?? call.parameters.value(at: ["payment_method_data", "card", "token"])
        guard outcome.isStored, let name, var token = state.tokens[name] else { return outcome }
        token.isUsed = true
        try outcome.line.keep(token, as: "token", of: .card)
        return outcome
    }
}
