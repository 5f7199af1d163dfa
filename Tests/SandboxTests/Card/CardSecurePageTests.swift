import Sandbox
import Testing

/// 3-D Secure, played by a person.
@Suite struct CardSecurePageTests {
    private func withPage(_ token: String, _ body: (TestSandbox, String) async throws -> Void) async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            let id = try await sandbox.intent("ref", token: token)
            let intent = try #require(await sandbox.confirm(id).reply?.json)
            #expect(intent["status"].string == "requires_action")
            #expect(intent["next_action"]["type"].string == "redirect_to_url")
            let redirect = intent["next_action"]["redirect_to_url"]
            #expect(redirect["url"].string == "http://127.0.0.1:\(sandbox.port)/card/3ds/\(id)")
            #expect(redirect["return_url"].string == "https://shop.example/back")
            #expect(await sandbox.get("/card/3ds/\(id)").reply?.text.contains("Complete") == true)
            await sandbox.clock.advance(3_600_000)
            #expect(sandbox.server.movements.isEmpty)
            try await body(sandbox, id)
        }
    }

    @Test func `completing pays`() async throws {
        try await withPage("pm_card_authenticationRequired") { sandbox, id in
            let reply = await sandbox.post("/card/3ds/\(id)", form: "decision=complete").reply
            #expect(reply?.status == 303)
            let location = try #require(reply?.header("location"))
            #expect(location.hasPrefix("https://shop.example/back?payment_intent=\(id)&payment_intent_client_secret="))
            #expect(location.hasSuffix("redirect_status=succeeded"))
            _ = await sandbox.post("/card/3ds/\(id)", form: "decision=complete")
            await sandbox.clock.runDueWork()
            #expect(sandbox.movements("ref").count == 1)
            let events = sandbox.bin.arrivals.map(\.json)
            let event = events.first { $0["type"].string == "payment_intent.succeeded" }
            #expect(event?["request"]["id"].isNull == true)
            #expect(event?["request"]["idempotency_key"].string == "confirm-\(id)")
        }
    }

    @Test func `failing asks for another card`() async throws {
        try await withPage("pm_card_authenticationRequired") { sandbox, id in
            let reply = await sandbox.post("/card/3ds/\(id)", form: "decision=fail").reply
            #expect(reply?.header("location")?.hasSuffix("redirect_status=failed") == true)
            let intent = await sandbox.card("payment_intents/\(id)").reply?.json
            #expect(intent?["status"].string == "requires_payment_method")
            #expect(intent?["last_payment_error"]["code"].string == "payment_intent_authentication_failure")
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `the bank may still refuse`() async throws {
        try await withPage("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds") { sandbox, id in
            let reply = await sandbox.post("/card/3ds/\(id)", form: "decision=complete").reply
            #expect(reply?.header("location")?.hasSuffix("redirect_status=failed") == true)
            let intent = await sandbox.card("payment_intents/\(id)").reply?.json
            #expect(intent?["last_payment_error"]["decline_code"].string == "insufficient_funds")
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `off session is declined instead`() async throws {
        try await TestSandbox.run { sandbox in
            for more in ["&off_session=true", "&error_on_requires_action=true"] {
                let id = try await sandbox.intent("ref\(more.count)", token: "pm_card_authenticationRequired")
                let reply = await sandbox.confirm(id, more: more).reply
                #expect(reply?.status == 402)
                #expect(reply?.json["error"]["decline_code"].string == "authentication_required")
            }
        }
    }
}
