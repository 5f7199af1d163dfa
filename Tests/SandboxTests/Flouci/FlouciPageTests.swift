import Sandbox
import Testing

/// The page on which a person pays.
@Suite struct FlouciPageTests {
    @Test func `paying sends the browser back`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.session("t1", amount: 5050)
            let page = try #require(await sandbox.get("/flouci/pay/\(id)").reply)
            #expect(page.text.contains("5.050 TND"))
            let reply = await sandbox.post("/flouci/pay/\(id)", form: "decision=pay").reply
            #expect(reply?.status == 303)
            #expect(reply?.header("location") == "https://shop.example/ok?payment_id=\(id)")
            await sandbox.clock.runDueWork()
            #expect(sandbox.movements("t1").map(\.amount) == [5050])
            #expect(sandbox.bin.arrivals.count == 1)
            _ = await sandbox.post("/flouci/pay/\(id)", form: "decision=pay")
            _ = await sandbox.post("/flouci/pay/\(id)", form: "decision=refuse")
            #expect(sandbox.movements("t1").count == 1)
            #expect(await sandbox.get("/flouci/pay/\(id)").reply?.text.contains("SUCCESS") == true)
        }
    }

    @Test func `refusing sends the browser to the other link`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.session("t1", amount: 5050)
            let reply = await sandbox.post("/flouci/pay/\(id)", form: "decision=refuse").reply
            #expect(reply?.header("location") == "https://shop.example/no?a=1&payment_id=\(id)")
            await sandbox.clock.runDueWork()
            #expect(sandbox.server.movements.isEmpty)
            #expect(sandbox.bin.arrivals.first?.callback.url.hasSuffix("success=False") == true)
        }
    }

    @Test func `unknown page is404`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.get("/flouci/pay/none").reply?.status == 404)
            #expect(await sandbox.post("/flouci/pay/none", form: "decision=pay").reply?.status == 404)
        }
    }
}
