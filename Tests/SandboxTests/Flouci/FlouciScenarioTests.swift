import Sandbox
import Testing

/// Every magic amount of the hosted page.
@Suite struct FlouciScenarioTests {
    /// What one magic amount does.
    struct Case: Sendable, CustomTestStringConvertible {
        var amount: Int64
        var status: String
        var after: Int64 = 1_000
        var webhooks = 1
        var told: Int64 = 0
        var testDescription: String { "\(amount)" }
    }

    static let cases: [Case] = [
        Case(amount: 1001, status: "SUCCESS"),
        Case(amount: 1002, status: "SUCCESS", after: 5_000),
        Case(amount: 1003, status: "FAILURE"),
        Case(amount: 1004, status: "FAILURE"),
        Case(amount: 1005, status: "EXPIRED", after: 3_000, webhooks: 0),
        Case(amount: 1010, status: "SUCCESS", webhooks: 3),
        Case(amount: 1011, status: "SUCCESS", after: 4_000),
        Case(amount: 1021, status: "SUCCESS", told: 1),
        Case(amount: 1023, status: "SUCCESS"),
        Case(amount: 1026, status: "SUCCESS", webhooks: 0),
    ]

    @Test(arguments: cases) func `behaves`(_ expected: Case) async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.visitedSession("t1", amount: expected.amount)
            await sandbox.clock.advance(expected.after - 1)
            #expect(await sandbox.verify(id).reply?.json["result"]["status"].string == "PENDING")
            #expect(sandbox.server.movements.isEmpty)
            await sandbox.clock.advance(1)
            await sandbox.clock.advance(200)
            let answer = try #require(await sandbox.verify(id).reply?.json)
            #expect(answer["success"].bool == true)
            #expect(answer["result"]["status"].string == expected.status)
            #expect(answer["result"]["amount"].int == Int(expected.amount + expected.told))
            #expect((answer["result"]["developer_tracking_id"].string == "t1") == (expected.amount != 1023))
            let amounts = sandbox.movements("t1").map(\.amount)
            #expect(amounts == (expected.status == "SUCCESS" ? [expected.amount + expected.told] : []))
            let flag = expected.status == "SUCCESS" ? "True" : "False"
            let url = "https://shop.example/hook?token=t&payment_id=\(id)&success=\(flag)"
            #expect(sandbox.bin.arrivals.map(\.callback.url) == Array(repeating: url, count: expected.webhooks))
            #expect(sandbox.bin.arrivals.allSatisfy { $0.callback.method == "GET" && $0.callback.body.isEmpty })
        }
    }

    @Test func `nothing begins before the page is open`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.session("t1", amount: 1001)
            await sandbox.clock.advance(60_000)
            #expect(sandbox.server.movements.isEmpty)
            #expect(await sandbox.verify(id).reply?.json["result"]["status"].string == "PENDING")
            let note = "once its page is opened"
            #expect(await sandbox.visit(id).reply?.text.contains(note) == true)
            await sandbox.clock.advance(600)
            #expect(await sandbox.visit(id).reply?.text.contains(note) == true)
            await sandbox.clock.advance(399)
            #expect(sandbox.server.movements.isEmpty)
            await sandbox.clock.advance(1)
            #expect(sandbox.movements("t1").map(\.amount) == [1001])
            await sandbox.visit(id)
            await sandbox.clock.advance(60_000)
            #expect(sandbox.movements("t1").count == 1 && sandbox.bin.arrivals.count == 1)
        }
    }

    @Test func `opening a page does not prolong it`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.session("t1", amount: 1001)
            await sandbox.clock.advance(1_199_500)
            await sandbox.visit(id)
            await sandbox.clock.advance(10_000)
            #expect(await sandbox.verify(id).reply?.json["result"]["status"].string == "EXPIRED")
            await sandbox.visit(id)
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `failures tell their reason`() async throws {
        try await TestSandbox.run { sandbox in
            for (amount, reason) in [(Int64(1003), "INSUFFICIENT_FUNDS"), (1004, "DECLINED")] {
                let id = try await sandbox.visitedSession("t\(amount)", amount: amount)
                await sandbox.clock.advance(1_000)
                let details = await sandbox.verify(id).reply?.json["result"]["details"]
                #expect(details?["failure_reason"].string == reason)
            }
        }
    }

    @Test func `generate may answer with a page`() async throws {
        try await TestSandbox.run { sandbox in
            let reply = await sandbox.generate("t1", amount: 1022).reply
            #expect(reply?.status == 200)
            #expect(reply?.header("content-type")?.hasPrefix("text/html") == true)
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.isEmpty)
        }
    }

    @Test func `first answer may be lost`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.generate("t1", amount: 1024).isDropped)
            await sandbox.clock.advance(10_000)
            #expect(sandbox.server.movements.isEmpty)
            _ = try await sandbox.visitedSession("t1", amount: 1024)
            #expect(await sandbox.generate("t2", amount: 1024).isDropped)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.server.movements.map(\.reference) == ["t1"])
            #expect(sandbox.count("generate", "t1") == 2)
        }
    }

    @Test func `verify may fail three times`() async throws {
        try await TestSandbox.run { sandbox in
            let id = try await sandbox.visitedSession("t1", amount: 1025)
            await sandbox.clock.advance(1_000)
            for _ in 1...3 { #expect(await sandbox.verify(id).reply?.status == 500) }
            #expect(await sandbox.verify(id).reply?.json["result"]["status"].string == "SUCCESS")
            #expect(sandbox.count("verify", "t1") == 4)
        }
    }

    @Test func `webhook is repeated until A2xx`() async throws {
        try await TestSandbox.run { sandbox in
            sandbox.bin.answerNext([nil, SandboxCallbackReply(status: 500), SandboxCallbackReply(status: 204)])
            _ = try await sandbox.visitedSession("t1", amount: 1001)
            await sandbox.clock.advance(60_000)
            #expect(sandbox.bin.arrivals.map { $0.at - ManualClock.start } == [1_000, 2_000, 4_000])
            sandbox.bin.answerNext(Array(repeating: nil, count: 20))
            _ = try await sandbox.visitedSession("t2", amount: 1001)
            await sandbox.clock.advance(600_000)
            #expect(sandbox.bin.arrivals.count == 3 + 6)
        }
    }
}
