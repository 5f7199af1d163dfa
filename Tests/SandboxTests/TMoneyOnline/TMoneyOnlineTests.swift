import Foundation
import Testing

@testable import Sandbox

/// TMoney Online (docs/protocols/tmoney.md, A).
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

    private func delete(_ practice: Practice, _ target: String) async -> Wire.Reply? {
        await Wire.exchange(port: practice.port, "DELETE", target).reply
    }

    private func step(_ practice: Practice, _ session: String, _ form: String) async -> Wire.Reply? {
        await practice.post("/tmoney-online/pay/\(session)", form: form).reply
    }

    @Test func `a session is plain text`() async throws {
        try await Practice.run { practice in
            _ = try await session(practice)
            let unknown = await practice.get("/tmoney-online/online/online.php?merchantid=1").reply
            #expect(
                unknown?.text == "NOK:UNKNOWN_MERCHANT"
                    && unknown?.header("content-type")?.hasPrefix("text/plain") == true)
        }
    }

    @Test func `a person pays with PIN and code`() async throws {
        try await Practice.run { practice in
            try register(practice)
            let id = try await session(practice)
            let page = await form(practice, id, amount: 5_000)
            #expect(page?.text.contains("Shop: 5000 XOF") == true && page?.text.contains("name=\"phone\"") == true)
            let second = await step(practice, id, "decision=login&phone=22890112233&pin=1234")
            #expect(second?.text.contains("name=\"code\"") == true)
            let end = await step(practice, id, "decision=code&code=123456")
            // The last page waits for "Confirm"; the notification does not.
            #expect(end?.status == 200 && end?.text.contains("value=\"confirm\"") == true)
            await practice.clock.settle()
            #expect(practice.bin.arrivals.count == 1)
            let confirmed = await step(practice, id, "decision=confirm")
            #expect(confirmed?.status == 303 && confirmed?.header("location") == "https://s.example/ok")
            await practice.clock.settle()
            #expect(practice.bin.arrivals.count == 1)
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

    @Test func `three wrong PINs block and a wrong code ends`() async throws {
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
            // The wallet is blocked, whatever its PIN, in every session.
            let again = try await session(practice)
            _ = await form(practice, again, amount: 5_000, more: "&phonennumber=22890112233", reference: "ref1")
            #expect(
                await step(practice, again, "decision=login&pin=1234")?.header("location") == "https://s.example/no")
            let list = await practice.get("/_blocked").reply?.json["blocked"]
            #expect(list?[0]["phone"].string == "22890112233" && list?[0]["operator"].string == "tmoney-online")
            #expect(await delete(practice, "/_blocked?phone=22890999999")?.json["blocked"].count == 1)
            #expect(await delete(practice, "/_blocked?operator=bank")?.status == 400)
            #expect(await delete(practice, "/_blocked")?.json["blocked"].count == 0)
            let wrong = try await session(practice)
            _ = await form(practice, wrong, amount: 5_000, more: "&phonennumber=22890112233", reference: "ref2")
            _ = await step(practice, wrong, "decision=login&pin=1234")
            #expect(await step(practice, wrong, "decision=code&code=0")?.header("location") == "https://s.example/stop")
            await practice.clock.settle()
            let urls = practice.bin.arrivals.map(\.callback.url)
            #expect(urls.count == 3 && practice.server.movements.isEmpty)
            #expect(urls.contains { $0.contains("status=NOK") && $0.hasSuffix("error=AUTHENTICATION") })
            #expect(urls.contains { $0.contains("status=NOK") && $0.hasSuffix("error=CANCEL") })
        }
    }

    @Test func `a refused payer tries again on the same page`() async throws {
        try await Practice.run { practice in
            try register(practice)
            let id = try await session(practice)
            _ = await form(practice, id, amount: 5_000, more: "&phonennumber=22890112233")
            #expect(await step(practice, id, "decision=cancel")?.header("location") == "https://s.example/stop")
            #expect(await practice.get("/tmoney-online/pay/\(id)").reply?.text.contains("Try again") == true)
            #expect(await step(practice, id, "decision=again")?.text.contains("name=\"pin\"") == true)
            _ = await step(practice, id, "decision=cancel")
            // The browser's way back posts the form once more.
            #expect(await form(practice, id, amount: 5_000, more: "&phonennumber=22890112233")?.status == 200)
            _ = await step(practice, id, "decision=login&pin=1234")
            #expect(await step(practice, id, "decision=code&code=123456")?.text.contains("has ended: OK") == true)
            await practice.clock.settle()
            let urls = practice.bin.arrivals.map(\.callback.url)
            #expect(urls.count == 3 && urls.count { $0.contains("status=NOK") } == 2)
            let numbers = Set(urls.compactMap { $0.split(separator: "&").first { $0.hasPrefix("payid=") } })
            #expect(numbers.count == 3 && practice.movements("ref").count == 1)
            #expect(await step(practice, id, "decision=again")?.text.contains("has ended: OK") == true)
            #expect(await form(practice, id, amount: 5_000, more: "&phonennumber=22890112233")?.status == 410)
        }
    }

    @Test func `an ended session is not tried again`() async throws {
        try await Practice.run { practice in
            try register(practice)
            let id = try await session(practice)
            _ = await form(practice, id, amount: 5_000)
            _ = await step(practice, id, "decision=cancel")
            await practice.clock.advance(180_000)
            _ = await step(practice, id, "decision=again")
            _ = await step(practice, id, "decision=login&phone=22890112233&pin=1234")
            #expect(await form(practice, id, amount: 5_000)?.status == 410)
            #expect(practice.server.movements.isEmpty)
        }
    }

    @Test func `only listed callers are served once a list is set`() async throws {
        try await Practice.run { practice in
            func callers(_ addresses: String) async -> Wire.Reply? {
                await practice.post(
                    "/_callers", json: #"{"operator":"tmoney-online","addresses":[\#(addresses)]}"#, method: "PUT"
                ).reply
            }
            let target = "/tmoney-online/online/online.php?merchantid=\(SandboxCredentials.tmoneyOnlineMerchant)"
            #expect(await callers(#""10.0.0.1""#)?.status == 200)
            #expect(await practice.get(target).reply?.text == "NOK:UNKNOWN_MERCHANT")
            #expect(await practice.get("/_callers").reply?.json["callers"][0]["addresses"][0].string == "10.0.0.1")
            #expect(await callers(#""10.0.0.1","127.0.0.1""#)?.status == 200)
            _ = try await session(practice)
            #expect(await callers("")?.status == 200)
            #expect(await practice.get(target).reply?.text == "NOK:UNKNOWN_MERCHANT")
            #expect(await delete(practice, "/_callers")?.json["callers"].count == 0)
            _ = try await session(practice)
            #expect(await practice.post("/_callers", json: "{}", method: "PUT").reply?.status == 400)
        }
    }

    @Test func `blocked wallets survive a kill and sessions last as registered`() async throws {
        try await withTemporaryFolder { folder in
            let copy = folder + "-killed"
            defer { try? FileManager.default.removeItem(atPath: copy) }
            try await Practice.run(folder: folder) { practice in
                let id = try await session(practice)
                _ = await form(practice, id, amount: 5_000, more: "&phonennumber=22890112233")
                for _ in 1...3 { _ = await step(practice, id, "decision=login&pin=0") }
                try FileManager.default.copyItem(atPath: folder, toPath: copy)
            }
            try await Practice.run(folder: copy) { practice in
                #expect(await practice.get("/_blocked").reply?.json["blocked"].count == 1)
                try practice.server.register(
                    SandboxRegistration(
                        operator: .tmoneyOnline, account: SandboxCredentials.tmoneyOnlineMerchant,
                        callbackURL: "http://partner.example/online", sessionSeconds: 20))
                let id = try await session(practice)
                await practice.clock.advance(20_000)
                #expect(await form(practice, id, amount: 5_000)?.status == 410)
            }
        }
    }

    @Test func `without a brand the registered name is shown`() async throws {
        try await Practice.run { practice in
            let id = try await session(practice)
            let page = await practice.post(
                "/tmoney-online/online/online.php",
                form: "sessionid=\(id)&merchantid=\(SandboxCredentials.tmoneyOnlineMerchant)&amount=5000&currency=952"
                    + "&purchaseref=r"
            ).reply
            #expect(page?.status == 200 && page?.text.contains("Practice merchant: 5000 XOF") == true)
        }
    }

    @Test func `the form has rules and the session ends`() async throws {
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

    @Test(arguments: SandboxScenario.tmoneyOnline) func `books agree`(_ scenario: SandboxScenario) async throws {
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
                [
                    "duplicate_callback": 3, "fault_refused_then_paid": 2, "fault_abandoned": 0,
                    "fault_notification_lost": 0,
                ][scenario.name] ?? 1
            #expect(practice.bin.arrivals.count == times)
        }
    }
}
