import Router
import Testing

@testable import Providers

@Suite("Card: requests")
struct CardPrepareTests {
    private static let created: JSONValue = [
        "id": "pi_123", "object": "payment_intent", "amount": 5_000, "currency": "usd",
        "status": "requires_payment_method", "metadata": ["reference": .string(Sample.reference)],
    ]

    private func request(
        _ provider: CardProvider, _ order: CollectInstruction, _ wire: ScriptedWire
    ) async throws -> MoneyRequest {
        guard case .request(let request) = try await provider.prepare(order, asking: wire) else {
            throw NothingThrown()
        }
        return request
    }

    @Test
    func `intents: create asks, confirm is the money request`() async throws {
        let provider: CardProvider = try Sample.configured("card intents")
        let wire = ScriptedWire(Self.created)
        let made = try await request(provider, try Sample.order(for: "card intents"), wire)
        let question = try #require(wire.questions.first)
        #expect(wire.questions.count == 1 && question.url == "http://127.0.0.1:8090/op/v1/payment_intents")
        #expect(
            question.headers == [
                .init("Content-Type", "application/x-www-form-urlencoded"),
                .init("Stripe-Version", "2026-10-28.endive"),
                .init("Idempotency-Key", "\(Sample.reference)-create"),
            ])
        #expect(
            question.bodyText
                == "amount=5000&currency=usd&payment_method_types[0]=card&description=Panier+15"
                + "&metadata[reference]=\(Sample.reference)")
        #expect(made.operatorReference == "pi_123")
        #expect(made.request.url == "http://127.0.0.1:8090/op/v1/payment_intents/pi_123/confirm")
        #expect(made.request.header("Idempotency-Key") == "\(Sample.reference)-confirm")
        #expect(made.request.header("Stripe-Version") == "2026-10-28.endive")
        #expect(
            made.request.bodyText
                == "payment_method=pm_card_visa&return_url=https%3A%2F%2Fshop.example%2Fdone%3Fa%3Db")
    }

    @Test(arguments: [
        ("tok_visa", "payment_method_data[type]=card&payment_method_data[card][token]=tok_visa"),
        (
            "tok_1Q0PsIJvEtkwdCNYMSaVuRz6",
            "payment_method_data[type]=card&payment_method_data[card][token]=tok_1Q0PsIJvEtkwdCNYMSaVuRz6"
        ),
        ("pm_card_visa", "payment_method=pm_card_visa"), ("src_1A2b", "payment_method=src_1A2b"),
        ("card_1A2b", "payment_method=card_1A2b"), ("token_like", "payment_method=token_like"),
    ])
    func `a card token becomes a payment method within the confirm; what is one already stays what it is`(
        token: String, expected: String
    ) async throws {
        let provider: CardProvider = try Sample.configured("card intents")
        var order = try Sample.order(for: "card intents")
        order.sourceToken = Secret(token)
        order.returnURLs = ReturnURLs()
        let made = try await request(provider, order, ScriptedWire(Self.created))
        #expect(made.request.bodyText == expected + "&error_on_requires_action=true")
    }

    @Test
    func `without an address to return to, a card that needs authentication is refused`() async throws {
        let provider: CardProvider = try Sample.configured("card intents")
        var order = try Sample.order(for: "card intents")
        order.returnURLs = ReturnURLs()
        let made = try await request(provider, order, ScriptedWire(Self.created))
        #expect(made.request.bodyText == "payment_method=pm_card_visa&error_on_requires_action=true")
    }

    @Test
    func `charges: one request, our reference in metadata and transfer_group`() async throws {
        let provider: CardProvider = try Sample.provider(
            "card", ["api": "charges", "api_version": "2027-01-01.fig", "statement_descriptor_suffix": "SHOP 15"])
        let wire = ScriptedWire()
        let made = try await request(provider, try Sample.order(for: "card charges"), wire)
        #expect(wire.questions.isEmpty && made.operatorReference == nil)
        #expect(made.request.url == "http://127.0.0.1:8090/op/v1/charges")
        #expect(made.request.header("Idempotency-Key") == "\(Sample.reference)-charge")
        #expect(made.request.header("Stripe-Version") == "2027-01-01.fig")
        #expect(
            made.request.bodyText
                == "amount=5000&currency=usd&source=tok_visa&capture=true&description=Panier+15"
                + "&statement_descriptor_suffix=SHOP+15&metadata[reference]=\(Sample.reference)"
                + "&transfer_group=\(Sample.reference)")
    }

    @Test
    func `authorizing adds the key and nothing else`() throws {
        let provider: CardProvider = try Sample.configured("card intents")
        let request = WireRequest(.post, "https://x.example/", headers: [.init("A", "b")], body: [1])
        let signed = provider.sign(request, .sample())
        #expect(signed.headers == [.init("A", "b"), .init("Authorization", "Bearer sk_test_planted")])
        #expect(signed.body == request.body && signed.url == request.url)
    }

    @Test(
        arguments: [
            ("id", "ch_1/../x"), ("id", 5), ("object", "charge"), ("amount", 4_999), ("amount", "5000.5"),
            ("currency", "eur"), ("metadata", ["reference": "other"]), ("amount", nil), ("id", nil), ("currency", nil),
        ] as [(String, JSONValue?)])
    func `an answer to create that is not ours ends the preparation`(member: String, value: JSONValue?) async throws {
        let provider: CardProvider = try Sample.configured("card intents")
        var body = try #require(Self.created.objectValue)
        body[member] = value
        let wire = ScriptedWire(.object(body))
        let order = try Sample.order(for: "card intents")
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, asking: wire)
        }
        #expect(thrown.refusal.reason == .notSent)
    }

    @Test(arguments: [
        (400, "invalid_request_error", RefusalReason.invalidRequest), (401, "x", .credentialsRefused),
        (403, "x", .credentialsRefused), (429, "x", .throttled), (409, "x", .notSent), (500, "api_error", .notSent),
        (400, "idempotency_error", .notSent), (302, "x", .notSent), (201, "x", .notSent),
    ])
    func `a refused create is a reason of its kind`(status: Int, type: String, reason: RefusalReason) async throws {
        let provider: CardProvider = try Sample.configured("card intents")
        let order = try Sample.order(for: "card intents")
        let wire = ScriptedWire(status: status, ["error": ["type": .string(type)]])
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, asking: wire)
        }
        #expect(thrown.refusal.reason == reason)
    }

    @Test(arguments: ScriptedWire.failures)
    func `no reply means nothing was sent`(askFailure: AskFailure) async throws {
        let provider: CardProvider = try Sample.configured("card intents")
        let order = try Sample.order(for: "card intents")
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, asking: ScriptedWire(askFailure))
        }
        #expect([.notSent, .credentialsRefused].contains(thrown.refusal.reason))
    }

    @Test(arguments: [
        "4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242", "pm_4242424242424242",
        "tok-4242-4242-4242-4242", "378282246310005", "card:4242424242424242", "", "tok", "tok_\r\nX", "tok_é",
        "tok_a&amount=1", String(repeating: "t", count: 256),
    ])
    func `what may be a card number never leaves`(token: String) async throws {
        for configuration in ["card intents", "card charges"] {
            let provider: CardProvider = try Sample.configured(configuration)
            let order = try Sample.order(Money(5_000, .usd), channel: "card", phone: nil, token: token)
            let wire = ScriptedWire()
            let thrown = try await failure { () async throws(PreparationFailure) in
                try await provider.prepare(order, asking: wire)
            }
            #expect(thrown.refusal.reason == .tokenUnusable && wire.questions.isEmpty)
            #expect(!thrown.detail.contains("4242"))
        }
    }

    @Test(arguments: ["tok_visa", "pm_1Q0PsIJvEtkwdCNYMSaVuRz6", "pm_card_visa", "src_1", "card_4242424242424241"])
    func `ordinary tokens pass`(token: String) {
        #expect(CardToken.isUsable(token))
    }

    @Test(arguments: [
        (Money(49, .usd), "tok_visa"), (Money(100_000_000, .usd), "tok_visa"), (Money(1_255, .tnd), "tok_visa"),
        (Money(5_000, Currency(code: "GHS") ?? .usd), "tok_visa"), (Money(5_000, .usd), nil),
    ])
    func `orders that do not fit are refused`(amount: Money, token: String?) async throws {
        let provider: CardProvider = try Sample.configured("card charges")
        let order = try Sample.order(amount, channel: "card", phone: nil, token: token)
        let thrown = try await failure { () async throws(PreparationFailure) in
            try await provider.prepare(order, asking: ScriptedWire())
        }
        #expect(thrown.refusal.reason == .invalidRequest)
    }

    @Test
    func `the contract has a strong key`() throws {
        let intents: CardProvider = try Sample.configured("card intents")
        let charges: CardProvider = try Sample.configured("card charges")
        for provider in [intents, charges] {
            let contract = provider.manifest.contract
            #expect(contract.key == .replays && contract.keyIsStrong && contract.keyWindowSeconds == 82_800)
            #expect(!contract.resendPromptsPayerAgain && !contract.absenceIsAuthoritative)
            #expect(contract.callback == .signed && contract.failureQuarantineSeconds == 0)
            #expect(contract.promptLifetimeSeconds == 3_600 && contract.checksPerSecond == 10)
            #expect(contract.checkLadder.wait(before: 0) == 2_000 && contract.reviewAfterSeconds == 1_800)
            #expect(provider.manifest.mayReuseConnections && provider.manifest.requires == [.sourceToken])
        }
        #expect(intents.manifest.contract.check == .byOperatorReference)
        #expect(charges.manifest.contract.check == .byOurReference)
        #expect(intents.manifest.payerActions == [.redirect] && charges.manifest.payerActions.isEmpty)
    }
}
