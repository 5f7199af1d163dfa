import Sandbox
import Testing

/// The idempotency layer, rule by rule (docs/protocols/card.md, 5.1).
@Suite struct CardIdempotencyTests {
    private let form = "amount=5000&currency=usd&source=tok_visa&metadata[reference]=ref"

    @Test func `replays the first answer`() async throws {
        try await Practice.run { practice in
            let first = try #require(await practice.card("charges", form, key: "k").reply)
            let second = try #require(await practice.card("charges", form, key: "k").reply)
            #expect(second.status == 200)
            #expect(second.body == first.body)
            #expect(first.header("idempotent-replayed") == nil)
            #expect(first.header("original-request") == first.header("request-id"))
            #expect(second.header("idempotent-replayed") == "true")
            #expect(second.header("original-request") == first.header("request-id"))
            #expect(second.header("request-id") != first.header("request-id"))
            #expect(second.header("idempotency-key") == "k")
            #expect(practice.movements("ref").count == 1)
        }
    }

    @Test func `order and spelling of parameters do not matter`() async throws {
        try await Practice.run { practice in
            _ = await practice.card("charges", form, key: "k")
            let other = "metadata%5Breference%5D=ref&source=tok_visa&currency=usd&amount=5000"
            #expect(await practice.card("charges", other, key: "k").reply?.header("idempotent-replayed") == "true")
        }
    }

    @Test func `other parameters or address are an error`() async throws {
        try await Practice.run { practice in
            _ = await practice.card("charges", form, key: "k")
            let other = await practice.card("charges", form.replacing("5000", with: "5001"), key: "k").reply
            #expect(other?.status == 400)
            #expect(other?.json["error"]["type"].string == "idempotency_error")
            #expect(other?.json["error"]["code"].exists == false)
            let elsewhere = await practice.card("payment_intents", "amount=5000&currency=usd", key: "k").reply
            #expect(elsewhere?.json["error"]["type"].string == "idempotency_error")
            #expect(practice.server.movements.count == 1)
        }
    }

    @Test func `without a key nothing protects`() async throws {
        try await Practice.run { practice in
            _ = await practice.card("charges", form)
            _ = await practice.card("charges", form)
            #expect(practice.movements("ref").count == 2)
        }
    }

    @Test func `refusals and errors that ran are stored`() async throws {
        try await Practice.run { practice in
            for (source, status) in [
                ("tok_chargeDeclined", 402), ("tok_sandbox_errorAfterExecuting", 500),
                ("tok_sandbox_errorWithoutExecuting", 500),
            ] {
                let body = form.replacing("tok_visa", with: source)
                let first = try #require(await practice.card("charges", body, key: source).reply)
                let second = try #require(await practice.card("charges", body, key: source).reply)
                #expect(first.status == status)
                #expect(second.status == status)
                #expect(second.body == first.body)
                #expect(second.header("idempotent-replayed") == "true")
                #expect(second.header("stripe-should-retry") == "false")
            }
            #expect(practice.server.movements.count == 1)
        }
    }

    @Test func `what never ran is not stored`() async throws {
        try await Practice.run { practice in
            let unknown = await practice.card("charges", form + "&colour=red", key: "k").reply
            #expect(unknown?.json["error"]["code"].string == "parameter_unknown")
            let headers = ["Authorization": "Bearer sk_test_other", "Idempotency-Key": "k"]
            #expect(await practice.post("/card/v1/charges", form: form, headers: headers).reply?.status == 401)
            let good = try #require(await practice.card("charges", form, key: "k").reply)
            #expect(good.status == 200)
            #expect(good.header("idempotent-replayed") == nil)
        }
    }

    @Test func `keys are forgotten`() async throws {
        try await Practice.run { practice in
            _ = await practice.card("charges", form, key: "k")
            await practice.clock.advance(24 * 3_600_000 - 1)
            _ = await practice.card("charges", form, key: "k")
            #expect(practice.movements("ref").count == 1)
            await practice.clock.advance(1)
            _ = await practice.card("charges", form, key: "k")
            #expect(practice.movements("ref").count == 2)
        }
    }

    @Test func `a replay is a snapshot`() async throws {
        try await Practice.run { practice in
            let id = try await practice.intent("ref", token: "tok_sandbox_succeedsLater")
            _ = await practice.confirm(id)
            await practice.clock.advance(5_000)
            #expect(await practice.confirm(id).reply?.json["status"].string == "processing")
            #expect(await practice.intentStatus(id) == "succeeded")
        }
    }

    @Test func `long keys are refused`() async throws {
        try await Practice.run { practice in
            let key = String(repeating: "k", count: 256)
            #expect(await practice.card("charges", form, key: key).reply?.status == 400)
            #expect(await practice.card("charges", form, key: String(key.dropLast())).reply?.status == 200)
        }
    }
}
