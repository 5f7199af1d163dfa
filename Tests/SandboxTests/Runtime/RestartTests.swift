import Foundation
import Sandbox
import Testing

/// A killed process loses nothing: the next one has the books and takes up what was open.
@Suite struct RestartTests {
    /// Copies the files of a sandbox that is still running, which is what a kill at this moment would leave.
    private func snapshot(of folder: String) throws -> String {
        let copy = folder + "-killed-\(UUID().uuidString)"
        try FileManager.default.copyItem(atPath: folder, toPath: copy)
        return copy
    }

    /// Runs something, "kills" the sandbox, and goes on after so many milliseconds.
    private func acrossKill<Kept>(
        after pause: Int64, _ before: (TestSandbox) async throws -> Kept,
        _ then: (TestSandbox, Kept) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            var kept: Kept?
            var copy = ""
            try await TestSandbox.run(folder: folder) { sandbox in
                kept = try await before(sandbox)
                copy = try snapshot(of: folder)
            }
            defer { try? FileManager.default.removeItem(atPath: copy) }
            let value = try #require(kept)
            try await TestSandbox.run(folder: copy, clock: ManualClock(now: ManualClock.start + pause)) { sandbox in
                try await then(sandbox, value)
            }
        }
    }

    @Test func `books and counts stay`() async throws {
        try await acrossKill(after: 10_000) { sandbox in
            let token = try await sandbox.tmoneyToken()
            _ = await sandbox.debit("r1", phone: phone(1), token: token)
            _ = await sandbox.accept("TX1", code: "111106")
            _ = await sandbox.card("charges", "amount=5000&currency=usd&source=tok_visa&metadata[reference]=c1")
            await sandbox.clock.advance(1_000)
            return sandbox.server.movements
        } _: { sandbox, before in
            #expect(before.count == 3)
            #expect(sandbox.server.movements == before)
            #expect(sandbox.count("debit", "r1") == 1)
            await sandbox.clock.advance(60_000)
            #expect(sandbox.server.movements == before)
            #expect(sandbox.bin.arrivals.isEmpty)
        }
    }

    @Test func `an accepted debit is overdue and happens at once`() async throws {
        try await acrossKill(after: 60_000) { sandbox in
            let token = try await sandbox.tmoneyToken()
            _ = await sandbox.debit("r1", phone: phone(6), token: token)
            _ = await sandbox.debit("r2", phone: phone(1), token: token)
            return token
        } _: { sandbox, token in
            await sandbox.clock.runDueWork()
            #expect(Set(sandbox.server.movements.map(\.reference)) == ["r1", "r2"])
            #expect(sandbox.bin.arrivals.map { $0.json["idRequete"].string } == ["r2"])
            let again = await sandbox.debit("r1", phone: phone(6), token: token).reply
            #expect(again?.json["code"].string == "4001")
        }
    }

    @Test func `a plan in the future waits`() async throws {
        try await acrossKill(after: 2_000) { sandbox in
            let token = try await sandbox.tmoneyToken()
            _ = await sandbox.debit("r1", phone: phone(2), token: token)
            let session = try await sandbox.visitedSession("t1", amount: 1002)
            _ = try await sandbox.session("t2", amount: 1002)
            let intent = try await sandbox.intent("c1", token: "tok_sandbox_succeedsLater")
            _ = await sandbox.confirm(intent)
            _ = await sandbox.card(
                "charges", "amount=5000&currency=usd&source=tok_sandbox_lateSuccess&metadata[reference]=c2")
            try sandbox.registerCards()
            return (session, intent)
        } _: { sandbox, kept in
            await sandbox.clock.advance(1_999)
            #expect(sandbox.server.movements.isEmpty)
            await sandbox.clock.advance(1)
            #expect(sandbox.server.movements.map(\.reference) == ["c2"])
            await sandbox.clock.advance(1_000)
            #expect(Set(sandbox.server.movements.map(\.reference)) == ["r1", "t1", "c1", "c2"])
            #expect(await sandbox.verify(kept.0).reply?.json["result"]["status"].string == "SUCCESS")
            #expect(await sandbox.intentStatus(kept.1) == "succeeded")
            // Nobody has opened the other page.
            await sandbox.clock.advance(60_000)
            #expect(sandbox.movements("t2").isEmpty)
        }
    }

    @Test func `a page that is opened afterwards begins then`() async throws {
        try await acrossKill(after: 60_000) { sandbox in
            try await sandbox.session("t1", amount: 1001)
        } _: { sandbox, session in
            await sandbox.clock.runDueWork()
            #expect(sandbox.server.movements.isEmpty)
            await sandbox.visit(session)
            await sandbox.clock.advance(1_000)
            #expect(sandbox.server.movements.map(\.reference) == ["t1"])
        }
    }

    @Test func `callbacks go on`() async throws {
        try await acrossKill(after: 1_500) { sandbox in
            let token = try await sandbox.tmoneyToken()
            sandbox.bin.answerNext([nil])
            _ = await sandbox.debit("r1", phone: phone(1), token: token)
            await sandbox.clock.advance(1_000)
        } _: { sandbox, _ in
            await sandbox.clock.advance(499)
            #expect(sandbox.bin.arrivals.isEmpty)
            await sandbox.clock.advance(1)
            #expect(sandbox.bin.arrivals.count == 1)
            await sandbox.clock.advance(60_000)
            #expect(sandbox.bin.arrivals.count == 1)
        }
    }

    @Test func `idempotency keys and accepted codes stay`() async throws {
        let form = "amount=5000&currency=usd&source=tok_sandbox_lostAnswerExecuted&metadata[reference]=c1"
        try await acrossKill(after: 5_000) { sandbox in
            #expect(await sandbox.card("charges", form, key: "k").isDropped)
            #expect(await sandbox.accept("TX1", code: "111106").isDropped)
        } _: { sandbox, _ in
            let replay = try #require(await sandbox.card("charges", form, key: "k").reply)
            #expect(replay.header("idempotent-replayed") == "true")
            #expect(await sandbox.accept("TX1", code: "111106").reply?.json["code"].int == 1)
            #expect(sandbox.server.movements.count == 2)
        }
    }

    @Test func `a person can still decide`() async throws {
        try await acrossKill(after: 30_000) { sandbox in
            let token = try await sandbox.tmoneyToken()
            _ = await sandbox.debit("r1", phone: "22891234567", token: token)
            return try await sandbox.session("t1", amount: 4000)
        } _: { sandbox, session in
            _ = await sandbox.post("/tmoney/phones/22891234567/r1", form: "decision=approve")
            _ = await sandbox.post("/flouci/pay/\(session)", form: "decision=pay")
            #expect(sandbox.server.movements.map(\.reference) == ["r1", "t1"])
        }
    }

    @Test func `a torn line is cut off`() async throws {
        try await withTemporaryFolder { folder in
            try await TestSandbox.run(folder: folder) { sandbox in
                _ = await sandbox.accept("TX1", code: "111111")
            }
            let path = folder + "/journal.jsonl"
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data(#"{"movement":{"operator":"tmo"#.utf8))
            try file.close()
            try await TestSandbox.run(folder: folder) { sandbox in
                #expect(sandbox.server.movements.count == 1)
                _ = await sandbox.accept("TX2", code: "111111")
            }
            try await TestSandbox.run(folder: folder) { sandbox in
                #expect(sandbox.server.movements.map(\.reference) == ["TX1", "TX2"])
            }
        }
    }

    @Test func `a folder belongs to one sandbox`() async throws {
        try await withTemporaryFolder { folder in
            try await TestSandbox.run(folder: folder) { _ in
                await #expect(throws: (any Error).self) { try await TestSandbox.run(folder: folder) { _ in } }
            }
        }
    }
}
