import Sandbox
import Testing

/// Charges: one call moves money (docs/protocols/card.md, 2.1).
@Suite struct CardChargeTests {
    private func charge(
        _ practice: Practice, _ source: String, _ reference: String = "ref", key: String = "k", more: String = ""
    ) async -> Wire.Ending {
        await practice.card(
            "charges", "amount=5000&currency=usd&source=\(source)&metadata[reference]=\(reference)\(more)", key: key)
    }

    @Test func `charge succeeds`() async throws {
        try await Practice.run { practice in
            try practice.registerCards()
            let reply = try #require(await charge(practice, "tok_visa", more: "&transfer_group=g1").reply)
            #expect(reply.status == 200)
            #expect(reply.json["object"].string == "charge")
            #expect(reply.json["status"].string == "succeeded")
            #expect(reply.json["paid"].bool == true)
            #expect(reply.json["outcome"]["network_status"].string == "approved_by_network")
            #expect(practice.movements("ref").map(\.party) == ["visa 4242"])
            await practice.clock.settle()
            #expect(practice.bin.arrivals.map { $0.json["type"].string } == ["charge.succeeded"])
            #expect(practice.bin.arrivals.first?.json["request"]["idempotency_key"].string == "k")
        }
    }

    @Test func `magic sources behave`() async throws {
        try await Practice.run { practice in
            try practice.registerCards()
            #expect(await charge(practice, "tok_sandbox_lostAnswerExecuted", "a", key: "a").isDropped)
            #expect(await charge(practice, "tok_sandbox_lostAnswerNotExecuted", "b", key: "b").isDropped)
            #expect(await charge(practice, "tok_sandbox_errorAfterExecuting", "c", key: "c").reply?.status == 500)
            #expect(await charge(practice, "tok_sandbox_errorWithoutExecuting", "d", key: "d").reply?.status == 500)
            #expect(await charge(practice, "tok_sandbox_truncated", "e", key: "e").isCut)
            let page = await charge(practice, "tok_sandbox_html", "f", key: "f").reply
            #expect(page?.header("content-type")?.hasPrefix("text/html") == true)
            #expect(practice.server.movements.map(\.reference) == ["a", "c", "e"])
            await practice.clock.settle()
            #expect(practice.bin.arrivals.isEmpty)
            #expect(await charge(practice, "tok_sandbox_lostAnswerNotExecuted", "b", key: "b").reply?.status == 200)
            #expect(await charge(practice, "tok_sandbox_lostAnswerExecuted", "a", key: "a").reply?.status == 200)
            #expect(practice.server.movements.map(\.reference) == ["a", "c", "e", "b"])
        }
    }

    @Test func `later success`() async throws {
        try await Practice.run { practice in
            try practice.registerCards()
            let reply = await charge(practice, "tok_sandbox_succeedsLater").reply
            #expect(reply?.json["status"].string == "pending")
            let id = try #require(reply?.json["id"].string)
            await practice.clock.advance(5_000)
            #expect(await practice.card("charges/\(id)").reply?.json["status"].string == "succeeded")
            #expect(practice.movements("ref").count == 1)
            #expect(practice.bin.arrivals.map { $0.json["type"].string } == ["charge.pending", "charge.succeeded"])
        }
    }

    @Test func `duplicate events share their id`() async throws {
        try await Practice.run { practice in
            try practice.registerCards()
            _ = await charge(practice, "tok_sandbox_duplicateCallback")
            await practice.clock.advance(200)
            #expect(practice.bin.arrivals.map { $0.at - ManualClock.start } == [0, 0, 200])
            #expect(Set(practice.bin.arrivals.map { $0.json["id"].string }).count == 1)
        }
    }

    @Test func `declines are stored and listed`() async throws {
        try await Practice.run { practice in
            let reply = await charge(practice, "tok_chargeDeclined", more: "&transfer_group=g").reply
            #expect(reply?.status == 402)
            let id = try #require(reply?.json["error"]["charge"].string)
            let list = await practice.card("charges?transfer_group=g").reply?.json
            #expect(list?["data"][0]["id"].string == id)
            #expect(list?["data"][0]["failure_code"].string == "card_declined")
            let typed = try #require(await practice.cardToken("4000002760003184").reply?.json["id"].string)
            let secured = await charge(practice, typed, key: "s").reply
            #expect(secured?.json["error"]["decline_code"].string == "authentication_required")
            #expect(practice.server.movements.isEmpty)
        }
    }

    @Test func `lists by transfer group`() async throws {
        try await Practice.run { practice in
            for number in 1...5 {
                let group = number == 3 ? "other" : "g"
                _ = await charge(
                    practice, "tok_visa", "r\(number)", key: "k\(number)", more: "&transfer_group=\(group)")
            }
            let first = try #require(await practice.card("charges?transfer_group=g&limit=3").reply?.json)
            let names = (0..<3).map { first["data"][$0]["metadata"]["reference"].string }
            #expect(names == ["r5", "r4", "r2"])
            #expect(first["has_more"].bool == true)
            let last = try #require(first["data"][2]["id"].string)
            let rest = await practice.card("charges?transfer_group=g&limit=3&starting_after=\(last)").reply?.json
            #expect(rest?["data"].count == 1)
            #expect(rest?["has_more"].bool == false)
            #expect(await practice.card("charges?transfer_group=none").reply?.json["data"].count == 0)
            #expect(await practice.card("charges?limit=101").reply?.status == 400)
            #expect(await practice.card("charges?colour=red").reply?.status == 400)
        }
    }
}
