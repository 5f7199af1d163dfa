import Testing

@testable import Sandbox

/// Checkout Sessions: create, retrieve, expire (docs.stripe.com/api/checkout/sessions), and the page with its cards.
@Suite struct CardSessionTests {
    @Test func `an opened page waits for a card`() async throws {
        try await TestSandbox.run { sandbox in
            let made = try await sandbox.session("ref")
            #expect(made["object"].string == "checkout.session" && made["status"].string == "open")
            #expect(made["payment_status"].string == "unpaid" && made["payment_intent"].isNull)
            #expect(made["amount_total"].int == 5_000 && made["currency"].string == "usd")
            #expect(made["client_reference_id"].string == "ref" && made["metadata"]["reference"].string == "ref")
            let id = try #require(made["id"].string)
            #expect(id.hasPrefix("cs_test_"))
            #expect(made["url"].string == "http://127.0.0.1:\(sandbox.port)/card/c/pay/\(id)")
            let page = await sandbox.get("/card/c/pay/\(id)").reply
            #expect(page?.text.contains("name=\"number\"") == true && page?.text.contains("Shoes") == true)
            #expect(page?.header("cache-control") == "no-store")
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.isEmpty)
            let found = await sandbox.card("checkout/sessions/\(id)").reply?.json
            #expect(found?["status"].string == "open")
            let listed = await sandbox.card("checkout/sessions?limit=1").reply?.json
            #expect(listed?["data"][0]["id"].string == id)
            #expect(await sandbox.card("checkout/sessions/cs_none").reply?.status == 404)
        }
    }

    @Test func `paying completes it once`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            let id = try #require(try await sandbox.session("ref")["id"].string)
            let paid = await sandbox.payPage(id).reply
            #expect(paid?.status == 303 && paid?.header("location") == "https://shop.example/paid?s=\(id)")
            _ = await sandbox.payPage(id)
            #expect(sandbox.movements("ref").map(\.amount) == [5_000])
            let found = try #require(
                await sandbox.card("checkout/sessions/\(id)?expand[]=payment_intent").reply?.json)
            #expect(found["status"].string == "complete" && found["payment_status"].string == "paid")
            #expect(found["url"].isNull)
            let intent = found["payment_intent"]
            #expect(intent["status"].string == "succeeded" && intent["amount_received"].int == 5_000)
            #expect(intent["metadata"]["reference"].string == "ref")
            #expect(sandbox.movements("ref").map(\.operatorReference) == [intent["id"].string ?? ""])
            await sandbox.clock.runDueWork()
            let events = sandbox.bin.arrivals.map(\.json)
            let completed = events.filter { $0["type"].string == "checkout.session.completed" }
            #expect(completed.count == 1)
            #expect(completed.first?["data"]["object"]["payment_intent"].string == intent["id"].string)
            let gone = await sandbox.card("checkout/sessions/\(id)/expire", "").reply
            #expect(gone?.status == 400)
            #expect(gone?.json["error"]["message"].string?.contains("status of `complete`") == true)
            // The page's intent is refunded like any other.
            let back = await sandbox.card("refunds", "payment_intent=\(intent["id"].string ?? "")", key: "r").reply
            #expect(back?.json["amount"].int == 5_000)
        }
    }

    @Test func `a decline leaves the page open`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try #require(try await sandbox.session("ref")["id"].string)
            let refused = await sandbox.payPage(id, "4000000000000002").reply
            #expect(refused?.status == 200 && refused?.text.contains("was declined") == true)
            let found = await sandbox.card("checkout/sessions/\(id)?expand[]=payment_intent").reply?.json
            #expect(found?["status"].string == "open")
            #expect(found?["payment_intent"]["status"].string == "requires_payment_method")
            let mistyped = await sandbox.payPage(id, "4242424242424241").reply
            #expect(mistyped?.text.contains("incorrect") == true)
            _ = await sandbox.payPage(id)
            #expect(sandbox.movements("ref").count == 1)
            let same = await sandbox.card("checkout/sessions/\(id)").reply?.json["payment_intent"].string
            #expect(same == found?["payment_intent"]["id"].string)
        }
    }

    @Test func `the bank is asked and the page comes back`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try #require(try await sandbox.session("ref")["id"].string)
            let asked = await sandbox.payPage(id, "4000002760003184").reply
            let bank = try #require(asked?.header("location"))
            let intent = try #require(bank.split(separator: "/").last.map(String.init))
            #expect(await sandbox.intentStatus(intent) == "requires_action")
            let back = await sandbox.post("/card/3ds/\(intent)", form: "decision=complete").reply
            #expect(back?.header("location")?.contains("/card/c/pay/\(id)?payment_intent=") == true)
            #expect(await sandbox.get("/card/c/pay/\(id)").reply?.header("location")?.hasSuffix(id) == true)
            #expect(sandbox.movements("ref").count == 1)
        }
    }

    @Test func `an expired page cannot be paid`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            let id = try #require(try await sandbox.session("ref")["id"].string)
            _ = await sandbox.payPage(id, "4000002760003184")
            let expired = try #require(
                await sandbox.card("checkout/sessions/\(id)/expire", "expand[]=payment_intent").reply?.json)
            #expect(expired["status"].string == "expired" && expired["url"].isNull)
            let intent = try #require(expired["payment_intent"]["id"].string)
            #expect(expired["payment_intent"]["status"].string == "canceled")
            _ = await sandbox.post("/card/3ds/\(intent)", form: "decision=complete")
            #expect(await sandbox.payPage(id).reply?.text.contains("has expired") == true)
            #expect(sandbox.server.movements.isEmpty)
            let again = await sandbox.card("checkout/sessions/\(id)/expire", "").reply
            #expect(again?.status == 400 && again?.json["error"]["code"].exists == false)
            await sandbox.clock.runDueWork()
            let types = sandbox.bin.arrivals.compactMap { $0.json["type"].string }
            #expect(types.contains("checkout.session.expired") && types.contains("payment_intent.canceled"))
        }
    }

    @Test func `a page ends by itself`() async throws {
        try await TestSandbox.run { sandbox in
            let expires = ManualClock.start / 1_000 + 1_800
            let id = try #require(try await sandbox.session("ref", more: "&expires_at=\(expires)")["id"].string)
            await sandbox.clock.advance(1_800_000)
            #expect(await sandbox.card("checkout/sessions/\(id)").reply?.json["status"].string == "expired")
        }
    }

    @Test func `a page may only hold`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try #require(
                try await sandbox.session("ref", more: "&payment_intent_data[capture_method]=manual")["id"].string)
            _ = await sandbox.payPage(id)
            let found = await sandbox.card("checkout/sessions/\(id)?expand[]=payment_intent").reply?.json
            #expect(found?["status"].string == "complete" && found?["payment_status"].string == "unpaid")
            #expect(found?["payment_intent"]["status"].string == "requires_capture")
            #expect(sandbox.server.movements.isEmpty)
            let intent = found?["payment_intent"]["id"].string ?? ""
            #expect(
                await sandbox.card("payment_intents/\(intent)/cancel", "").reply?.json["status"].string == "canceled")
        }
    }

    @Test func `what is being paid cannot expire`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try #require(try await sandbox.session("ref", amount: 1011)["id"].string)
            _ = await sandbox.get("/card/c/pay/\(id)")
            await sandbox.clock.advance(1)
            let found = await sandbox.card("checkout/sessions/\(id)?expand[]=payment_intent").reply?.json
            #expect(found?["status"].string == "complete" && found?["payment_status"].string == "unpaid")
            #expect(found?["payment_intent"]["status"].string == "processing")
            #expect(await sandbox.card("checkout/sessions/\(id)/expire", "").reply?.status == 400)
            await sandbox.clock.advance(4_000)
            #expect(sandbox.movements("ref").count == 1)
            #expect(await sandbox.card("checkout/sessions/\(id)").reply?.json["payment_status"].string == "paid")
        }
    }

    @Test(arguments: [
        ("mode", "&mode=setup", "mode"), ("url", "&success_url=shop", "success_url"),
        ("soon", "&expires_at=1799", "expires_at"), ("late", "&expires_at=99999999999", "expires_at"),
        ("unknown", "&line_items[0][colour]=red", "line_items[0][colour]"),
        ("price", "&line_items[0][price]=price_1", "line_items[0][price]"),
        ("type", "&payment_method_types[0]=ideal", "payment_method_types"),
        ("cents", "&line_items[0][price_data][unit_amount]=1.5", "line_items[0]"),
        ("small", "&line_items[0][price_data][unit_amount]=1", "line_items"),
    ])
    func `refuses what the service refuses`(_ name: String, _ more: String, _ param: String) async throws {
        try await TestSandbox.run { sandbox in
            let reply = await sandbox.card("checkout/sessions", TestSandbox.sessionForm(name) + more).reply
            #expect(reply?.status == 400 && reply?.json["error"]["param"].string == param)
        }
    }

    @Test func `its intent belongs to the page`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try #require(try await sandbox.session("ref")["id"].string)
            _ = await sandbox.payPage(id, "4000000000000002")
            let intent = await sandbox.card("checkout/sessions/\(id)").reply?.json["payment_intent"].string ?? ""
            for call in ["cancel", "confirm"] {
                let reply = await sandbox.card("payment_intents/\(intent)/\(call)", "").reply
                #expect(reply?.status == 400)
                #expect(reply?.json["error"]["message"].string?.contains("created by Checkout") == true)
            }
        }
    }

    @Test func `a kill changes nothing`() async throws {
        try await withTemporaryFolder { folder in
            var id = ""
            let clock = ManualClock()
            try await TestSandbox.run(folder: folder, clock: clock) { sandbox in
                id = try #require(try await sandbox.session("ref")["id"].string)
                _ = await sandbox.payPage(id, "4000000000000002")
            }
            try await TestSandbox.run(folder: folder, clock: clock) { sandbox in
                #expect(await sandbox.card("checkout/sessions/\(id)").reply?.json["status"].string == "open")
                _ = await sandbox.payPage(id)
                #expect(sandbox.movements("ref").count == 1)
            }
        }
    }

    @Test(arguments: SandboxScenario.cardPages) func `books agree`(_ scenario: SandboxScenario) async throws {
        try await TestSandbox.run { sandbox in
            let hold = scenario.operation == .authorize ? "&payment_intent_data[capture_method]=manual" : ""
            let made = try await sandbox.session("ref", amount: scenario.amount, more: hold)
            _ = await sandbox.get("/card/c/pay/\(made["id"].string ?? "")")
            await sandbox.clock.advance(10_000)
            let amounts = sandbox.movements("ref").map(\.amount)
            switch scenario.execution {
            case .executed: #expect(amounts == [scenario.amount])
            case .executedDifferently: #expect(amounts == [scenario.amount + 1])
            case .notExecuted, .executedIfRepeated: #expect(amounts.isEmpty)
            }
        }
    }
}
