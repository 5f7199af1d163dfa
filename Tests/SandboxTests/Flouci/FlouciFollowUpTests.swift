import Testing

@testable import Sandbox

/// Flouci's refunds, captures and releases (docs/protocols/flouci.md, 4.4), and its first version (3).
@Suite struct FlouciFollowUpTests {
    private func call(
        _ sandbox: TestSandbox, _ name: String, _ body: String, bearer: String = TestSandbox.flouciBearer
    ) async -> Wire.Reply? {
        await sandbox.post("/flouci/api/v2/\(name)", json: body, bearer: bearer).reply
    }

    private func held(_ sandbox: TestSandbox, _ reference: String) async throws -> String {
        let body = TestSandbox.generateBody(reference, amount: "1001").dropLast() + #","pre_authorization":true}"#
        let reply = await sandbox.post(
            "/flouci/api/v2/generate_payment", json: String(body), bearer: TestSandbox.flouciBearer)
        let id = try #require(reply.reply?.json["result"]["payment_id"].string)
        await sandbox.visit(id)
        await sandbox.clock.advance(1_000)
        #expect(await sandbox.verify(id).reply?.json["result"]["status"].string == "PREAUTH_SUCCESS")
        return id
    }

    @Test func `a hold is captured once and given back whole`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await held(sandbox, "t1")
            #expect(sandbox.server.movements.isEmpty)
            #expect(
                await call(sandbox, "refund_payment", #"{"payment_id":"\#(id)"}"#)?.json["code"].string
                    == "REFUND_NOT_ALLOWED")
            #expect(
                await call(sandbox, "confirm_payment", #"{"payment_id":"\#(id)","amount":"1002"}"#)?.json["status"]
                    .string == "error")
            let captured = await call(sandbox, "confirm_payment", #"{"payment_id":"\#(id)","amount":"850"}"#)?.json
            #expect(
                captured?["result"]["status"].string == "confirmed" && captured?["result"]["amount"].string == "850")
            #expect(
                await call(sandbox, "confirm_payment", #"{"payment_id":"\#(id)"}"#)?.json["status"].string == "error")
            #expect(
                await call(sandbox, "cancel_payment", #"{"payment_id":"\#(id)"}"#)?.json["status"].string == "error")
            let result = await sandbox.verify(id).reply?.json["result"]
            #expect(result?["status"].string == "SUCCESS" && result?["amount"].int == 850)
            let refund = await call(sandbox, "refund_payment", #"{"payment_id":"\#(id)"}"#)?.json["result"]
            #expect(refund?["amount"].string == "850" && refund?["refund_id"].string?.hasPrefix("ref_") == true)
            #expect(
                await call(sandbox, "refund_payment", #"{"payment_id":"\#(id)"}"#)?.json["code"].string
                    == "REFUND_NOT_ALLOWED")
            #expect(sandbox.server.movements.map(\.kind) == [.collect, .refund])
            #expect(sandbox.server.movements.map(\.amount) == [850, 850])
        }
    }

    @Test func `a hold is released`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await held(sandbox, "t1")
            #expect(
                await call(sandbox, "cancel_payment", #"{"payment_id":"\#(id)"}"#)?.json["result"]["status"].string
                    == "cancelled")
            #expect(
                await call(sandbox, "confirm_payment", #"{"payment_id":"\#(id)"}"#)?.json["status"].string == "error")
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `credentials and bodies are checked`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await call(sandbox, "refund_payment", #"{"payment_id":"x"}"#, bearer: "a:b")?.status == 401)
            #expect(await call(sandbox, "refund_payment", #"{"payment_id":"x"}"#)?.status == 404)
            #expect(await call(sandbox, "refund_payment", "{}")?.status == 400)
        }
    }

    @Test func `the first version has its keys elsewhere`() async throws {
        try await TestSandbox.run { sandbox in
            let keys =
                #""app_token":"\#(SandboxCredentials.flouciPublicKey)","app_secret":"\#(SandboxCredentials.flouciPrivateKey)","#
            let body = TestSandbox.generateBody("t1", amount: "1001").dropFirst()
            #expect(await sandbox.post("/flouci/api/generate_payment", json: "{" + body).reply?.status == 401)
            let reply = await sandbox.post("/flouci/api/generate_payment", json: "{" + keys + body).reply
            let id = try #require(reply?.json["result"]["payment_id"].string)
            await sandbox.visit(id)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.bin.arrivals.isEmpty)
            #expect(await sandbox.get("/flouci/api/verify_payment/\(id)").reply?.status == 401)
            let headers = [
                "apppublic": SandboxCredentials.flouciPublicKey, "appsecret": SandboxCredentials.flouciPrivateKey,
            ]
            let verified = await Wire.exchange(
                port: sandbox.port, "GET", "/flouci/api/verify_payment/\(id)", headers: headers
            ).reply
            #expect(verified?.json["result"]["status"].string == "SUCCESS")
        }
    }

    @Test(arguments: SandboxScenario.flouciRefunds) func `books agree`(_ scenario: SandboxScenario) async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.visitedSession("ref", amount: scenario.amount)
            await sandbox.clock.advance(1_000)
            let sent = Task { _ = await call(sandbox, "refund_payment", #"{"payment_id":"\#(id)"}"#) }
            if scenario.name == "no_answer" {
                await sandbox.clock.awaitScheduled(in: 60_000)
                await sandbox.clock.advance(60_000)
            }
            await sent.value
            let refunds = sandbox.movements("ref").filter { $0.kind == .refund }.map(\.amount)
            #expect(refunds == (scenario.execution == .executed ? [scenario.amount] : []))
        }
    }
}
