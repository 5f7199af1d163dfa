import Sandbox
import Testing

/// The idempotency layer, rule by rule (docs/protocols/card.md, 5.1).
@Suite struct CardIdempotencyTests {
    private let form = "amount=5000&currency=usd&source=tok_visa&metadata[reference]=ref"

    @Test func `replays the first answer`() async throws {
        try await TestSandbox.run { sandbox in
            let first = try #require(await sandbox.card("charges", form, key: "k").reply)
            let second = try #require(await sandbox.card("charges", form, key: "k").reply)
            #expect(second.status == 200)
            #expect(second.body == first.body)
            #expect(first.header("idempotent-replayed") == nil)
            #expect(first.header("original-request") == first.header("request-id"))
            #expect(second.header("idempotent-replayed") == "true")
            #expect(second.header("original-request") == first.header("request-id"))
            #expect(second.header("request-id") != first.header("request-id"))
            #expect(second.header("idempotency-key") == "k")
            #expect(sandbox.movements("ref").count == 1)
        }
    }

    @Test func `order and spelling of parameters do not matter`() async throws {
        try await TestSandbox.run { sandbox in
            _ = await sandbox.card("charges", form, key: "k")
            let other = "metadata%5Breference%5D=ref&source=tok_visa&currency=usd&amount=5000"
            #expect(await sandbox.card("charges", other, key: "k").reply?.header("idempotent-replayed") == "true")
        }
    }

    @Test func `other parameters or address are an error`() async throws {
        try await TestSandbox.run { sandbox in
            _ = await sandbox.card("charges", form, key: "k")
            let other = await sandbox.card("charges", form.replacing("5000", with: "5001"), key: "k").reply
            #expect(other?.status == 400)
            #expect(other?.json["error"]["type"].string == "idempotency_error")
            #expect(other?.json["error"]["code"].exists == false)
            let elsewhere = await sandbox.card("payment_intents", "amount=5000&currency=usd", key: "k").reply
            #expect(elsewhere?.json["error"]["type"].string == "idempotency_error")
            #expect(sandbox.server.movements.count == 1)
        }
    }

    @Test func `without a key nothing protects`() async throws {
        try await TestSandbox.run { sandbox in
            _ = await sandbox.card("charges", form)
            _ = await sandbox.card("charges", form)
            #expect(sandbox.movements("ref").count == 2)
        }
    }

    @Test func `refusals and errors that ran are stored`() async throws {
        try await TestSandbox.run { sandbox in
            for (source, status) in [
                ("tok_chargeDeclined", 402), ("tok_sandbox_errorAfterExecuting", 500),
                ("tok_sandbox_errorWithoutExecuting", 500),
            ] {
                let body = form.replacing("tok_visa", with: source)
                let first = try #require(await sandbox.card("charges", body, key: source).reply)
                let second = try #require(await sandbox.card("charges", body, key: source).reply)
                #expect(first.status == status)
                #expect(second.status == status)
                #expect(second.body == first.body)
                #expect(second.header("idempotent-replayed") == "true")
                #expect(second.header("stripe-should-retry") == "false")
            }
            #expect(sandbox.server.movements.count == 1)
        }
    }

    @Test func `what never ran is not stored`() async throws {
        try await TestSandbox.run { sandbox in
            let unknown = await sandbox.card("charges", form + "&colour=red", key: "k").reply
            #expect(unknown?.json["error"]["code"].string == "parameter_unknown")
            let headers = ["Authorization": "Bearer sk_test_other", "Idempotency-Key": "k"]
            #expect(await sandbox.post("/card/v1/charges", form: form, headers: headers).reply?.status == 401)
            let good = try #require(await sandbox.card("charges", form, key: "k").reply)
            #expect(good.status == 200)
            #expect(good.header("idempotent-replayed") == nil)
        }
    }

    @Test func `keys are forgotten`() async throws {
        try await TestSandbox.run { sandbox in
            _ = await sandbox.card("charges", form, key: "k")
            await sandbox.clock.advance(24 * 3_600_000 - 1)
            _ = await sandbox.card("charges", form, key: "k")
            #expect(sandbox.movements("ref").count == 1)
            await sandbox.clock.advance(1)
            _ = await sandbox.card("charges", form, key: "k")
            #expect(sandbox.movements("ref").count == 2)
        }
    }

    @Test func `a replay is a snapshot`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.intent("ref", token: "tok_sandbox_succeedsLater")
            _ = await sandbox.confirm(id)
            await sandbox.clock.advance(5_000)
            #expect(await sandbox.confirm(id).reply?.json["status"].string == "processing")
            #expect(await sandbox.intentStatus(id) == "succeeded")
        }
    }

    @Test func `long keys are refused`() async throws {
        try await TestSandbox.run { sandbox in
            let key = String(repeating: "k", count: 256)
            #expect(await sandbox.card("charges", form, key: key).reply?.status == 400)
            #expect(await sandbox.card("charges", form, key: String(key.dropLast())).reply?.status == 200)
        }
    }
}
