import Foundation
import Sandbox
import Testing

/// The aggregator's wire, its magic phones, its page.
@Suite struct PayGateOperatorTests {
    private static let token = SandboxCredentials.paygateToken

    private func call(_ practice: Practice, _ path: String, _ body: String, token: String = token) async -> Wire.Ending
    {
        await practice.post("/paygate\(path)", json: #"{"auth_token":"\#(token)",\#(body)}"#)
    }

    private func pay(_ practice: Practice, _ id: String, _ phone: String, token: String = token) async -> Wire.Ending {
        await call(
            practice, "/api/v1/pay",
            #""phone_number":"\#(phone)","amount":5000,"identifier":"\#(id)","network":"FLOOZ","description":"Sac""#,
            token: token)
    }

    private func disburse(_ practice: Practice, _ id: String, _ phone: String) async -> Wire.Ending {
        await call(
            practice, "/api/v1/disburse",
            #""phone_number":"\#(phone)","amount":5000,"reason":"x","reference":"\#(id)","network":"FLOOZ""#)
    }

    private func status(_ practice: Practice, _ id: String) async -> Wire.Reply? {
        await call(practice, "/api/v2/status", #""identifier":"\#(id)""#).reply
    }

    @Test(arguments: SandboxScenario.all.filter { $0.operator == .paygate })
    func `books agree`(_ scenario: SandboxScenario) async throws {
        try await Practice.run { practice in
            try practice.server.register(
                SandboxRegistration(operator: .paygate, account: Self.token, callbackURL: "http://partner.example/pg"))
            let phone = String(scenario.trigger.text.dropFirst(3))
            let isPayout = scenario.operation == .payout
            async let sent = isPayout ? disburse(practice, "p1", phone) : pay(practice, "p1", phone)
            if isPayout, scenario.name == "no_answer" {
                await practice.clock.awaitScheduled(in: 60_000)
                await practice.clock.advance(60_000)
            }
            let ending = await sent
            if case .stuck = ending { Issue.record("neither an answer nor an end") }
            await practice.clock.advance(10_000)
            let amounts = practice.movements("p1").map(\.amount)
            switch scenario.execution {
            case .executed, .executedIfRepeated: #expect(amounts == [5_000])
            case .executedDifferently: #expect(amounts == [5_001])
            case .notExecuted: #expect(amounts.isEmpty)
            }
            if isPayout {
                let codes = ["succeeds": 200, "insufficient_funds": 402, "declined": 404]
                #expect(ending.reply?.json["status"].int == codes[scenario.name] || codes[scenario.name] == nil)
                #expect(practice.bin.arrivals.isEmpty)
                return
            }
            if scenario.name == "fault_status_unavailable" {
                for _ in 1...3 { #expect(await status(practice, "p1")?.status == 500) }
            }
            let told = try #require(await status(practice, "p1")).json
            switch scenario.name {
            case "lost_answer_not_executed", "fault_html_answer": #expect(told["error_code"].int == 403)
            case "no_answer": #expect(told["status"].int == 2)
            default: #expect(told["status"].int == (amounts.isEmpty ? 6 : 0))
            }
            let callbacks = [
                "succeeds": 1, "succeeds_later": 1, "duplicate_callback": 3, "late_success": 1, "fault_wrong_amount": 1,
            ]
            #expect(practice.bin.arrivals.count == callbacks[scenario.name, default: 0])
            #expect(
                practice.bin.arrivals.allSatisfy { $0.json["identifier"].string == "p1" && !$0.json["status"].exists })
        }
    }

    @Test func `codes mean one thing per phase`() async throws {
        try await Practice.run { practice in
            #expect(await pay(practice, "p1", "99000001", token: "wrong").reply?.json["status"].int == 2)
            #expect(await pay(practice, "p1", "22899000001").reply?.json["status"].int == 4)
            #expect(await pay(practice, "p1", "99000001").reply?.json["status"].int == 0)
            #expect(await pay(practice, "p1", "99000001").reply?.json["status"].int == 6)
            #expect(await status(practice, "p1")?.json["status"].int == 2)
            await practice.clock.advance(1_000)
            let told = try #require(await status(practice, "p1")).json
            #expect(told["status"].int == 0 && told["payment_method"].string == "FLOOZ")
            let reference = try #require(told["tx_reference"].string)
            let other = await call(practice, "/api/v1/status", #""tx_reference":"\#(reference)""#).reply
            #expect(other?.json["identifier"].string == "p1")
            let denied = await call(practice, "/api/v2/status", #""identifier":"p1""#, token: "x").reply?.json
            #expect(denied?["error_code"].int == 403 && denied?["status"].exists == false)
            #expect(practice.server.movements.count == 1)
        }
    }

    @Test func `forms are taken too`() async throws {
        try await Practice.run { practice in
            let form = "auth_token=\(Self.token)&phone_number=90000001&amount=25&identifier=f1&network=TMONEY"
            #expect(await practice.post("/paygate/api/v1/pay", form: form).reply?.json["status"].int == 0)
            await practice.clock.advance(1_000)
            #expect(practice.movements("f1").map(\.amount) == [25])
            #expect(await status(practice, "f1")?.json["payment_method"].string == "T-Money")
        }
    }

    @Test func `payouts and the balance`() async throws {
        try await Practice.run { practice in
            #expect(await disburse(practice, "d1", "99111111").reply?.json["status"].int == 200)
            #expect(practice.movements("d1").map(\.kind) == [.payout])
            #expect(await disburse(practice, "d1", "99111111").reply?.json["status"].int == 409)
            let balance = await practice.post(
                "/paygate/api/v1/check-balance", json: #"{"auth_token":"\#(Self.token)"}"#)
            #expect(balance.reply?.json["flooz"].int == 49_995_000)
            let denied = await practice.post("/paygate/api/v1/disburse", json: #"{"auth_token":"x"}"#)
            #expect(denied.reply?.json["status"].int == 403)
        }
    }

    @Test func `a person pays on the page or the phone`() async throws {
        try await Practice.run { practice in
            func page(_ id: String, _ token: String = Self.token) -> String {
                "/paygate/v1/page?token=\(token)&amount=5000&description=Sac&identifier=\(id)&url=https%3A%2F%2Fshop.example%2Fok&network=FLOOZ"
            }
            #expect(await practice.get(page("w1", "wrong")).reply?.status == 400)
            #expect(await practice.get(page("w1")).reply?.text.contains("Pay") == true)
            #expect(await status(practice, "w1")?.json["error_code"].int == 403)
            let paid = try #require(await practice.post(page("w1"), form: "decision=pay").reply)
            #expect(paid.status == 303 && paid.header("location") == "https://shop.example/ok")
            _ = await practice.post(page("w1"), form: "decision=pay")
            _ = await practice.post(page("w2"), form: "decision=refuse")
            #expect(practice.server.movements.map(\.reference) == ["w1"])
            #expect(await status(practice, "w2")?.json["status"].int == 6)
            _ = await pay(practice, "w3", "99123456")
            #expect(await practice.get("/paygate/phones/99123456").reply?.text.contains("5000 XOF") == true)
            _ = await practice.post("/paygate/phones/99123456/w3", form: "decision=approve")
            #expect(practice.movements("w3").count == 1)
            _ = await pay(practice, "w4", "99123456")
            await practice.clock.advance(120_000)
            #expect(await status(practice, "w4")?.json["status"].int == 4)
        }
    }
}
