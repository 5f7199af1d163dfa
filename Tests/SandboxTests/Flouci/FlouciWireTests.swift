import Sandbox
import Testing

/// Shapes and refusals of the hosted-page interface (docs/protocols/flouci.md, 4).
@Suite struct FlouciWireTests {
    @Test func `generate answers in the documented shape`() async throws {
        try await TestSandbox.run(publicURL: "http://sandbox.example") { sandbox in
            let reply = try #require(await sandbox.generate("t1", amount: 5000).reply)
            #expect(reply.status == 200)
            #expect(reply.json.names == ["result", "name", "code", "version"])
            #expect(reply.json["result"]["success"].bool == true)
            #expect(reply.json["result"]["developer_tracking_id"].string == "t1")
            let id = try #require(reply.json["result"]["payment_id"].string)
            #expect(id.count == 22)
            #expect(reply.json["result"]["link"].string == "http://sandbox.example/flouci/pay/\(id)")
        }
    }

    @Test func `keys are required`() async throws {
        try await TestSandbox.run { sandbox in
            let body = TestSandbox.generateBody("t1", amount: "1001")
            for bearer in [nil, "x:y", SandboxCredentials.flouciPublicKey] {
                let reply = await sandbox.post("/flouci/api/v2/generate_payment", json: body, bearer: bearer).reply
                #expect(reply?.status == 401)
                #expect(reply?.json["result"]["status"].int == 401)
                #expect(await sandbox.get("/flouci/api/v2/verify_payment/x", bearer: bearer).reply?.status == 401)
            }
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test(arguments: ["0", "-5", "1.5", "\"1.5\"", "\"\"", "null", "true"])
    func `refuses a wrong amount`(_ amount: String) async throws {
        try await TestSandbox.run { sandbox in
            let body = TestSandbox.generateBody("t1", amount: amount)
            let reply = await sandbox.post(
                "/flouci/api/v2/generate_payment", json: body, bearer: TestSandbox.flouciBearer
            ).reply
            #expect(reply?.status == 400)
            #expect(reply?.json["result"]["message"].string == "Bad Request")
        }
    }

    @Test func `refuses a body that breaks a rule`() async throws {
        let good = TestSandbox.generateBody("t1", amount: "1001")
        try await TestSandbox.run { sandbox in
            for (original, wrong) in [
                ("https://shop.example/ok", "shop.example/ok"), (#""fail_link""#, #""fail""#),
                (#""session_timeout_secs":1200"#, #""session_timeout_secs":0"#),
                (#""accept_card":true"#, #""accept_card":"true""#),
                (#""accept_card":true"#, #""destination":[{"amount":1002,"destination":"1"}]"#),
            ] {
                let body = good.replacing(original, with: wrong)
                #expect(body != good)
                let target = "/flouci/api/v2/generate_payment"
                let reply = await sandbox.post(target, json: body, bearer: TestSandbox.flouciBearer).reply
                #expect(reply?.status == 400)
            }
        }
    }

    @Test func `amount may be decimal text`() async throws {
        try await TestSandbox.run { sandbox in
            let body = TestSandbox.generateBody("t1", amount: "\"1001\"")
            let target = "/flouci/api/v2/generate_payment"
            let reply = await sandbox.post(target, json: body, bearer: TestSandbox.flouciBearer).reply
            await sandbox.visit(try #require(reply?.json["result"]["payment_id"].string))
            await sandbox.clock.advance(1_000)
            #expect(sandbox.movements("t1").map(\.amount) == [1001])
        }
    }

    @Test func `unknown payment is the documented404`() async throws {
        try await TestSandbox.run { sandbox in
            let reply = await sandbox.verify("nothing").reply
            #expect(reply?.status == 404)
            #expect(reply?.json["result"]["message"].string == "Payment not found")
        }
    }

    @Test func `tracking IDs are not unique`() async throws {
        try await TestSandbox.run { sandbox in
            let first = try await sandbox.visitedSession("t1", amount: 1001)
            let second = try await sandbox.visitedSession("t1", amount: 1001)
            #expect(first != second)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.movements("t1").count == 2)
        }
    }

    @Test func `sessions lapse`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.session("t1", amount: 5000)
            await sandbox.clock.advance(1_199_999)
            #expect(await sandbox.verify(id).reply?.json["result"]["status"].string == "PENDING")
            await sandbox.clock.advance(1)
            #expect(await sandbox.verify(id).reply?.json["result"]["status"].string == "EXPIRED")
            _ = await sandbox.post("/flouci/pay/\(id)", form: "decision=pay")
            #expect(sandbox.server.movements.isEmpty)
        }
    }
}
