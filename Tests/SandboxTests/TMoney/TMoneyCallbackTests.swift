import Foundation
import Sandbox
import Testing

/// How TMoney insists on its callback.
@Suite struct TMoneyCallbackTests {
    private func arrivals(_ replies: [SandboxCallbackReply?]) async throws -> [Int64] {
        var times: [Int64] = []
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            sandbox.bin.answerNext(replies)
            _ = await sandbox.debit("r1", phone: phone(1), token: token)
            await sandbox.clock.advance(60_000)
            times = sandbox.bin.arrivals.map { $0.at - ManualClock.start }
            #expect(sandbox.movements("r1").count == 1)
        }
        return times
    }

    private func reply(_ body: String, status: Int = 200) -> SandboxCallbackReply {
        SandboxCallbackReply(status: status, body: Array(body.utf8))
    }

    @Test func `acknowledged once is enough`() async throws {
        #expect(try await arrivals([reply(#"{"code":"2001"}"#)]) == [1_000])
        #expect(try await arrivals([reply(#"{"code":2001,"message":"ok"}"#)]) == [1_000])
    }

    @Test func `anything else is tried three times more`() async throws {
        #expect(try await arrivals([nil, reply("OK"), reply("{}"), nil, nil]) == [1_000, 2_000, 4_000, 8_000])
    }

    @Test func `a wrong code or status is no acknowledgement`() async throws {
        #expect(try await arrivals([reply(#"{"code":"2000"}"#)]) == [1_000, 2_000])
        #expect(try await arrivals([reply(#"{"code":"2001"}"#, status: 500)]) == [1_000, 2_000])
    }

    @Test func `a retry follows a new address`() async throws {
        try await TestSandbox.run { sandbox in
            let token = try await sandbox.tmoneyToken()
            sandbox.bin.answerNext([nil])
            _ = await sandbox.debit("r1", phone: phone(1), token: token)
            await sandbox.clock.advance(1_000)
            try sandbox.server.register(
                SandboxRegistration(operator: .tmoney, account: "demo", callbackURL: "http://new.example/"))
            await sandbox.clock.advance(1_000)
            #expect(
                sandbox.bin.arrivals.map(\.callback.url) == ["http://partner.example/tmoney", "http://new.example/"])
        }
    }

    @Test func `without an address money moves in silence`() async throws {
        try await TestSandbox.run { sandbox in
            let reply = await sandbox.post("/tmoney/login", json: #"{"nomUtilisateur":"demo","motDePasse":"demo"}"#)
            let token = try #require(reply.reply?.json["data"]["token"].string)
            _ = await sandbox.debit("r1", phone: phone(1), token: token)
            await sandbox.clock.advance(60_000)
            #expect(sandbox.bin.arrivals.isEmpty)
            #expect(sandbox.movements("r1").count == 1)
        }
    }
}
