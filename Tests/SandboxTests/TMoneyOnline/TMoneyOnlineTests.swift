import Foundation
import Testing

@testable import Sandbox

/// TMoney Online (docs/protocols/tmoney.md, A).
@Suite struct TMoneyOnlineTests {
    private func register(_ sandbox: TestSandbox) throws {
        try sandbox.server.register(
            SandboxRegistration(
                operator: .tmoneyOnline, account: SandboxCredentials.tmoneyOnlineMerchant,
                callbackURL: "http://partner.example/online?token=t"))
    }

    private func session(_ sandbox: TestSandbox) async throws -> String {
        let target = "/tmoney-online/online/online.php?merchantid=\(SandboxCredentials.tmoneyOnlineMerchant)"
        let text = try #require(await sandbox.get(target).reply?.text)
        #expect(text.hasPrefix("OK:") && text.utf8.count == 35)
        return String(text.dropFirst(3))
    }

    private func form(
        _ sandbox: TestSandbox, _ session: String, amount: Int64, more: String = "", reference: String = "ref"
    ) async -> Wire.Reply? {
        await sandbox.post(
            "/tmoney-online/online/online.php",
            form: "sessionid=\(session)&merchantid=\(SandboxCredentials.tmoneyOnlineMerchant)&amount=\(amount)"
                + "&currency=952&purchaseref=\(reference)&brand=Shop&description=Chaussures&text=Merci&language=fr"
                + "&accepturl=https://s.example/ok&declineurl=https://s.example/no&cancelurl=https://s.example/stop\(more)"
        ).reply
    }

    private func delete(_ sandbox: TestSandbox, _ target: String) async -> Wire.Reply? {
        await Wire.exchange(port: sandbox.port, "DELETE", target).reply
    }

    private func step(_ sandbox: TestSandbox, _ session: String, _ form: String) async -> Wire.Reply? {
        await sandbox.post("/tmoney-online/pay/\(session)", form: form).reply
    }

    @Test func `a session is plain text`() async throws {
        try await TestSandbox.run { sandbox in
            _ = try await session(sandbox)
            let unknown = await sandbox.get("/tmoney-online/online/online.php?merchantid=1").reply
            #expect(
                unknown?.text == "NOK:UNKNOWN_MERCHANT"
                    && unknown?.header("content-type")?.hasPrefix("text/plain") == true)
        }
    }

    @Test func `a person pays with PIN and code`() async throws {
        try await TestSandbox.run { sandbox in
            try register(sandbox)
            let id = try await session(sandbox)
            let page = await form(sandbox, id, amount: 5_000)
            #expect(page?.text.contains("Shop: 5000 XOF") == true && page?.text.contains("name=\"phone\"") == true)
            let second = await step(sandbox, id, "decision=login&phone=22890112233&pin=1234")
            #expect(second?.text.contains("name=\"code\"") == true)
            let end = await step(sandbox, id, "decision=code&code=123456")
            // The last page waits for "Confirm"; the notification does not.
            #expect(end?.status == 200 && end?.text.contains("value=\"confirm\"") == true)
            await sandbox.clock.runDueWork()
            #expect(sandbox.bin.arrivals.count == 1)
            let confirmed = await step(sandbox, id, "decision=confirm")
            #expect(confirmed?.status == 303 && confirmed?.header("location") == "https://s.example/ok")
            await sandbox.clock.runDueWork()
            #expect(sandbox.bin.arrivals.count == 1)
            let url = try #require(sandbox.bin.arrivals.first?.callback.url)
            #expect(
                url.hasPrefix(
                    "http://partner.example/online?token=t&purchaseref=ref&amount=5000&currency=952&status=OK&"))
            for name in ["clientid", "cname", "mobile=22890112233", "paymentref", "payid", "timestamp", "error="] {
                #expect(url.contains("&\(name)"))
            }
            #expect(sandbox.movements("ref").map(\.party) == ["22890112233"])
            #expect(await step(sandbox, id, "decision=code&code=123456")?.text.contains("has ended: OK") == true)
        }
    }

    @Test func `three wrong PINs block and a wrong code ends`() async throws {
        try await TestSandbox.run { sandbox in
            try register(sandbox)
            let blocked = try await session(sandbox)
            _ = await form(sandbox, blocked, amount: 5_000, more: "&phonennumber=22890112233")
            for number in 1...2 {
                let page = await step(sandbox, blocked, "decision=login&pin=0000")
                #expect(page?.text.contains("\(number) of 3") == true)
            }
            #expect(
                await step(sandbox, blocked, "decision=login&pin=0000")?.header("location") == "https://s.example/no")
            // The wallet is blocked, whatever its PIN, in every session.
            let again = try await session(sandbox)
            _ = await form(sandbox, again, amount: 5_000, more: "&phonennumber=22890112233", reference: "ref1")
            #expect(
                await step(sandbox, again, "decision=login&pin=1234")?.header("location") == "https://s.example/no")
            let list = await sandbox.get("/_blocked").reply?.json["blocked"]
            #expect(list?[0]["phone"].string == "22890112233" && list?[0]["operator"].string == "tmoney-online")
            #expect(await delete(sandbox, "/_blocked?phone=22890999999")?.json["blocked"].count == 1)
            #expect(await delete(sandbox, "/_blocked?operator=bank")?.status == 400)
            #expect(await delete(sandbox, "/_blocked")?.json["blocked"].count == 0)
            let wrong = try await session(sandbox)
            _ = await form(sandbox, wrong, amount: 5_000, more: "&phonennumber=22890112233", reference: "ref2")
            _ = await step(sandbox, wrong, "decision=login&pin=1234")
            #expect(await step(sandbox, wrong, "decision=code&code=0")?.header("location") == "https://s.example/stop")
            await sandbox.clock.runDueWork()
            let urls = sandbox.bin.arrivals.map(\.callback.url)
            #expect(urls.count == 3 && sandbox.server.movements.isEmpty)
            #expect(urls.contains { $0.contains("status=NOK") && $0.hasSuffix("error=AUTHENTICATION") })
            #expect(urls.contains { $0.contains("status=NOK") && $0.hasSuffix("error=CANCEL") })
        }
    }

    @Test func `a refused payer tries again on the same page`() async throws {
        try await TestSandbox.run { sandbox in
            try register(sandbox)
            let id = try await session(sandbox)
            _ = await form(sandbox, id, amount: 5_000, more: "&phonennumber=22890112233")
            #expect(await step(sandbox, id, "decision=cancel")?.header("location") == "https://s.example/stop")
            #expect(await sandbox.get("/tmoney-online/pay/\(id)").reply?.text.contains("Try again") == true)
            #expect(await step(sandbox, id, "decision=again")?.text.contains("name=\"pin\"") == true)
            _ = await step(sandbox, id, "decision=cancel")
            // The browser's way back posts the form once more.
            #expect(await form(sandbox, id, amount: 5_000, more: "&phonennumber=22890112233")?.status == 200)
            _ = await step(sandbox, id, "decision=login&pin=1234")
            #expect(await step(sandbox, id, "decision=code&code=123456")?.text.contains("has ended: OK") == true)
            await sandbox.clock.runDueWork()
            let urls = sandbox.bin.arrivals.map(\.callback.url)
            #expect(urls.count == 3 && urls.count { $0.contains("status=NOK") } == 2)
            let numbers = Set(urls.compactMap { $0.split(separator: "&").first { $0.hasPrefix("payid=") } })
            #expect(numbers.count == 3 && sandbox.movements("ref").count == 1)
            #expect(await step(sandbox, id, "decision=again")?.text.contains("has ended: OK") == true)
            #expect(await form(sandbox, id, amount: 5_000, more: "&phonennumber=22890112233")?.status == 410)
        }
    }

    @Test func `an ended session is not tried again`() async throws {
        try await TestSandbox.run { sandbox in
            try register(sandbox)
            let id = try await session(sandbox)
            _ = await form(sandbox, id, amount: 5_000)
            _ = await step(sandbox, id, "decision=cancel")
            await sandbox.clock.advance(180_000)
            _ = await step(sandbox, id, "decision=again")
            _ = await step(sandbox, id, "decision=login&phone=22890112233&pin=1234")
            #expect(await form(sandbox, id, amount: 5_000)?.status == 410)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `only listed callers are served once a list is set`() async throws {
        try await TestSandbox.run { sandbox in
            func callers(_ addresses: String) async -> Wire.Reply? {
                await sandbox.post(
                    "/_callers", json: #"{"operator":"tmoney-online","addresses":[\#(addresses)]}"#, method: "PUT"
                ).reply
            }
            let target = "/tmoney-online/online/online.php?merchantid=\(SandboxCredentials.tmoneyOnlineMerchant)"
            #expect(await callers(#""10.0.0.1""#)?.status == 200)
            #expect(await sandbox.get(target).reply?.text == "NOK:UNKNOWN_MERCHANT")
            #expect(await sandbox.get("/_callers").reply?.json["callers"][0]["addresses"][0].string == "10.0.0.1")
            #expect(await callers(#""10.0.0.1","127.0.0.1""#)?.status == 200)
            _ = try await session(sandbox)
            #expect(await callers("")?.status == 200)
            #expect(await sandbox.get(target).reply?.text == "NOK:UNKNOWN_MERCHANT")
            #expect(await delete(sandbox, "/_callers")?.json["callers"].count == 0)
            _ = try await session(sandbox)
            #expect(await sandbox.post("/_callers", json: "{}", method: "PUT").reply?.status == 400)
        }
    }

    @Test func `blocked wallets survive a kill and sessions last as registered`() async throws {
        try await withTemporaryFolder { folder in
            let copy = folder + "-killed"
            defer { try? FileManager.default.removeItem(atPath: copy) }
            try await TestSandbox.run(folder: folder) { sandbox in
                let id = try await session(sandbox)
                _ = await form(sandbox, id, amount: 5_000, more: "&phonennumber=22890112233")
                for _ in 1...3 { _ = await step(sandbox, id, "decision=login&pin=0") }
                try FileManager.default.copyItem(atPath: folder, toPath: copy)
            }
            try await TestSandbox.run(folder: copy) { sandbox in
                #expect(await sandbox.get("/_blocked").reply?.json["blocked"].count == 1)
                try sandbox.server.register(
                    SandboxRegistration(
                        operator: .tmoneyOnline, account: SandboxCredentials.tmoneyOnlineMerchant,
                        callbackURL: "http://partner.example/online", sessionSeconds: 20))
                let id = try await session(sandbox)
                await sandbox.clock.advance(20_000)
                #expect(await form(sandbox, id, amount: 5_000)?.status == 410)
            }
        }
    }

    @Test func `without a brand the registered name is shown`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await session(sandbox)
            let page = await sandbox.post(
                "/tmoney-online/online/online.php",
                form: "sessionid=\(id)&merchantid=\(SandboxCredentials.tmoneyOnlineMerchant)&amount=5000&currency=952"
                    + "&purchaseref=r"
            ).reply
            #expect(page?.status == 200 && page?.text.contains("Sandbox merchant: 5000 XOF") == true)
        }
    }

    @Test func `the form has rules and the session ends`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await session(sandbox)
            #expect(await form(sandbox, id, amount: 99)?.status == 400)
            #expect(await form(sandbox, id, amount: 5_000, more: "&phonennumber=123")?.status == 400)
            #expect(await form(sandbox, "none", amount: 5_000)?.status == 410)
            #expect(await form(sandbox, id, amount: 5_000)?.status == 200)
            #expect(await form(sandbox, id, amount: 5_000)?.status == 200)
            #expect(await form(sandbox, id, amount: 5_001)?.status == 400)
            #expect(sandbox.count("form", "ref") == 1)
            await sandbox.clock.advance(180_000)
            #expect(await form(sandbox, id, amount: 5_000)?.status == 410)
            await sandbox.clock.advance(10_000)
            #expect(sandbox.bin.arrivals.isEmpty && sandbox.server.movements.isEmpty)
        }
    }

    @Test(arguments: SandboxScenario.tmoneyOnline) func `books agree`(_ scenario: SandboxScenario) async throws {
        try await TestSandbox.run { sandbox in
            try register(sandbox)
            let id = try await session(sandbox)
            #expect(await form(sandbox, id, amount: scenario.amount)?.status == 200)
            await sandbox.clock.advance(10_000)
            let amounts = sandbox.movements("ref").map(\.amount)
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
            #expect(sandbox.bin.arrivals.count == times)
        }
    }
}
