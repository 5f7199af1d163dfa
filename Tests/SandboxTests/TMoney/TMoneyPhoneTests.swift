import Sandbox
import Testing

/// The phone on which a person plays the payer.
@Suite struct TMoneyPhoneTests {
    private static let number = "22891234567"

    private func withPrompt(_ body: (TestSandbox, String) async throws -> Void) async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            let reply = await sandbox.debit("r<1>", phone: Self.number, token: token).reply
            #expect(reply?.json["code"].string == "2000")
            try await body(sandbox, token)
        }
    }

    @Test func `page lists open prompts safely`() async throws {
        try await withPrompt { sandbox, _ in
            let reply = try #require(await sandbox.get("/tmoney/phones/\(Self.number)").reply)
            #expect(reply.header("content-type")?.hasPrefix("text/html") == true)
            #expect(reply.text.contains("Pay 5000 XOF (smallest units)?"))
            #expect(reply.text.contains("order-r&lt;1&gt;"))
            #expect(!reply.text.contains("r<1>"))
            #expect(reply.text.contains("/tmoney/phones/\(Self.number)/r%3C1%3E"))
            #expect(await sandbox.get("/tmoney/phones/22899999999").reply?.text.contains("No open prompt") == true)
        }
    }

    @Test func `approving pays`() async throws {
        try await withPrompt { sandbox, _ in
            let target = "/tmoney/phones/\(Self.number)/r%3C1%3E"
            let reply = await sandbox.post(target, form: "decision=approve").reply
            #expect(reply?.status == 303)
            #expect(reply?.header("location") == "http://127.0.0.1:\(sandbox.port)/tmoney/phones/\(Self.number)")
            await sandbox.clock.runDueWork()
            #expect(sandbox.movements("r<1>").count == 1)
            #expect(sandbox.bin.arrivals.map { $0.json["statutRequete"].string } == ["SUCCES"])
            #expect(await sandbox.post(target, form: "decision=approve").reply?.status == 404)
            await sandbox.clock.advance(200_000)
            #expect(sandbox.server.movements.count == 1)
            #expect(sandbox.bin.arrivals.count == 1)
        }
    }

    @Test func `declining fails`() async throws {
        try await withPrompt { sandbox, _ in
            _ = await sandbox.post("/tmoney/phones/\(Self.number)/r%3C1%3E", form: "decision=decline")
            await sandbox.clock.runDueWork()
            #expect(sandbox.server.movements.isEmpty)
            #expect(sandbox.bin.arrivals.map { $0.json["statutRequete"].string } == ["ECHEC"])
        }
    }

    @Test func `prompts expire`() async throws {
        try await withPrompt { sandbox, _ in
            await sandbox.clock.advance(119_999)
            #expect(sandbox.bin.arrivals.isEmpty)
            await sandbox.clock.advance(1)
            #expect(sandbox.bin.arrivals.map { $0.json["statutRequete"].string } == ["ECHEC"])
            let late = await sandbox.post("/tmoney/phones/\(Self.number)/r%3C1%3E", form: "decision=approve").reply
            #expect(late?.status == 404)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `nonsense is refused`() async throws {
        try await withPrompt { sandbox, _ in
            let target = "/tmoney/phones/\(Self.number)/r%3C1%3E"
            #expect(await sandbox.post(target, form: "decision=maybe").reply?.status == 404)
            #expect(await sandbox.post("/tmoney/phones/1/r", form: "decision=approve").reply?.status == 404)
            #expect(sandbox.server.movements.isEmpty)
        }
    }
}
