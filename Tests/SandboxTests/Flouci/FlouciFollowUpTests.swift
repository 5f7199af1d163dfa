import Testing

@testable import Sandbox

/// Flouci's refunds, captures and releases (docs/protocols/flouci.md, 4.4), and its first version (3).
@Suite struct FlouciFollowUpTests {
    private func call(
        _ practice: Practice, _ name: String, _ body: String, bearer: String = Practice.flouciBearer
    ) async -> Wire.Reply? {
        await practice.post("/flouci/api/v2/\(name)", json: body, bearer: bearer).reply
    }

    private func held(_ practice: Practice, _ reference: String) async throws -> String {
        let body = Practice.generateBody(reference, amount: "1001").dropLast() + #","pre_authorization":true}"#
        let reply = await practice.post(
            "/flouci/api/v2/generate_payment", json: String(body), bearer: Practice.flouciBearer)
        let id = try #require(reply.reply?.json["result"]["payment_id"].string)
        await practice.visit(id)
        await practice.clock.advance(1_000)
        #expect(await practice.verify(id).reply?.json["result"]["status"].string == "PREAUTH_SUCCESS")
        return id
    }

    @Test func `a hold is captured once and given back whole`() async throws {
        try await Practice.run { practice in
            let id = try await held(practice, "t1")
            #expect(practice.server.movements.isEmpty)
            #expect(
                await call(practice, "refund_payment", #"{"payment_id":"\#(id)"}"#)?.json["code"].string
                    == "REFUND_NOT_ALLOWED")
            #expect(
                await call(practice, "confirm_payment", #"{"payment_id":"\#(id)","amount":"1002"}"#)?.json["status"]
                    .string == "error")
            let captured = await call(practice, "confirm_payment", #"{"payment_id":"\#(id)","amount":"850"}"#)?.json
            #expect(
                captured?["result"]["status"].string == "confirmed" && captured?["result"]["amount"].string == "850")
            #expect(
                await call(practice, "confirm_payment", #"{"payment_id":"\#(id)"}"#)?.json["status"].string == "error")
            #expect(
                await call(practice, "cancel_payment", #"{"payment_id":"\#(id)"}"#)?.json["status"].string == "error")
            let result = await practice.verify(id).reply?.json["result"]
            #expect(result?["status"].string == "SUCCESS" && result?["amount"].int == 850)
            let refund = await call(practice, "refund_payment", #"{"payment_id":"\#(id)"}"#)?.json["result"]
            #expect(refund?["amount"].string == "850" && refund?["refund_id"].string?.hasPrefix("ref_") == true)
            #expect(
                await call(practice, "refund_payment", #"{"payment_id":"\#(id)"}"#)?.json["code"].string
                    == "REFUND_NOT_ALLOWED")
            #expect(practice.server.movements.map(\.kind) == [.collect, .refund])
            #expect(practice.server.movements.map(\.amount) == [850, 850])
        }
    }

    @Test func `a hold is released`() async throws {
        try await Practice.run { practice in
            let id = try await held(practice, "t1")
            #expect(
                await call(practice, "cancel_payment", #"{"payment_id":"\#(id)"}"#)?.json["result"]["status"].string
                    == "cancelled")
            #expect(
                await call(practice, "confirm_payment", #"{"payment_id":"\#(id)"}"#)?.json["status"].string == "error")
            #expect(practice.server.movements.isEmpty)
        }
    }

    @Test func `credentials and bodies are checked`() async throws {
        try await Practice.run { practice in
            #expect(await call(practice, "refund_payment", #"{"payment_id":"x"}"#, bearer: "a:b")?.status == 401)
            #expect(await call(practice, "refund_payment", #"{"payment_id":"x"}"#)?.status == 404)
            #expect(await call(practice, "refund_payment", "{}")?.status == 400)
        }
    }

    @Test func `the first version has its keys elsewhere`() async throws {
        try await Practice.run { practice in
            let keys =
                #""app_token":"\#(SandboxCredentials.flouciPublicKey)","app_secret":"\#(SandboxCredentials.flouciPrivateKey)","#
            let body = Practice.generateBody("t1", amount: "1001").dropFirst()
            #expect(await practice.post("/flouci/api/generate_payment", json: "{" + body).reply?.status == 401)
            let reply = await practice.post("/flouci/api/generate_payment", json: "{" + keys + body).reply
            let id = try #require(reply?.json["result"]["payment_id"].string)
            await practice.visit(id)
            await practice.clock.advance(1_000)
            #expect(practice.bin.arrivals.isEmpty)
            #expect(await practice.get("/flouci/api/verify_payment/\(id)").reply?.status == 401)
            let headers = [
                "apppublic": SandboxCredentials.flouciPublicKey, "appsecret": SandboxCredentials.flouciPrivateKey,
            ]
            let verified = await Wire.exchange(
                port: practice.port, "GET", "/flouci/api/verify_payment/\(id)", headers: headers
            ).reply
            #expect(verified?.json["result"]["status"].string == "SUCCESS")
        }
    }

    @Test(arguments: SandboxScenario.flouciRefunds) func `books agree`(_ scenario: SandboxScenario) async throws {
        try await Practice.run { practice in
            let id = try await practice.visitedSession("ref", amount: scenario.amount)
            await practice.clock.advance(1_000)
            let sent = Task { _ = await call(practice, "refund_payment", #"{"payment_id":"\#(id)"}"#) }
            if scenario.name == "no_answer" {
                await practice.clock.awaitScheduled(in: 60_000)
                await practice.clock.advance(60_000)
            }
            await sent.value
            let refunds = practice.movements("ref").filter { $0.kind == .refund }.map(\.amount)
            #expect(refunds == (scenario.execution == .executed ? [scenario.amount] : []))
        }
    }
}
