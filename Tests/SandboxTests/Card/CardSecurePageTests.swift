import Sandbox
import Testing

/// 3-D Secure, played by a person.
@Suite struct CardSecurePageTests {
    private func withPage(_ token: String, _ body: (Practice, String) async throws -> Void) async throws {
        try await Practice.run { practice in
            try practice.registerCards()
            let id = try await practice.intent("ref", token: token)
            let intent = try #require(await practice.confirm(id).reply?.json)
            #expect(intent["status"].string == "requires_action")
            #expect(intent["next_action"]["type"].string == "redirect_to_url")
            let redirect = intent["next_action"]["redirect_to_url"]
            #expect(redirect["url"].string == "http://127.0.0.1:\(practice.port)/card/3ds/\(id)")
            #expect(redirect["return_url"].string == "https://shop.example/back")
            #expect(await practice.get("/card/3ds/\(id)").reply?.text.contains("Complete") == true)
            await practice.clock.advance(3_600_000)
            #expect(practice.server.movements.isEmpty)
            try await body(practice, id)
        }
    }

    @Test func `completing pays`() async throws {
        try await withPage("pm_card_authenticationRequired") { practice, id in
            let reply = await practice.post("/card/3ds/\(id)", form: "decision=complete").reply
            #expect(reply?.status == 303)
            let location = try #require(reply?.header("location"))
            #expect(location.hasPrefix("https://shop.example/back?payment_intent=\(id)&payment_intent_client_secret="))
            #expect(location.hasSuffix("redirect_status=succeeded"))
            _ = await practice.post("/card/3ds/\(id)", form: "decision=complete")
            await practice.clock.settle()
            #expect(practice.movements("ref").count == 1)
            let events = practice.bin.arrivals.map(\.json)
            let event = events.first { $0["type"].string == "payment_intent.succeeded" }
            #expect(event?["request"]["id"].isNull == true)
            #expect(event?["request"]["idempotency_key"].string == "confirm-\(id)")
        }
    }

    @Test func `failing asks for another card`() async throws {
        try await withPage("pm_card_authenticationRequired") { practice, id in
            let reply = await practice.post("/card/3ds/\(id)", form: "decision=fail").reply
            #expect(reply?.header("location")?.hasSuffix("redirect_status=failed") == true)
            let intent = await practice.card("payment_intents/\(id)").reply?.json
            #expect(intent?["status"].string == "requires_payment_method")
            #expect(intent?["last_payment_error"]["code"].string == "payment_intent_authentication_failure")
            #expect(practice.server.movements.isEmpty)
        }
    }

    @Test func `the bank may still refuse`() async throws {
        try await withPage("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds") { practice, id in
            let reply = await practice.post("/card/3ds/\(id)", form: "decision=complete").reply
            #expect(reply?.header("location")?.hasSuffix("redirect_status=failed") == true)
            let intent = await practice.card("payment_intents/\(id)").reply?.json
            #expect(intent?["last_payment_error"]["decline_code"].string == "insufficient_funds")
            #expect(practice.server.movements.isEmpty)
        }
    }

    @Test func `off session is declined instead`() async throws {
        try await Practice.run { practice in
            for more in ["&off_session=true", "&error_on_requires_action=true"] {
                let id = try await practice.intent("ref\(more.count)", token: "pm_card_authenticationRequired")
                let reply = await practice.confirm(id, more: more).reply
                #expect(reply?.status == 402)
                #expect(reply?.json["error"]["decline_code"].string == "authentication_required")
            }
        }
    }
}
