import Sandbox
import Testing

/// What the card operator refuses before anything runs (docs/protocols/card.md, 1 and 3).
@Suite struct CardRefusalTests {
    @Test(arguments: [
        ("currency=usd&source=tok_visa", "parameter_missing", "amount"),
        ("amount=5000&source=tok_visa", "parameter_missing", "currency"),
        ("amount=5000&currency=usd", "parameter_missing", "source"),
        ("amount=5000&currency=usd&source=", "parameter_invalid_empty", "source"),
        ("amount=50.5&currency=usd&source=tok_visa", "parameter_invalid_integer", "amount"),
        ("amount=-5&currency=usd&source=tok_visa", "parameter_invalid_integer", "amount"),
        ("amount=49&currency=usd&source=tok_visa", "amount_too_small", "amount"),
        ("amount=100000000&currency=usd&source=tok_visa", "amount_too_large", "amount"),
        ("amount=5001&currency=tnd&source=tok_visa", "parameter_invalid_integer", "amount"),
        ("amount=5000&currency=usd&source=tok_nobody", "resource_missing", "source"),
        ("amount=5000&currency=usd&source=tok_visa&capture=maybe", "parameter_invalid_boolean", "capture"),
        ("amount=5000&currency=usd&source=tok_visa&colour=red", "parameter_unknown", "colour"),
        ("amount=5000&currency=usd&source=tok_visa&metadata=x", "parameter_unknown", "metadata"),
        ("amount=5000&currency=usd&source=tok_visa&metadata[a][b]=x", "parameter_unknown", "metadata[a][b]"),
        ("amount[x]=5000&currency=usd&source=tok_visa", "parameter_unknown", "amount[x]"),
        ("amount=5000&currency=usd&source=tok_visa&a[=x", "parameter_unknown", "a["),
    ])
    func `refuses`(_ form: String, _ code: String, _ param: String) async throws {
        try await TestSandbox.run { sandbox in
            let reply = try #require(await sandbox.card("charges", form, key: "k").reply)
            #expect(reply.status == 400)
            #expect(reply.json["error"]["type"].string == "invalid_request_error")
            #expect(reply.json["error"]["code"].string == code)
            #expect(reply.json["error"]["param"].string == param)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test(arguments: [("jpy", "500"), ("xof", "5000"), ("tnd", "5000"), ("usd", "50")])
    func `knows its currencies`(_ currency: String, _ amount: String) async throws {
        try await TestSandbox.run { sandbox in
            let reply = await sandbox.card("charges", "amount=\(amount)&currency=\(currency)&source=tok_visa").reply
            #expect(reply?.status == 200)
            #expect(sandbox.server.movements.first?.currency == currency.uppercased())
            let wrong = await sandbox.card("charges", "amount=\(amount)&currency=zzz&source=tok_visa").reply
            #expect(wrong?.json["error"]["param"].string == "currency")
        }
    }

    @Test func `keys of every kind`() async throws {
        try await TestSandbox.run { sandbox in
            func status(_ authorization: String?) async -> Int? {
                await Wire.exchange(
                    port: sandbox.port, "GET", "/card/v1/charges",
                    headers: authorization.map { ["Authorization": $0] } ?? [:]
                ).reply?.status
            }
            #expect(await status(nil) == 401)
            #expect(await status("Bearer sk_test_other") == 401)
            #expect(await status("Bearer pk_test_sandbox") == 401)
            #expect(await status("Bearer sk_test_sandbox") == 200)
            #expect(await status("Basic c2tfdGVzdF9zYW5kYm94Og==") == 200)
        }
    }

    @Test func `every answer carries its headers`() async throws {
        try await TestSandbox.run { sandbox in
            let good = try #require(await sandbox.card("charges?limit=1").reply)
            let bad = try #require(await sandbox.card("charges", "").reply)
            for reply in [good, bad] {
                #expect(reply.header("request-id")?.hasPrefix("req_") == true)
                #expect(reply.header("stripe-version") == "2026-10-28.endive")
                #expect(reply.header("stripe-should-retry") == "false")
            }
        }
    }

    @Test func `what is not offered is said so`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.card("refunds", "charge=ch_x").reply?.status == 404)
            #expect(
                await sandbox.card("payment_intents", "amount=5000&currency=usd&capture_method=later").reply?.status
                    == 400)
            #expect(
                await sandbox.card("charges", "amount=5000&currency=usd&source=tok_visa&capture=later").reply?.status
                    == 400)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `metadata has limits`() async throws {
        try await TestSandbox.run { sandbox in
            let key = String(repeating: "k", count: 41)
            let form = "amount=5000&currency=usd&source=tok_visa"
            #expect(await sandbox.card("charges", "\(form)&metadata[\(key)]=1").reply?.status == 400)
            let many = (0...50).map { "metadata[k\($0)]=1" }.joined(separator: "&")
            #expect(await sandbox.card("charges", "\(form)&\(many)").reply?.status == 400)
        }
    }
}
