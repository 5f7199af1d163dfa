import Foundation
import Sandbox
import Testing

/// The aggregator's wire, its magic phones, its page.
@Suite struct PayGateOperatorTests {
    private static let token = SandboxCredentials.paygateToken

    private func call(
        _ sandbox: TestSandbox, _ path: String, _ body: String, token: String = token
    ) async -> Wire.Ending {
        await sandbox.post("/paygate\(path)", json: #"{"auth_token":"\#(token)",\#(body)}"#)
    }

    private func pay(_ sandbox: TestSandbox, _ id: String, _ phone: String, token: String = token) async -> Wire.Ending
    {
        await call(
            sandbox, "/api/v1/pay",
            #""phone_number":"\#(phone)","amount":5000,"identifier":"\#(id)","network":"FLOOZ","description":"Sac""#,
            token: token)
    }

    private func disburse(_ sandbox: TestSandbox, _ id: String, _ phone: String) async -> Wire.Ending {
        await call(
            sandbox, "/api/v1/disburse",
            #""phone_number":"\#(phone)","amount":5000,"reason":"x","reference":"\#(id)","network":"FLOOZ""#)
    }

    private func status(_ sandbox: TestSandbox, _ id: String) async -> Wire.Reply? {
        await call(sandbox, "/api/v2/status", #""identifier":"\#(id)""#).reply
    }

    @Test(arguments: SandboxScenario.all.filter { $0.operator == .paygate })
    func `books agree`(_ scenario: SandboxScenario) async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.server.register(
                SandboxRegistration(operator: .paygate, account: Self.token, callbackURL: "http://partner.example/pg"))
            let phone = String(scenario.trigger.text.dropFirst(3))
            let isPayout = scenario.operation == .payout
            async let sent = isPayout ? disburse(sandbox, "p1", phone) : pay(sandbox, "p1", phone)
            if isPayout, scenario.name == "no_answer" {
                await sandbox.clock.awaitScheduled(in: 60_000)
                await sandbox.clock.advance(60_000)
            }
            let ending = await sent
            if case .stuck = ending { Issue.record("neither an answer nor an end") }
            await sandbox.clock.advance(10_000)
            let amounts = sandbox.movements("p1").map(\.amount)
            switch scenario.execution {
            case .executed, .executedIfRepeated: #expect(amounts == [5_000])
            case .executedDifferently: #expect(amounts == [5_001])
            case .notExecuted: #expect(amounts.isEmpty)
            }
            if isPayout {
                let codes = ["succeeds": 200, "insufficient_funds": 402, "declined": 404]
                #expect(ending.reply?.json["status"].int == codes[scenario.name] || codes[scenario.name] == nil)
                #expect(sandbox.bin.arrivals.isEmpty)
                return
            }
            if scenario.name == "fault_status_unavailable" {
                for _ in 1...3 { #expect(await status(sandbox, "p1")?.status == 500) }
            }
            let told = try #require(await status(sandbox, "p1")).json
            switch scenario.name {
            case "lost_answer_not_executed", "fault_html_answer": #expect(told["error_code"].int == 403)
            case "no_answer": #expect(told["status"].int == 2)
            default: #expect(told["status"].int == (amounts.isEmpty ? 6 : 0))
            }
            let callbacks = [
                "succeeds": 1, "succeeds_later": 1, "duplicate_callback": 3, "late_success": 1, "fault_wrong_amount": 1,
            ]
            #expect(sandbox.bin.arrivals.count == callbacks[scenario.name, default: 0])
            #expect(
                sandbox.bin.arrivals.allSatisfy { $0.json["identifier"].string == "p1" && !$0.json["status"].exists })
        }
    }

    @Test func `codes mean one thing per phase`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await pay(sandbox, "p1", "99000001", token: "wrong").reply?.json["status"].int == 2)
            #expect(await pay(sandbox, "p1", "22899000001").reply?.json["status"].int == 4)
            #expect(await pay(sandbox, "p1", "99000001").reply?.json["status"].int == 0)
            #expect(await pay(sandbox, "p1", "99000001").reply?.json["status"].int == 6)
            #expect(await status(sandbox, "p1")?.json["status"].int == 2)
            await sandbox.clock.advance(1_000)
            let told = try #require(await status(sandbox, "p1")).json
            #expect(told["status"].int == 0 && told["payment_method"].string == "FLOOZ")
            let reference = try #require(told["tx_reference"].string)
            let other = await call(sandbox, "/api/v1/status", #""tx_reference":"\#(reference)""#).reply
            #expect(other?.json["identifier"].string == "p1")
            let denied = await call(sandbox, "/api/v2/status", #""identifier":"p1""#, token: "x").reply?.json
            #expect(denied?["error_code"].int == 403 && denied?["status"].exists == false)
            #expect(sandbox.server.movements.count == 1)
        }
    }

    @Test func `forms are taken too`() async throws {
        try await TestSandbox.run { sandbox in
            let form = "auth_token=\(Self.token)&phone_number=90000001&amount=25&identifier=f1&network=TMONEY"
            #expect(await sandbox.post("/paygate/api/v1/pay", form: form).reply?.json["status"].int == 0)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.movements("f1").map(\.amount) == [25])
            #expect(await status(sandbox, "f1")?.json["payment_method"].string == "T-Money")
        }
    }

    @Test func `payouts and the balance`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await disburse(sandbox, "d1", "99111111").reply?.json["status"].int == 200)
            #expect(sandbox.movements("d1").map(\.kind) == [.payout])
            #expect(await disburse(sandbox, "d1", "99111111").reply?.json["status"].int == 409)
            let balance = await sandbox.post(
                "/paygate/api/v1/check-balance", json: #"{"auth_token":"\#(Self.token)"}"#)
            #expect(balance.reply?.json["flooz"].int == 49_995_000)
            let denied = await sandbox.post("/paygate/api/v1/disburse", json: #"{"auth_token":"x"}"#)
            #expect(denied.reply?.json["status"].int == 403)
        }
    }

    @Test func `a person pays on the page or the phone`() async throws {
        try await TestSandbox.run { sandbox in
            func page(_ id: String, _ token: String = Self.token) -> String {
                "/paygate/v1/page?token=\(token)&amount=5000&description=Sac&identifier=\(id)&url=https%3A%2F%2Fshop.example%2Fok&network=FLOOZ"
            }
            #expect(await sandbox.get(page("w1", "wrong")).reply?.status == 400)
            #expect(await sandbox.get(page("w1")).reply?.text.contains("Pay") == true)
            #expect(await status(sandbox, "w1")?.json["error_code"].int == 403)
            let paid = try #require(await sandbox.post(page("w1"), form: "decision=pay").reply)
            #expect(paid.status == 303 && paid.header("location") == "https://shop.example/ok")
            _ = await sandbox.post(page("w1"), form: "decision=pay")
            _ = await sandbox.post(page("w2"), form: "decision=refuse")
            #expect(sandbox.server.movements.map(\.reference) == ["w1"])
            #expect(await status(sandbox, "w2")?.json["status"].int == 6)
            _ = await pay(sandbox, "w3", "99123456")
            #expect(await sandbox.get("/paygate/phones/99123456").reply?.text.contains("5000 XOF") == true)
            _ = await sandbox.post("/paygate/phones/99123456/w3", form: "decision=approve")
            #expect(sandbox.movements("w3").count == 1)
            _ = await pay(sandbox, "w4", "99123456")
            await sandbox.clock.advance(120_000)
            #expect(await status(sandbox, "w4")?.json["status"].int == 4)
        }
    }
}
