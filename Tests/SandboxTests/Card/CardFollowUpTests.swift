import Testing

@testable import Sandbox

/// Holds, captures, refunds and disputes (docs/protocols/card.md, 2).
@Suite struct CardFollowUpTests {
    private func charge(_ sandbox: TestSandbox, _ token: String = "tok_visa", more: String = "") async throws -> String
    {
        let form = "amount=5000&currency=usd&source=\(token)&metadata[reference]=ref\(more)"
        return try #require(await sandbox.card("charges", form, key: "charge\(more)").reply?.json["id"].string)
    }

    private func refund(_ sandbox: TestSandbox, _ form: String, key: String) async -> Wire.Reply? {
        await sandbox.card("refunds", form, key: key).reply
    }

    @Test func `an intent is held and captured in part`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            let id = try await sandbox.intent("ref", token: "tok_visa", more: "&capture_method=manual")
            let held = try #require(await sandbox.confirm(id).reply?.json)
            #expect(held["status"].string == "requires_capture" && held["amount_capturable"].int == 5_000)
            #expect(held["amount_received"].int == 0 && sandbox.server.movements.isEmpty)
            #expect(
                await sandbox.card("payment_intents/\(id)/capture", "amount_to_capture=5001", key: "k1").reply?.status
                    == 400)
            let taken = await sandbox.card(
                "payment_intents/\(id)/capture", "amount_to_capture=2000&metadata[capture]=cap", key: "k2"
            ).reply?.json
            #expect(taken?["status"].string == "succeeded" && taken?["amount_received"].int == 2_000)
            #expect(taken?["metadata"]["reference"].string == "ref" && taken?["metadata"]["capture"].string == "cap")
            let again = await sandbox.card("payment_intents/\(id)/capture", "amount_to_capture=2000", key: "k3").reply?
                .json
            #expect(again?["error"]["code"].string == "payment_intent_unexpected_state")
            #expect(
                sandbox.server.movements.map(\.reference) == ["cap"]
                    && sandbox.server.movements.map(\.amount) == [2_000])
            await sandbox.clock.runDueWork()
            let types = sandbox.bin.arrivals.compactMap { $0.json["type"].string }
            #expect(
                Set(types) == [
                    "charge.succeeded", "payment_intent.amount_capturable_updated", "charge.captured",
                    "payment_intent.succeeded",
                ])
        }
    }

    @Test func `a held intent is cancelled`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.intent("ref", token: "tok_visa", more: "&capture_method=manual")
            _ = await sandbox.confirm(id)
            #expect(
                await sandbox.card("payment_intents/\(id)/cancel", "", key: "k1").reply?.json["status"].string
                    == "canceled")
            #expect(await sandbox.card("payment_intents/\(id)/capture", "", key: "k2").reply?.status == 400)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `a held charge is captured or released`() async throws {
        try await TestSandbox.run { sandbox in
            let first = try await charge(sandbox, more: "&capture=false")
            #expect(await sandbox.card("charges/\(first)").reply?.json["captured"].bool == false)
            let taken = await sandbox.card("charges/\(first)/capture", "amount=2000", key: "k1").reply?.json
            #expect(taken?["captured"].bool == true && taken?["amount_captured"].int == 2_000)
            let again = await sandbox.card("charges/\(first)/capture", "", key: "k2").reply?.json
            #expect(again?["error"]["code"].string == "charge_already_captured")
            let second = try await charge(sandbox, more: "&capture=false&description=2")
            #expect(await refund(sandbox, "charge=\(second)", key: "k3")?.json["amount"].int == 5_000)
            #expect(await sandbox.card("charges/\(second)").reply?.json["refunded"].bool == true)
            let late = await sandbox.card("charges/\(second)/capture", "", key: "k4").reply?.json
            #expect(late?["error"]["code"].string == "charge_expired_for_capture")
            #expect(sandbox.server.movements.map(\.amount) == [2_000])
        }
    }

    @Test func `refunds stay within what is left`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await charge(sandbox)
            #expect(await refund(sandbox, "charge=\(id)&amount=2000&metadata[reference]=f1", key: "k1")?.status == 200)
            // The same key is the same refund; another key is another one.
            #expect(
                await refund(sandbox, "charge=\(id)&amount=2000&metadata[reference]=f1", key: "k1")?.header(
                    "idempotent-replayed") == "true")
            #expect(await refund(sandbox, "charge=\(id)&amount=2000&metadata[reference]=f2", key: "k2")?.status == 200)
            let tooMuch = await refund(sandbox, "charge=\(id)&amount=1001", key: "k3")?.json["error"]
            #expect(tooMuch?["type"].string == "invalid_request_error" && tooMuch?["code"].exists == false)
            #expect(await refund(sandbox, "charge=\(id)", key: "k4")?.json["amount"].int == 1_000)
            #expect(
                await refund(sandbox, "charge=\(id)", key: "k5")?.json["error"]["code"].string
                    == "charge_already_refunded")
            let list = await sandbox.card("refunds?charge=\(id)&limit=2").reply?.json
            #expect(list?["data"].count == 2 && list?["has_more"].bool == true)
            #expect(await sandbox.card("charges/\(id)").reply?.json["refunded"].bool == true)
            #expect(sandbox.server.movements.filter { $0.kind == .refund }.map(\.amount) == [2_000, 2_000, 1_000])
        }
    }

    @Test func `a dispute is opened and blocks refunds`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            let id = try await charge(sandbox, "tok_createDispute")
            #expect(
                await refund(sandbox, "charge=\(id)", key: "k1")?.json["error"]["code"].string == "charge_disputed")
            await sandbox.clock.runDueWork()
            let dispute = sandbox.bin.arrivals.map(\.json).first { $0["type"].string == "charge.dispute.created" }
            #expect(dispute?["data"]["object"]["charge"].string == id)
        }
    }

    @Test func `a refund fails after it had succeeded`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            let id = try await charge(sandbox)
            let made = await refund(sandbox, "charge=\(id)&amount=1030&metadata[reference]=f1", key: "k1")?.json
            #expect(made?["status"].string == "succeeded")
            await sandbox.clock.advance(2_000)
            let listed = await sandbox.card("refunds?charge=\(id)").reply?.json["data"][0]
            #expect(
                listed?["status"].string == "failed" && listed?["failure_reason"].string == "expired_or_canceled_card")
            let types = sandbox.bin.arrivals.compactMap { $0.json["type"].string }
            #expect(types.suffix(2).sorted() == ["refund.failed", "refund.updated"])
            #expect(await sandbox.card("charges/\(id)").reply?.json["amount_refunded"].int == 0)
        }
    }

    @Test(arguments: SandboxScenario.cardRefunds) func `books agree`(_ scenario: SandboxScenario) async throws {
        guard case .refundAmount(let amount) = scenario.trigger else { return }
        try await TestSandbox.run { sandbox in
            let id = try await charge(sandbox)
            let form = "charge=\(id)&amount=\(amount)&metadata[reference]=back"
            let sent = Task { _ = await sandbox.card("refunds", form, key: "k1") }
            if scenario.name == "no_answer" {
                await sandbox.clock.awaitScheduled(in: 60_000)
                await sandbox.clock.advance(60_000)
            }
            await sent.value
            await sandbox.clock.advance(10_000)
            #expect(sandbox.movements("back").count == (scenario.execution == .executed ? 1 : 0))
        }
    }
}
