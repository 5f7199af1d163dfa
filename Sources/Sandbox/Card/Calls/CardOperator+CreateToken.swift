import Synchronization

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
        let (thisYear, thisMonth) = Timestamps.yearAndMonth(now)
        guard let typed = card["exp_year"].flatMap({ Int64($0) }), (0...2099).contains(typed),
            case let year = typed < 100 ? 2000 + typed : typed, (thisYear...thisYear + 50).contains(year),
            year > thisYear || month >= thisMonth
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
