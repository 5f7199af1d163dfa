import Sandbox
import Testing

/// The phone on which a person plays the payer.
@Suite struct TMoneyPhoneTests {
    private static let number = "22891234567"

    private func withPrompt(_ body: (Practice, String) async throws -> Void) async throws {
        try await Practice.run { practice in
            let token = try await practice.tmoneyToken()
            let reply = await practice.debit("r<1>", phone: Self.number, token: token).reply
            #expect(reply?.json["code"].string == "2000")
            try await body(practice, token)
        }
    }

    @Test func `page lists open prompts safely`() async throws {
        try await withPrompt { practice, _ in
            let reply = try #require(await practice.get("/tmoney/phones/\(Self.number)").reply)
            #expect(reply.header("content-type")?.hasPrefix("text/html") == true)
            #expect(reply.text.contains("Pay 5000 XOF (smallest units)?"))
            #expect(reply.text.contains("order-r&lt;1&gt;"))
            #expect(!reply.text.contains("r<1>"))
            #expect(reply.text.contains("/tmoney/phones/\(Self.number)/r%3C1%3E"))
            #expect(await practice.get("/tmoney/phones/22899999999").reply?.text.contains("No open prompt") == true)
        }
    }

    @Test func `approving pays`() async throws {
        try await withPrompt { practice, _ in
            let target = "/tmoney/phones/\(Self.number)/r%3C1%3E"
            let reply = await practice.post(target, form: "decision=approve").reply
            #expect(reply?.status == 303)
            #expect(reply?.header("location") == "http://127.0.0.1:\(practice.port)/tmoney/phones/\(Self.number)")
            await practice.clock.settle()
            #expect(practice.movements("r<1>").count == 1)
            #expect(practice.bin.arrivals.map { $0.json["statutRequete"].string } == ["SUCCES"])
            #expect(await practice.post(target, form: "decision=approve").reply?.status == 404)
            await practice.clock.advance(200_000)
            #expect(practice.server.movements.count == 1)
            #expect(practice.bin.arrivals.count == 1)
        }
    }

    @Test func `declining fails`() async throws {
        try await withPrompt { practice, _ in
            _ = await practice.post("/tmoney/phones/\(Self.number)/r%3C1%3E", form: "decision=decline")
            await practice.clock.settle()
            #expect(practice.server.movements.isEmpty)
            #expect(practice.bin.arrivals.map { $0.json["statutRequete"].string } == ["ECHEC"])
        }
    }

    @Test func `prompts expire`() async throws {
        try await withPrompt { practice, _ in
            await practice.clock.advance(119_999)
            #expect(practice.bin.arrivals.isEmpty)
            await practice.clock.advance(1)
            #expect(practice.bin.arrivals.map { $0.json["statutRequete"].string } == ["ECHEC"])
            let late = await practice.post("/tmoney/phones/\(Self.number)/r%3C1%3E", form: "decision=approve").reply
            #expect(late?.status == 404)
            #expect(practice.server.movements.isEmpty)
        }
    }

    @Test func `nonsense is refused`() async throws {
        try await withPrompt { practice, _ in
            let target = "/tmoney/phones/\(Self.number)/r%3C1%3E"
            #expect(await practice.post(target, form: "decision=maybe").reply?.status == 404)
            #expect(await practice.post("/tmoney/phones/1/r", form: "decision=approve").reply?.status == 404)
            #expect(practice.server.movements.isEmpty)
        }
    }
}
