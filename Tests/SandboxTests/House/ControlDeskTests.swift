import Sandbox
import Testing

/// The books, the counts, registrations and the page for people.
@Suite struct ControlDeskTests {
    @Test func booksShowWhatWasExecuted() async throws {
        try await Practice.run { practice in
            let token = try await practice.tmoneyToken()
            _ = await practice.debit("r1", phone: phone(1), token: token)
            await practice.clock.advance(1_234)
            _ = await practice.accept("TX1", code: "111111")
            let reply = try #require(await practice.get("/_books").reply)
            let theirs = try #require(practice.movements("r1").first?.operatorReference)
            #expect(
                reply.text == """
                    {"movements":[{"operator":"tmoney","reference":"r1","kind":"collect","amount":5000,\
                    "currency":"XOF","party":"22890000001","executed_at":"2026-01-01T00:00:01.000Z",\
                    "operator_reference":"\(theirs)"},\
                    {"operator":"flouci","reference":"TX1","kind":"collect","amount":7000,\
                    "currency":"TND","party":"wallet","executed_at":"2026-01-01T00:00:01.234Z",\
                    "operator_reference":"TX1"}]}
                    """)
            #expect(await practice.get("/_books?operator=flouci").reply?.json["movements"].count == 1)
            #expect(await practice.get("/_books?reference=none").reply?.json["movements"].count == 0)
        }
    }

    @Test func requestsAreCounted() async throws {
        try await Practice.run { practice in
            let token = try await practice.tmoneyToken()
            for _ in 1...3 { _ = await practice.debit("r1", phone: phone(7), token: token) }
            let counts = try #require(await practice.get("/_requests?reference=r1").reply?.json["requests"])
            #expect(counts.count == 1)
            #expect(counts[0]["operation"].string == "debit")
            #expect(counts[0]["count"].int == 3)
        }
    }

    @Test func registrationsOverTheWire() async throws {
        try await Practice.run { practice in
            let body = #"{"operator":"tmoney","account":"demo","callback_url":"http://wire.example/cb","secret":"s"}"#
            #expect(await practice.post("/_registrations", json: body, method: "PUT").reply?.status == 200)
            let login = await practice.post("/tmoney/login", json: #"{"nomUtilisateur":"demo","motDePasse":"demo"}"#)
            let token = try #require(login.reply?.json["data"]["token"].string)
            _ = await practice.debit("r1", phone: phone(1), token: token)
            await practice.clock.advance(1_000)
            #expect(practice.bin.arrivals.map(\.callback.url) == ["http://wire.example/cb"])
            for wrong in [
                "{}", #"{"operator":"bank","account":"a","callback_url":"http://x"}"#,
                #"{"operator":"tmoney","account":"a","callback_url":"ftp://x"}"#,
            ] {
                #expect(await practice.post("/_registrations", json: wrong, method: "PUT").reply?.status == 400)
            }
        }
    }

    @Test func pageListsEveryMagicValue() async throws {
        try await Practice.run { practice in
            let text = try #require(await practice.get("/").reply).text
            for scenario in SandboxScenario.all { #expect(text.contains(scenario.trigger.text)) }
        }
    }

    @Test func largeBodiesAreRefused() async throws {
        try await Practice.run { practice in
            let body = String(repeating: "x", count: 70_000)
            #expect(await practice.post("/tmoney/login", json: body).reply?.status == 413)
        }
    }
}
