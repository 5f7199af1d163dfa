import Sandbox
import Testing

/// The books, the counts, registrations and the page for people.
@Suite struct ControlDeskTests {
    @Test func `books show what was executed`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            _ = await sandbox.debit("r1", phone: phone(1), token: token)
            await sandbox.clock.advance(1_234)
            _ = await sandbox.accept("TX1", code: "111111")
            let reply = try #require(await sandbox.get("/_books").reply)
            let theirs = try #require(sandbox.movements("r1").first?.operatorReference)
            #expect(
                reply.text == """
                    {"movements":[{"operator":"tmoney","reference":"r1","kind":"collect","amount":5000,\
                    "currency":"XOF","party":"22890000001","executed_at":"2026-01-01T00:00:01.000Z",\
                    "operator_reference":"\(theirs)"},\
                    {"operator":"flouci","reference":"TX1","kind":"collect","amount":7000,\
                    "currency":"TND","party":"wallet","executed_at":"2026-01-01T00:00:01.234Z",\
                    "operator_reference":"TX1"}]}
                    """)
            #expect(await sandbox.get("/_books?operator=flouci").reply?.json["movements"].count == 1)
            #expect(await sandbox.get("/_books?reference=none").reply?.json["movements"].count == 0)
            // What is misspelt must not read as "nothing was executed".
            for path in ["/_books?operator=nope", "/_books?reference=%zz", "/_requests?operator=nope", "/_requests?%"] {
                #expect(await sandbox.get(path).reply?.status == 400, "\(path)")
            }
        }
    }

    @Test func `start page shows what waits for a person`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            #expect(await sandbox.get("/").reply?.text.contains("None. Begin a payment") == true)
            _ = await sandbox.debit("r<1>", phone: "22891234567", token: token)
            await sandbox.clock.advance(30_000)
            _ = await sandbox.debit("r2", phone: "22891234568", token: token)
            // A magic value decides by itself and is nobody's to answer.
            _ = await sandbox.debit("r3", phone: phone(11), token: token)
            let page = try #require(await sandbox.get("/").reply).text
            let base = "http://127.0.0.1:\(sandbox.port)"
            for path in [
                "/_inbox", "/_books", "/_requests", "/_faults", "/_blocked", "/_callers", "/tmoney/phones/22891234567",
            ] {
                #expect(page.contains("href=\"\(base)\(path)\""), "\(path)")
                #expect(await sandbox.get(path).reply?.status == 200, "\(path)")
            }
            #expect(page.contains("action=\"\(base)/tmoney/phones/22891234567/r%3C1%3E\""))
            #expect(page.contains("<td>5000 XOF</td>") && page.contains("order-r&lt;1&gt;") && !page.contains("r<1>"))
            #expect(page.contains("<td>90 s</td>") && page.contains("<td>120 s</td>"))
            let (sooner, later) = (page.firstRange(of: "<td>90 s</td>"), page.firstRange(of: "<td>120 s</td>"))
            #expect(try #require(sooner).lowerBound < #require(later).lowerBound)
            #expect(page.ranges(of: "value=\"approve\"").count == 2)
            _ = await sandbox.post("/tmoney/phones/22891234567/r%3C1%3E", form: "decision=approve")
            await sandbox.clock.advance(120_000)
            #expect(sandbox.movements("r<1>").count == 1 && sandbox.movements("r2").isEmpty)
            #expect(await sandbox.get("/").reply?.text.contains("None. Begin a payment") == true)
        }
    }

    @Test func `requests are counted`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            for _ in 1...3 { _ = await sandbox.debit("r1", phone: phone(7), token: token) }
            let counts = try #require(await sandbox.get("/_requests?reference=r1").reply?.json["requests"])
            #expect(counts.count == 1)
            #expect(counts[0]["operation"].string == "debit")
            #expect(counts[0]["count"].int == 3)
        }
    }

    @Test func `registrations over the wire`() async throws {
        try await TestSandbox.run { sandbox in
            let body = #"{"operator":"tmoney","account":"demo","callback_url":"http://wire.example/cb","secret":"s"}"#
            #expect(await sandbox.post("/_registrations", json: body, method: "PUT").reply?.status == 200)
            let login = await sandbox.post("/tmoney/login", json: #"{"nomUtilisateur":"demo","motDePasse":"demo"}"#)
            let token = try #require(login.reply?.json["data"]["token"].string)
            _ = await sandbox.debit("r1", phone: phone(1), token: token)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.bin.arrivals.map(\.callback.url) == ["http://wire.example/cb"])
            for wrong in [
                "{}", #"{"operator":"bank","account":"a","callback_url":"http://x"}"#,
                #"{"operator":"tmoney","account":"a","callback_url":"ftp://x"}"#,
            ] {
                #expect(await sandbox.post("/_registrations", json: wrong, method: "PUT").reply?.status == 400)
            }
        }
    }

    @Test func `page lists every magic value`() async throws {
        try await TestSandbox.run { sandbox in
            let text = try #require(await sandbox.get("/").reply).text
            for scenario in SandboxScenario.all { #expect(text.contains(scenario.trigger.text)) }
        }
    }

    @Test func `large bodies are refused`() async throws {
        try await TestSandbox.run { sandbox in
            let body = String(repeating: "x", count: 70_000)
            #expect(await sandbox.post("/tmoney/login", json: body).reply?.status == 413)
        }
    }
}
