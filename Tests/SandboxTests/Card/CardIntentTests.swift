import Sandbox
import Testing

/// The state machine of PaymentIntents.
@Suite struct CardIntentTests {
    @Test func `object carries the fields that a router reads`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.intent("ref", token: "tok_visa", more: "&description=Shoes&transfer_group=g")
            let reply = try #require(await sandbox.confirm(id, more: "&expand[]=latest_charge").reply)
            let intent = reply.json
            #expect(intent["object"].string == "payment_intent")
            #expect(intent["amount"].int == 5000)
            #expect(intent["amount_received"].int == 5000)
            #expect(intent["currency"].string == "usd")
            #expect(intent["metadata"]["reference"].string == "ref")
            #expect(intent["next_action"].isNull)
            #expect(intent["last_payment_error"].isNull)
            #expect(intent["client_secret"].string?.hasPrefix("\(id)_secret_") == true)
            let charge = intent["latest_charge"]
            #expect(charge["payment_method_details"]["card"]["last4"].string == "4242")
            #expect(charge["payment_intent"].string == id)
            let plain = await sandbox.card("payment_intents/\(id)").reply?.json
            #expect(plain?["latest_charge"].string == charge["id"].string)
            let expanded = await sandbox.card("payment_intents/\(id)?expand[0]=latest_charge").reply?.json
            #expect(expanded?["latest_charge"]["status"].string == "succeeded")
        }
    }

    @Test func `without a reference the books use the id`() async throws {
        try await TestSandbox.run { sandbox in
            let form = "amount=5000&currency=usd&payment_method=pm_card_visa"
            let reply = await sandbox.card("payment_intents", form).reply
            let id = try #require(reply?.json["id"].string)
            _ = await sandbox.confirm(id)
            #expect(sandbox.movements(id).count == 1)
        }
    }

    @Test func `create may confirm`() async throws {
        try await TestSandbox.run { sandbox in
            let reply = await sandbox.card(
                "payment_intents",
                "amount=5000&currency=usd&\(TestSandbox.pays("tok_visa"))&confirm=true&metadata[reference]=ref",
                key: "k"
            ).reply
            #expect(reply?.json["status"].string == "succeeded")
            #expect(sandbox.movements("ref").count == 1)
        }
    }

    @Test func `a second confirm cannot pay twice`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.intent("ref", token: "tok_visa")
            _ = await sandbox.confirm(id)
            let again = try #require(await sandbox.confirm(id, key: "other").reply)
            #expect(again.status == 400)
            #expect(again.json["error"]["code"].string == "payment_intent_unexpected_state")
            #expect(again.json["error"]["payment_intent"]["status"].string == "succeeded")
            #expect(sandbox.movements("ref").count == 1)
        }
    }

    @Test func `canceling ends an intent`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            let id = try await sandbox.intent("ref", token: "tok_visa")
            let reply = await sandbox.card("payment_intents/\(id)/cancel", "cancellation_reason=abandoned").reply
            #expect(reply?.json["status"].string == "canceled")
            #expect(reply?.json["cancellation_reason"].string == "abandoned")
            #expect(await sandbox.confirm(id).reply?.json["error"]["code"].string == "payment_intent_unexpected_state")
            await sandbox.clock.runDueWork()
            #expect(sandbox.bin.arrivals.map { $0.json["type"].string } == ["payment_intent.canceled"])
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `what is over or under way cannot be canceled`() async throws {
        try await TestSandbox.run { sandbox in
            for token in ["tok_visa", "tok_sandbox_succeedsLater"] {
                let id = try await sandbox.intent(token, token: token)
                _ = await sandbox.confirm(id)
                #expect(await sandbox.card("payment_intents/\(id)/cancel", "").reply?.status == 400)
            }
            let id = try await sandbox.intent("auto", token: "tok_sandbox_3dsAutomatic")
            _ = await sandbox.confirm(id)
            #expect(await sandbox.card("payment_intents/\(id)/cancel", "").reply?.json["status"].string == "canceled")
            await sandbox.clock.advance(10_000)
            #expect(sandbox.movements("auto").isEmpty)
        }
    }

    @Test func `confirm needs a payment method`() async throws {
        try await TestSandbox.run { sandbox in
            let reply = await sandbox.card("payment_intents", "amount=5000&currency=usd").reply
            #expect(reply?.json["status"].string == "requires_payment_method")
            let id = try #require(reply?.json["id"].string)
            #expect(await sandbox.confirm(id).reply?.json["error"]["code"].string == "payment_intent_unexpected_state")
            #expect(await sandbox.confirm(id, key: "2", more: "&payment_method=pm_card_visa").reply?.status == 200)
        }
    }

    @Test func `unknown intent is404`() async throws {
        try await TestSandbox.run { sandbox in
            for ending in [await sandbox.card("payment_intents/pi_x"), await sandbox.confirm("pi_x")] {
                #expect(ending.reply?.status == 404)
                #expect(ending.reply?.json["error"]["code"].string == "resource_missing")
            }
        }
    }
}
