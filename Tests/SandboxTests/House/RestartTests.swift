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
        after pause: Int64, _ before: (Practice) async throws -> Kept,
        _ then: (Practice, Kept) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            var kept: Kept?
            var copy = ""
            try await Practice.run(folder: folder) { practice in
                kept = try await before(practice)
                copy = try snapshot(of: folder)
            }
            defer { try? FileManager.default.removeItem(atPath: copy) }
            let value = try #require(kept)
            try await Practice.run(folder: copy, clock: ManualClock(now: ManualClock.start + pause)) { practice in
                try await then(practice, value)
            }
        }
    }

    @Test func `books and counts stay`() async throws {
        try await acrossKill(after: 10_000) { practice in
            let token = try await practice.tmoneyToken()
            _ = await practice.debit("r1", phone: phone(1), token: token)
            _ = await practice.accept("TX1", code: "111106")
            _ = await practice.card("charges", "amount=5000&currency=usd&source=tok_visa&metadata[reference]=c1")
            await practice.clock.advance(1_000)
            return practice.server.movements
        } _: { practice, before in
            #expect(before.count == 3)
            #expect(practice.server.movements == before)
            #expect(practice.count("debit", "r1") == 1)
            await practice.clock.advance(60_000)
            #expect(practice.server.movements == before)
            #expect(practice.bin.arrivals.isEmpty)
        }
    }

    @Test func `an accepted debit is overdue and happens at once`() async throws {
        try await acrossKill(after: 60_000) { practice in
            let token = try await practice.tmoneyToken()
            _ = await practice.debit("r1", phone: phone(6), token: token)
            _ = await practice.debit("r2", phone: phone(1), token: token)
            return token
        } _: { practice, token in
            await practice.clock.settle()
            #expect(Set(practice.server.movements.map(\.reference)) == ["r1", "r2"])
            #expect(practice.bin.arrivals.map { $0.json["idRequete"].string } == ["r2"])
            let again = await practice.debit("r1", phone: phone(6), token: token).reply
            #expect(again?.json["code"].string == "4001")
        }
    }

    @Test func `a plan in the future waits`() async throws {
        try await acrossKill(after: 2_000) { practice in
            let token = try await practice.tmoneyToken()
            _ = await practice.debit("r1", phone: phone(2), token: token)
            let session = try await practice.visitedSession("t1", amount: 1002)
            _ = try await practice.session("t2", amount: 1002)
            let intent = try await practice.intent("c1", token: "tok_sandbox_succeedsLater")
            _ = await practice.confirm(intent)
            _ = await practice.card(
                "charges", "amount=5000&currency=usd&source=tok_sandbox_lateSuccess&metadata[reference]=c2")
            try practice.registerCards()
            return (session, intent)
        } _: { practice, kept in
            await practice.clock.advance(1_999)
            #expect(practice.server.movements.isEmpty)
            await practice.clock.advance(1)
            #expect(practice.server.movements.map(\.reference) == ["c2"])
            await practice.clock.advance(1_000)
            #expect(Set(practice.server.movements.map(\.reference)) == ["r1", "t1", "c1", "c2"])
            #expect(await practice.verify(kept.0).reply?.json["result"]["status"].string == "SUCCESS")
            #expect(await practice.intentStatus(kept.1) == "succeeded")
            // Nobody has opened the other page.
            await practice.clock.advance(60_000)
            #expect(practice.movements("t2").isEmpty)
        }
    }

    @Test func `a page that is opened afterwards begins then`() async throws {
        try await acrossKill(after: 60_000) { practice in
            try await practice.session("t1", amount: 1001)
        } _: { practice, session in
            await practice.clock.settle()
            #expect(practice.server.movements.isEmpty)
            await practice.visit(session)
            await practice.clock.advance(1_000)
            #expect(practice.server.movements.map(\.reference) == ["t1"])
        }
    }

    @Test func `callbacks go on`() async throws {
        try await acrossKill(after: 1_500) { practice in
            let token = try await practice.tmoneyToken()
            practice.bin.answerNext([nil])
            _ = await practice.debit("r1", phone: phone(1), token: token)
            await practice.clock.advance(1_000)
        } _: { practice, _ in
            await practice.clock.advance(499)
            #expect(practice.bin.arrivals.isEmpty)
            await practice.clock.advance(1)
            #expect(practice.bin.arrivals.count == 1)
            await practice.clock.advance(60_000)
            #expect(practice.bin.arrivals.count == 1)
        }
    }

    @Test func `idempotency keys and accepted codes stay`() async throws {
        let form = "amount=5000&currency=usd&source=tok_sandbox_lostAnswerExecuted&metadata[reference]=c1"
        try await acrossKill(after: 5_000) { practice in
            #expect(await practice.card("charges", form, key: "k").isDropped)
            #expect(await practice.accept("TX1", code: "111106").isDropped)
        } _: { practice, _ in
            let replay = try #require(await practice.card("charges", form, key: "k").reply)
            #expect(replay.header("idempotent-replayed") == "true")
            #expect(await practice.accept("TX1", code: "111106").reply?.json["code"].int == 1)
            #expect(practice.server.movements.count == 2)
        }
    }

    @Test func `a person can still decide`() async throws {
        try await acrossKill(after: 30_000) { practice in
            let token = try await practice.tmoneyToken()
            _ = await practice.debit("r1", phone: "22891234567", token: token)
            return try await practice.session("t1", amount: 4000)
        } _: { practice, session in
            _ = await practice.post("/tmoney/phones/22891234567/r1", form: "decision=approve")
            _ = await practice.post("/flouci/pay/\(session)", form: "decision=pay")
            #expect(practice.server.movements.map(\.reference) == ["r1", "t1"])
        }
    }

    @Test func `a torn line is cut off`() async throws {
        try await withTemporaryFolder { folder in
            try await Practice.run(folder: folder) { practice in
                _ = await practice.accept("TX1", code: "111111")
            }
            let path = folder + "/journal.jsonl"
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data(#"{"movement":{"operator":"tmo"#.utf8))
            try file.close()
            try await Practice.run(folder: folder) { practice in
                #expect(practice.server.movements.count == 1)
                _ = await practice.accept("TX2", code: "111111")
            }
            try await Practice.run(folder: folder) { practice in
                #expect(practice.server.movements.map(\.reference) == ["TX1", "TX2"])
            }
        }
    }

    @Test func `a folder belongs to one sandbox`() async throws {
        try await withTemporaryFolder { folder in
            try await Practice.run(folder: folder) { _ in
                await #expect(throws: (any Error).self) { try await Practice.run(folder: folder) { _ in } }
            }
        }
    }
}
