import Foundation
import Sandbox
import Testing

/// Credits: money to a phone, within the call.
@Suite struct TMoneyCreditTests {
    private func credit(_ sandbox: TestSandbox, _ id: String, _ phone: String, _ token: String) async -> Wire.Ending {
        await sandbox.post("/tmoney/api/tpcredit", json: TestSandbox.debitBody(id, phone: phone), bearer: token)
    }

    private func status(_ sandbox: TestSandbox, _ id: String, _ token: String) async -> Wire.Reply? {
        await sandbox.get("/tmoney/api/tpcredit/check-transaction-id?idRequete=\(id)", bearer: token).reply
    }

    @Test(arguments: SandboxScenario.all.filter { $0.operator == .tmoney && $0.operation == .payout })
    func `books agree`(_ scenario: SandboxScenario) async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            let ending = await credit(sandbox, "c1", scenario.trigger.text, token)
            if scenario.name.hasPrefix("lost") { #expect(ending.isDropped) }
            if scenario.name.hasPrefix("error") { #expect(ending.reply?.status == 500) }
            await sandbox.clock.advance(10_000)
            let amounts = sandbox.movements("c1").map(\.amount)
            switch scenario.execution {
            case .executed, .executedIfRepeated: #expect(amounts == [5_000])
            case .executedDifferently: #expect(amounts == [5_001])
            case .notExecuted: #expect(amounts.isEmpty)
            }
            #expect(sandbox.movements("c1").allSatisfy { $0.kind == .payout && $0.party == scenario.trigger.text })
            if scenario.name == "fault_status_unavailable" {
                for _ in 1...3 { #expect(await status(sandbox, "c1", token)?.status == 500) }
            }
            let listed = try #require(await status(sandbox, "c1", token)).json["data"]
            switch scenario.name {
            case "lost_answer_not_executed", "fault_html_answer": #expect(listed.count == 0)
            case "no_answer": #expect(listed[0]["statutRequete"].string == "EN_ATTENTE")
            default: #expect(listed[0]["statutRequete"].string == (amounts.isEmpty ? "ECHEC" : "SUCCES"))
            }
        }
    }

    @Test func `an answer is the end and tells the balance`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            let json = try #require(await credit(sandbox, "c1", phone(1), token).reply).json
            #expect(json["statutRequete"].string == "SUCCES" && json["code"].string == "2002")
            #expect(json["typeRequete"].string == "CREDIT" && json["montant"].int == 5_000)
            #expect(json["soldePartenaire"].int == 99_995_000)
            #expect(await credit(sandbox, "c1", phone(1), token).reply?.json["code"].string == "4001")
            #expect(await credit(sandbox, "c2", phone(1), "forged").reply?.status == 401)
            #expect(await sandbox.post("/tmoney/api/tpcredit", json: "{}", bearer: token).reply?.status == 400)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.bin.arrivals.map { $0.json["typeRequete"].string } == ["CREDIT"])
            #expect(sandbox.server.movements.count == 1)
        }
    }

    @Test func `the first version is a get`() async throws {
        try await TestSandbox.run { sandbox in
            func ask(
                _ reference: String, _ more: String = "&password=demo", phone: String = phone(1)
            ) async -> Wire.Ending {
                await sandbox.get(
                    "/tmoney/v1/credit?merchantid=12&client=\(phone)&amount=5000&currency=XOF&trxcode=t&description=d"
                        + "&referenceid=\(reference)\(more)")
            }
            #expect(await ask("v1", "&password=wrong").reply?.json["result"].string == "DENIED")
            #expect(sandbox.server.movements.isEmpty)
            let done = try #require(await ask("v1").reply).json
            #expect(done["result"].string == "EXECUTED" && done["referenceid"].string == "v1")
            #expect(await ask("v1").reply?.json["result"].string == "DUPLICATE")
            #expect(await ask("v2", phone: phone(6)).isDropped)
            #expect(await ask("v3", phone: "1").reply?.json["result"].string == "INVALID")
            #expect(sandbox.server.movements.map(\.reference) == ["v1", "v2"])
        }
    }

    @Test func `the first version calls back with its seven fields`() async throws {
        try await TestSandbox.run { sandbox in
            try sandbox.server.register(
                SandboxRegistration(
                    operator: .tmoney, account: SandboxCredentials.tmoneyUser,
                    callbackURL: "http://partner.example/tmoney"))
            let reply = await sandbox.get(
                "/tmoney/v1/credit?agentid=12&client=\(phone(2))&amount=5000&currency=XOF&trxcode=t&description=d"
                    + "&referenceid=v1&sms=Bonjour&email=kofi@example.com&password=demo"
            ).reply
            let answer = try #require(reply).json
            #expect(answer["agentid"].string == "12" && answer["referenceid"].string == "v1")
            await sandbox.clock.advance(60_000)
            let told = try #require(sandbox.bin.arrivals.first).json
            for (name, value) in [
                ("agentid", "12"), ("client", phone(2)), ("amount", "5000"), ("currency", "XOF"),
                ("referenceid", "v1"), ("result", "EXECUTED"), ("sms", "Bonjour"), ("email", "kofi@example.com"),
            ] {
                #expect(told[name].string == value, "\(name)")
            }
            #expect(told["transactionid"].string?.hasPrefix("V1") == true)
        }
    }

    @Test func `credits survive a kill`() async throws {
        try await withTemporaryFolder { folder in
            let copy = folder + "-killed"
            defer { try? FileManager.default.removeItem(atPath: copy) }
            try await TestSandbox.run(folder: folder) { sandbox in
                let token = try await sandbox.tmoneyToken()
                _ = await credit(sandbox, "c1", phone(6), token)
                _ = await credit(sandbox, "c2", phone(2), token)
                try FileManager.default.copyItem(atPath: folder, toPath: copy)
            }
            try await TestSandbox.run(folder: copy, clock: ManualClock(now: ManualClock.start + 60_000)) { sandbox in
                await sandbox.clock.runDueWork()
                #expect(sandbox.server.movements.map(\.reference) == ["c1", "c2"])
                let token = try await sandbox.tmoneyToken()
                #expect(await status(sandbox, "c1", token)?.json["data"][0]["statutRequete"].string == "SUCCES")
            }
        }
    }
}
