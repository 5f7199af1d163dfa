import Sandbox
import Testing

/// Charges: one call moves money (docs/protocols/card.md, 2.1).
@Suite struct CardChargeTests {
    private func charge(
        _ sandbox: TestSandbox, _ source: String, _ reference: String = "ref", key: String = "k", more: String = ""
    ) async -> Wire.Ending {
        await sandbox.card(
            "charges", "amount=5000&currency=usd&source=\(source)&metadata[reference]=\(reference)\(more)", key: key)
    }

    @Test func `charge succeeds`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            let reply = try #require(await charge(sandbox, "tok_visa", more: "&transfer_group=g1").reply)
            #expect(reply.status == 200)
            #expect(reply.json["object"].string == "charge")
            #expect(reply.json["status"].string == "succeeded")
            #expect(reply.json["paid"].bool == true)
            #expect(reply.json["outcome"]["network_status"].string == "approved_by_network")
            #expect(sandbox.movements("ref").map(\.party) == ["visa 4242"])
            await sandbox.clock.runDueWork()
            #expect(sandbox.bin.arrivals.map { $0.json["type"].string } == ["charge.succeeded"])
            #expect(sandbox.bin.arrivals.first?.json["request"]["idempotency_key"].string == "k")
        }
    }

    @Test func `magic sources behave`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            #expect(await charge(sandbox, "tok_sandbox_lostAnswerExecuted", "a", key: "a").isDropped)
            #expect(await charge(sandbox, "tok_sandbox_lostAnswerNotExecuted", "b", key: "b").isDropped)
            #expect(await charge(sandbox, "tok_sandbox_errorAfterExecuting", "c", key: "c").reply?.status == 500)
            #expect(await charge(sandbox, "tok_sandbox_errorWithoutExecuting", "d", key: "d").reply?.status == 500)
            #expect(await charge(sandbox, "tok_sandbox_truncated", "e", key: "e").isCut)
            let page = await charge(sandbox, "tok_sandbox_html", "f", key: "f").reply
            #expect(page?.header("content-type")?.hasPrefix("text/html") == true)
            #expect(sandbox.server.movements.map(\.reference) == ["a", "c", "e"])
            await sandbox.clock.runDueWork()
            #expect(sandbox.bin.arrivals.isEmpty)
            #expect(await charge(sandbox, "tok_sandbox_lostAnswerNotExecuted", "b", key: "b").reply?.status == 200)
            #expect(await charge(sandbox, "tok_sandbox_lostAnswerExecuted", "a", key: "a").reply?.status == 200)
            #expect(sandbox.server.movements.map(\.reference) == ["a", "c", "e", "b"])
        }
    }

    @Test func `later success`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            let reply = await charge(sandbox, "tok_sandbox_succeedsLater").reply
            #expect(reply?.json["status"].string == "pending")
            let id = try #require(reply?.json["id"].string)
            await sandbox.clock.advance(5_000)
            #expect(await sandbox.card("charges/\(id)").reply?.json["status"].string == "succeeded")
            #expect(sandbox.movements("ref").count == 1)
            #expect(sandbox.bin.arrivals.map { $0.json["type"].string } == ["charge.pending", "charge.succeeded"])
        }
    }

    @Test func `duplicate events share their id`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.registerCards()
            _ = await charge(sandbox, "tok_sandbox_duplicateCallback")
            await sandbox.clock.advance(200)
            #expect(sandbox.bin.arrivals.map { $0.at - ManualClock.start } == [0, 0, 200])
            #expect(Set(sandbox.bin.arrivals.map { $0.json["id"].string }).count == 1)
        }
    }

    @Test func `declines are stored and listed`() async throws {
        try await TestSandbox.run { sandbox in
            let reply = await charge(sandbox, "tok_chargeDeclined", more: "&transfer_group=g").reply
            #expect(reply?.status == 402)
            let id = try #require(reply?.json["error"]["charge"].string)
            let list = await sandbox.card("charges?transfer_group=g").reply?.json
            #expect(list?["data"][0]["id"].string == id)
            #expect(list?["data"][0]["failure_code"].string == "card_declined")
            let typed = try #require(await sandbox.cardToken("4000002760003184").reply?.json["id"].string)
            let secured = await charge(sandbox, typed, key: "s").reply
            #expect(secured?.json["error"]["decline_code"].string == "authentication_required")
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `lists by transfer group`() async throws {
        try await TestSandbox.run { sandbox in
            for number in 1...5 {
                let group = number == 3 ? "other" : "g"
                _ = await charge(
                    sandbox, "tok_visa", "r\(number)", key: "k\(number)", more: "&transfer_group=\(group)")
            }
            let first = try #require(await sandbox.card("charges?transfer_group=g&limit=3").reply?.json)
            let names = (0..<3).map { first["data"][$0]["metadata"]["reference"].string }
            #expect(names == ["r5", "r4", "r2"])
            #expect(first["has_more"].bool == true)
            let last = try #require(first["data"][2]["id"].string)
            let rest = await sandbox.card("charges?transfer_group=g&limit=3&starting_after=\(last)").reply?.json
            #expect(rest?["data"].count == 1)
            #expect(rest?["has_more"].bool == false)
            #expect(await sandbox.card("charges?transfer_group=none").reply?.json["data"].count == 0)
            #expect(await sandbox.card("charges?limit=101").reply?.status == 400)
            #expect(await sandbox.card("charges?colour=red").reply?.status == 400)
        }
    }
}
