import Foundation
import Testing

@testable import Sandbox

/// TMoney Online (`protocols/tmoney.md`, section A).
@Suite struct TMoneyOnlineTests {
    private func register(_ practice: Practice) throws {
        try practice.server.register(
            SandboxRegistration(
                operator: .tmoneyOnline, account: SandboxCredentials.tmoneyOnlineMerchant,
                callbackURL: "http://partner.example/online?token=t"))
    }

    private func session(_ practice: Practice) async throws -> String {
        let target = "/tmoney-online/online/online.php?merchantid=\(SandboxCredentials.tmoneyOnlineMerchant)"
        let text = try #require(await practice.get(target).reply?.text)
        #expect(text.hasPrefix("OK:") && text.utf8.count == 35)
        return String(text.dropFirst(3))
    }

    private func form(
        _ practice: Practice, _ session: String, amount: Int64, more: String = "", reference: String = "ref"
    ) async -> Wire.Reply? {
        await practice.post(
            "/tmoney-online/online/online.php",
            form: "sessionid=\(session)&merchantid=\(SandboxCredentials.tmoneyOnlineMerchant)&amount=\(amount)"
                + "&currency=952&purchaseref=\(reference)&brand=Shop&description=Chaussures&text=Merci&language=fr"
                + "&accepturl=https://s.example/ok&declineurl=https://s.example/no&cancelurl=https://s.example/stop\(more)"
        ).reply
    }

    private func step(_ practice: Practice, _ session: String, _ form: String) async -> Wire.Reply? {
        await practice.post("/tmoney-online/pay/\(session)", form: form).reply
    }

    @Test func aSessionIsPlainText() async throws {
        try await Practice.run { practice in
            _ = try await session(practice)
            let unknown = await practice.get("/tmoney-online/online/online.php?merchantid=1").reply
            #expect(
                unknown?.text == "NOK:UNKNOWN_MERCHANT"
                    && unknown?.header("content-type")?.hasPrefix("text/plain") == true)
        }
    }

    @Test func aPersonPaysWithPINAndCode() async throws {
        try await Practice.run { practice in
            try register(practice)
            let id = try await session(practice)
            let page = await form(practice, id, amount: 5_000)
            #expect(page?.text.contains("Shop: 5000 XOF") == true && page?.text.contains("name=\"phone\"") == true)
            let second = await step(practice, id, "decision=login&phone=22890112233&pin=1234")
            #expect(second?.text.contains("name=\"code\"") == true)
            let end = await step(practice, id, "decision=code&code=123456")
            #expect(end?.status == 303 && end?.header("location") == "https://s.example/ok")
            await practice.clock.settle()
            let url = try #require(practice.bin.arrivals.first?.callback.url)
            #expect(
                url.hasPrefix(
                    "http://partner.example/online?token=t&purchaseref=ref&amount=5000&currency=952&status=OK&"))
            for name in ["clientid", "cname", "mobile=22890112233", "paymentref", "payid", "timestamp", "error="] {
                #expect(url.contains("&\(name)"))
            }
            #expect(practice.movements("ref").map(\.party) == ["22890112233"])
            #expect(await step(practice, id, "decision=code&code=123456")?.text.contains("has ended: OK") == true)
        }
    }

    @Test func threeWrongPINsBlockAndAWrongCodeEnds() async throws {
        try await Practice.run { practice in
            try register(practice)
            let blocked = try await session(practice)
            _ = await form(practice, blocked, amount: 5_000, more: "&phonennumber=22890112233")
            for number in 1...2 {
                let page = await step(practice, blocked, "decision=login&pin=0000")
                #expect(page?.text.contains("\(number) of 3") == true)
            }
            #expect(
                await step(practice, blocked, "decision=login&pin=0000")?.header("location") == "https://s.example/no")
            let wrong = try await session(practice)
            _ = await form(practice, wrong, amount: 5_000, more: "&phonennumber=22890112233", reference: "ref2")
            _ = await step(practice, wrong, "decision=login&pin=1234")
            #expect(await step(practice, wrong, "decision=code&code=0")?.header("location") == "https://s.example/stop")
            await practice.clock.settle()
            let urls = practice.bin.arrivals.map(\.callback.url)
            #expect(urls.count == 2 && practice.server.movements.isEmpty)
            #expect(urls.contains { $0.contains("status=NOK") && $0.hasSuffix("error=AUTHENTICATION") })
            #expect(urls.contains { $0.contains("status=NOK") && $0.hasSuffix("error=CANCEL") })
        }
    }

    @Test func theFormHasRulesAndTheSessionEnds() async throws {
        try await Practice.run { practice in
            let id = try await session(practice)
            #expect(await form(practice, id, amount: 99)?.status == 400)
            #expect(await form(practice, id, amount: 5_000, more: "&phonennumber=123")?.status == 400)
            #expect(await form(practice, "none", amount: 5_000)?.status == 410)
            #expect(await form(practice, id, amount: 5_000)?.status == 200)
            #expect(await form(practice, id, amount: 5_000)?.status == 200)
            #expect(await form(practice, id, amount: 5_001)?.status == 400)
            #expect(practice.count("form", "ref") == 1)
            await practice.clock.advance(180_000)
            #expect(await form(practice, id, amount: 5_000)?.status == 410)
            await practice.clock.advance(10_000)
            #expect(practice.bin.arrivals.isEmpty && practice.server.movements.isEmpty)
        }
    }

    @Test(arguments: SandboxScenario.tmoneyOnline) func booksAgree(_ scenario: SandboxScenario) async throws {
        try await Practice.run { practice in
            try register(practice)
            let id = try await session(practice)
            #expect(await form(practice, id, amount: scenario.amount)?.status == 200)
            await practice.clock.advance(10_000)
            let amounts = practice.movements("ref").map(\.amount)
            switch scenario.execution {
            case .executed: #expect(amounts == [scenario.amount])
            case .executedDifferently: #expect(amounts == [scenario.amount + 1])
            case .notExecuted, .executedIfRepeated: #expect(amounts.isEmpty)
            }
            let times =
                ["duplicate_callback": 3, "fault_abandoned": 0, "fault_notification_lost": 0][scenario.name] ?? 1
            #expect(practice.bin.arrivals.count == times)
        }
    }
}
