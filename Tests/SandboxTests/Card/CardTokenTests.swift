import Foundation
import Testing

@testable import Sandbox

/// Cards typed into the browser, and the one-time tokens that come of them (docs/protocols/card.md, 2.4).
@Suite struct CardTokenTests {
    private func token(_ sandbox: TestSandbox, _ number: String = "4242424242424242") async throws -> String {
        try #require(await sandbox.cardToken(number).reply?.json["id"].string)
    }

    private func charge(_ sandbox: TestSandbox, _ token: String, _ reference: String) async -> Wire.Reply? {
        await sandbox.card(
            "charges", "amount=5000&currency=usd&source=\(token)&metadata[reference]=\(reference)", key: reference
        ).reply
    }

    @Test(arguments: SandboxCardNumber.all)
    func `every test number acts as its instrument`(_ number: String, _ instrument: String) async throws {
        try await TestSandbox.run { sandbox in
            let reply = try #require(await sandbox.cardToken(number).reply)
            #expect(reply.status == 200 && reply.json["object"].string == "token" && reply.json["used"].bool == false)
            #expect(reply.json["card"]["last4"].string == String(number.suffix(4)))
            #expect(reply.json["card"]["exp_year"].int == 2034 && !reply.text.contains(number))
            let id = try #require(reply.json["id"].string)
            let intent = try await sandbox.intent("typed", token: id)
            let typed = await sandbox.confirm(intent).reply
            let known = await sandbox.confirm(try await sandbox.intent("known", token: instrument)).reply
            #expect(typed?.status == known?.status)
            #expect(typed?.json["status"].string == known?.json["status"].string)
            #expect(typed?.json["error"]["code"].string == known?.json["error"]["code"].string)
            #expect(sandbox.movements("typed").count == sandbox.movements("known").count)
        }
    }

    @Test(arguments: ["4242 4242 4242 4242", "4242-4242-4242-4242", "+4242+4242+4242+4242+"])
    func `spaces do not matter`(_ number: String) async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.cardToken(number.replacing(" ", with: "+")).reply?.status == 200)
        }
    }

    @Test(arguments: [
        ("4111111111111111", "card_declined"), ("378282246310005", "card_declined"),
        ("4242424242424241", "incorrect_number"), ("4242", "incorrect_number"), ("x", "incorrect_number"),
        ("42424242424242424242", "incorrect_number"), ("", "parameter_missing"),
    ])
    func `any other number is refused and kept nowhere`(_ number: String, _ code: String) async throws {
        try await withTemporaryFolder { folder in
            try await TestSandbox.run(folder: folder) { sandbox in
                let reply = try #require(await sandbox.cardToken(number).reply)
                #expect(reply.status == (code == "parameter_missing" ? 400 : 402))
                #expect(reply.json["error"]["code"].string == code)
                if code == "card_declined" {
                    #expect(reply.json["error"]["decline_code"].string == "test_mode_live_card")
                    #expect(reply.json["error"]["message"].string?.contains("test number") == true)
                }
                #expect(number.isEmpty || number == "x" || !reply.text.contains(number))
            }
        }
    }

    @Test(arguments: [
        ("13", "34", "123", "invalid_expiry_month"), ("0", "34", "123", "invalid_expiry_month"),
        ("x", "34", "123", "invalid_expiry_month"), ("12", "25", "123", "invalid_expiry_year"),
        ("12", "2025", "123", "invalid_expiry_year"), ("12", "x", "123", "invalid_expiry_year"),
        ("12", "2077", "123", "invalid_expiry_year"), ("12", "34", "12", "invalid_cvc"),
        ("12", "34", "12345", "invalid_cvc"), ("12", "34", "abc", "invalid_cvc"),
    ])
    func `the rest of the card is looked at`(
        _ month: String, _ year: String, _ cvc: String, _ code: String
    ) async throws {
        try await TestSandbox.run { sandbox in
            let reply = await sandbox.cardToken("4242424242424242", month: month, year: year, cvc: cvc).reply
            #expect(reply?.status == 402 && reply?.json["error"]["code"].string == code)
            #expect(reply?.json["error"]["type"].string == "card_error")
        }
    }

    /// The clock stands at January 2026.
    @Test func `a card ends with its month`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.cardToken("4242424242424242", month: "1", year: "26", cvc: nil).reply?.status == 200)
            #expect(await sandbox.cardToken("4242424242424242", month: "01", year: "2026").reply?.status == 200)
            await sandbox.clock.advance(32 * 86_400_000)
            let late = await sandbox.cardToken("4242424242424242", month: "1", year: "26").reply
            #expect(late?.json["error"]["code"].string == "invalid_expiry_year")
        }
    }

    @Test func `only the publishable key makes tokens`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.cardToken("4242424242424242", key: nil).reply?.status == 401)
            #expect(await sandbox.cardToken("4242424242424242", key: "pk_test_other").reply?.status == 401)
            for key in ["sk_test_sandbox", "rk_test_sandbox"] {
                let reply = await sandbox.cardToken("4242424242424242", key: key).reply
                #expect(reply?.status == 402 && reply?.json["error"]["type"].string == "invalid_request_error")
                #expect(reply?.json["error"]["message"].string?.contains("secret key") == true)
            }
            let inBody = await sandbox.post(
                "/card/v1/tokens",
                form: "key=pk_test_sandbox&card[number]=4242424242424242&card[exp_month]=1&card[exp_year]=34")
            #expect(inBody.reply?.status == 200)
            // And it does nothing else.
            let headers = ["Authorization": "Bearer pk_test_sandbox"]
            let intent = await sandbox.post("/card/v1/payment_intents", form: "amount=1", headers: headers)
            #expect(intent.reply?.status == 401)
        }
    }

    @Test func `browsers of any origin may ask`() async throws {
        try await TestSandbox.run { sandbox in
            let asked = await Wire.exchange(
                port: sandbox.port, "OPTIONS", "/card/v1/tokens",
                headers: [
                    "Origin": "https://shop.example", "Access-Control-Request-Method": "POST",
                    "Access-Control-Request-Headers": "authorization",
                ]
            ).reply
            #expect(asked?.status == 204 && asked?.header("access-control-allow-origin") == "*")
            #expect(asked?.header("access-control-allow-methods")?.contains("POST") == true)
            #expect(asked?.header("access-control-allow-headers")?.contains("Authorization") == true)
            for number in ["4242424242424242", "4111111111111111"] {
                let reply = await sandbox.cardToken(number, headers: ["Origin": "https://shop.example"]).reply
                #expect(reply?.header("access-control-allow-origin") == "*", "the error, too, must be readable")
            }
            let secret = await sandbox.card("payment_intents", "amount=5000&currency=usd").reply
            #expect(secret?.header("access-control-allow-origin") == nil)
        }
    }

    @Test func `a token is good once`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await token(sandbox)
            #expect(await charge(sandbox, token, "first")?.status == 200)
            let again = await charge(sandbox, token, "second")
            #expect(again?.status == 400 && again?.json["error"]["code"].string == "token_already_used")
            let intent = try #require(
                await sandbox.card("payment_intents", "amount=5000&currency=usd", key: "i").reply?.json["id"].string)
            let confirmed = await sandbox.confirm(intent, more: "&\(TestSandbox.pays(token))").reply
            #expect(confirmed?.json["error"]["code"].string == "token_already_used")
            #expect(sandbox.server.movements.map(\.reference) == ["first"])
            // The same call under its key is the same call.
            #expect(await charge(sandbox, token, "first")?.header("idempotent-replayed") == "true")
        }
    }

    @Test func `a declined card uses its token up`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await token(sandbox, "4000000000000002")
            #expect(await charge(sandbox, token, "first")?.status == 402)
            #expect(await charge(sandbox, token, "second")?.json["error"]["code"].string == "token_already_used")
        }
    }

    @Test func `a refused call uses no token up`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await token(sandbox)
            let wrong = await sandbox.card("charges", "amount=1&currency=usd&source=\(token)").reply
            #expect(wrong?.json["error"]["code"].string == "amount_too_small")
            #expect(await charge(sandbox, token, "right")?.status == 200)
        }
    }

    @Test func `a token lapses`() async throws {
        try await TestSandbox.run { sandbox in
            let (early, late) = (try await token(sandbox), try await token(sandbox))
            await sandbox.clock.advance(CardToken.lifetime - 1)
            #expect(await charge(sandbox, early, "early")?.status == 200)
            await sandbox.clock.advance(1)
            let reply = await charge(sandbox, late, "late")
            #expect(reply?.status == 400 && reply?.json["error"]["code"].string == "resource_missing")
            #expect(sandbox.server.movements.count == 1)
        }
    }

    @Test func `tokens survive a kill and their numbers are nowhere`() async throws {
        try await withTemporaryFolder { folder in
            var ids: [String] = []
            try await TestSandbox.run(folder: folder) { sandbox in
                ids = [try await token(sandbox), try await token(sandbox)]
                #expect(await charge(sandbox, ids[0], "before")?.status == 200)
            }
            for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
                let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
                #expect(!text.contains("4242424242424242"))
            }
            try await TestSandbox.run(folder: folder) { sandbox in
                let used = await charge(sandbox, ids[0], "after")
                #expect(used?.json["error"]["code"].string == "token_already_used")
                #expect(await charge(sandbox, ids[1], "after-2")?.status == 200)
            }
        }
    }

    @Test(arguments: ["tok_visa", "tok_sandbox_lostAnswerExecuted", "tok_anything"])
    func `a token is no payment method`(_ token: String) async throws {
        try await TestSandbox.run { sandbox in
            let create = "amount=5000&currency=usd&metadata[reference]=ref"
            let id = try #require(await sandbox.card("payment_intents", create, key: "c").reply?.json["id"].string)
            for (path, form) in [
                ("payment_intents/\(id)/confirm", "payment_method=\(token)"),
                ("payment_intents", "\(create)&payment_method=\(token)"),
            ] {
                let reply = await sandbox.card(path, form, key: "k-\(path)").reply
                #expect(reply?.status == 400)
                #expect(reply?.json["error"]["type"].string == "invalid_request_error")
                #expect(reply?.json["error"]["code"].exists == false)
            }
            #expect(await sandbox.intentStatus(id) == "requires_payment_method")
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test(
        arguments: [
            ("payment_method_data[type]=card&payment_method_data[card][token]=pm_card_visa", "resource_missing"),
            ("payment_method_data[type]=card&payment_method_data[card][token]=tok_nobody", "resource_missing"),
            ("payment_method_data[type]=card", "parameter_missing"),
            ("payment_method_data[card][token]=tok_visa", "parameter_missing"),
            ("payment_method_data[type]=sepa_debit&payment_method_data[card][token]=tok_visa", "parameter_missing"),
            ("payment_method_data[type]=card&payment_method_data[card][number]=1", "parameter_unknown"),
            ("payment_method_data=tok_visa", "parameter_unknown"), ("payment_method=pm_nobody", "resource_missing"),
            ("payment_method=pm_card_visa&payment_method_data[type]=card", nil),
        ] as [(String, String?)])
    func `what the payment method may be`(_ form: String, _ code: String?) async throws {
        try await TestSandbox.run { sandbox in
            let create = "amount=5000&currency=usd"
            let id = try #require(await sandbox.card("payment_intents", create, key: "c").reply?.json["id"].string)
            let reply = await sandbox.card("payment_intents/\(id)/confirm", form, key: "k").reply
            #expect(reply?.status == 400 && reply?.json["error"]["code"].string == code)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `a charge takes tokens only`() async throws {
        try await TestSandbox.run { sandbox in
            let reply = await charge(sandbox, "pm_card_visa", "ref")
            #expect(reply?.status == 400 && reply?.json["error"]["code"].string == "resource_missing")
        }
    }

    @Test func `the card field is served`() async throws {
        try await TestSandbox.run { sandbox in
            let script = await sandbox.get("/card/fields.js").reply
            #expect(script?.status == 200 && script?.header("content-type")?.hasPrefix("text/javascript") == true)
            #expect(script?.text.contains("createElement('iframe')") == true)
            // Shops may have written either.
            #expect(script?.text.contains("window.SandboxCard = {") == true)
            #expect(script?.text.contains("window.PracticeCard = window.SandboxCard;") == true)
            let page = try #require(await sandbox.get("/card/fields?key=pk_test_sandbox").reply)
            #expect(page.status == 200 && page.header("x-frame-options") == nil)
            let policy = try #require(page.header("content-security-policy"))
            #expect(policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"))
            let inner = await sandbox.get("/card/fields/frame.js").reply
            #expect(inner?.status == 200 && inner?.text.contains("/^https?:\\/\\//") == true)
            #expect(inner?.text.contains("['sandbox-card-', 'practice-card-']") == true)
            #expect(await sandbox.get("/card/fields/other.js").reply?.status != 200)
        }
    }
}
