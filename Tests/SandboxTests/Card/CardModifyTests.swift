import Sandbox
import Testing

/// What official clients change and list: intents, charges, refunds; and booleans as old ones write them.
@Suite struct CardModifyTests {
    @Test func `intents are listed newest first`() async throws {
        try await TestSandbox.run { sandbox in
            var made: [String] = []
            for number in 1...3 { made.append(try await sandbox.intent("ref\(number)", token: "tok_visa")) }
            let first = await sandbox.card("payment_intents?limit=2").reply?.json
            #expect(first?["has_more"].bool == true && first?["url"].string == "/v1/payment_intents")
            #expect(first?["data"][0]["id"].string == made[2] && first?["data"][1]["id"].string == made[1])
            let next = await sandbox.card("payment_intents?limit=2&starting_after=\(made[1])").reply?.json
            #expect(next?["data"].count == 1 && next?["data"][0]["id"].string == made[0])
            let before = await sandbox.card("payment_intents?limit=1&ending_before=\(made[0])").reply?.json
            #expect(before?["data"][0]["id"].string == made[1] && before?["has_more"].bool == true)
            #expect(await sandbox.card("payment_intents?starting_after=pi_none").reply?.status == 400)
        }
    }

    @Test func `intents are modified until they are paid`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.intent("ref", token: "tok_visa", more: "&metadata[a]=1")
            let changed = await sandbox.card(
                "payment_intents/\(id)", "metadata[a]=&metadata[b]=2&description=Other&amount=6000"
            ).reply?.json
            #expect(changed?["metadata"]["a"].exists == false && changed?["metadata"]["b"].string == "2")
            #expect(changed?["metadata"]["reference"].string == "ref" && changed?["amount"].int == 6_000)
            _ = await sandbox.confirm(id)
            #expect(sandbox.movements("ref").map(\.amount) == [6_000])
            let late = await sandbox.card("payment_intents/\(id)", "amount=1").reply?.json["error"]
            #expect(late?["code"].string == "payment_intent_unexpected_state")
            let words = await sandbox.card("payment_intents/\(id)", "metadata=").reply?.json
            #expect(words?["metadata"]["b"].exists == false && words?["description"].string == "Other")
            #expect(sandbox.movements("ref").count == 1)
        }
    }

    @Test func `charges are modified but not their money`() async throws {
        try await TestSandbox.run { sandbox in
            let form = "amount=5000&currency=usd&source=tok_visa&metadata[a]=1"
            let id = try #require(await sandbox.card("charges", form).reply?.json["id"].string)
            let changed = await sandbox.card("charges/\(id)", "metadata[b]=2&description=Other").reply?.json
            #expect(changed?["metadata"]["a"].string == "1" && changed?["metadata"]["b"].string == "2")
            #expect(changed?["description"].string == "Other")
            let refused = await sandbox.card("charges/\(id)", "amount=1").reply?.json["error"]
            #expect(refused?["code"].string == "parameter_unknown")
        }
    }

    @Test func `refunds are retrieved`() async throws {
        try await TestSandbox.run { sandbox in
            let form = "amount=5000&currency=usd&source=tok_visa"
            let charge = await sandbox.card("charges", form).reply?.json["id"].string ?? ""
            let made = await sandbox.card("refunds", "charge=\(charge)&amount=700").reply?.json["id"].string ?? ""
            let found = await sandbox.card("refunds/\(made)").reply?.json
            #expect(found?["amount"].int == 700 && found?["status"].string == "succeeded")
            #expect(await sandbox.card("refunds/re_none").reply?.status == 404)
        }
    }

    @Test func `booleans may begin with a capital`() async throws {
        try await TestSandbox.run { sandbox in
            let held = await sandbox.card("charges", "amount=5000&currency=usd&source=tok_visa&capture=False").reply
            #expect(held?.json["captured"].bool == false)
            let paid = await sandbox.card(
                "payment_intents", "amount=5000&currency=usd&payment_method=pm_card_visa&confirm=True"
            ).reply
            #expect(paid?.json["status"].string == "succeeded")
            let asked = await sandbox.card(
                "payment_intents",
                "amount=5000&currency=usd&payment_method=pm_card_threeDSecure2Required&confirm=True&off_session=True"
            ).reply
            #expect(asked?.json["error"]["decline_code"].string == "authentication_required")
            let odd = await sandbox.card("charges", "amount=5000&currency=usd&source=tok_visa&capture=TRUE").reply
            #expect(odd?.json["error"]["code"].string == "parameter_invalid_boolean")
        }
    }

    @Test func `published names`() async throws {
        try await TestSandbox.run { sandbox in
            let declined = try await sandbox.intent("declined", token: "pm_card_chargeDeclined")
            #expect(await sandbox.confirm(declined).reply?.json["error"]["decline_code"].string == "generic_decline")
            let asked = try await sandbox.intent("asked", token: "pm_card_threeDSecure2Required")
            #expect(await sandbox.confirm(asked).reply?.json["status"].string == "requires_action")
        }
    }
}
