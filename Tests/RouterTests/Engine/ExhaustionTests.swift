import RouterTestKit
import Testing

@testable import Router

/// No descriptor, no memory: a send waits, a question waits, nobody is blamed.
@Suite struct ExhaustionTests {
    @Test func `a send waits and leaves once there is room`() throws {
        try Rig.run { rig in
            // Accepted while there was room, handed over when there was none.
            try await rig.created(exhausting: 5)
            await rig.wait(upTo: 30) { rig.order?.status == .succeeded }
            #expect(rig.states == [.succeeded])
            #expect(rig.attempts.first?.transmissions.count == 1)
            #expect(rig.operators.executions.values.elementsEqual([1]))
        }
    }

    @Test func `what outlasts a transmission is sent by the next attempt`() throws {
        try Rig.run({ setup in
            setup.add("alpha")
            setup.add("beta")
        }) { rig in
            try await rig.created(exhausting: 60)
            await rig.wait(upTo: 120) { rig.order?.status == .succeeded }
            let last = try #require(rig.attempts.last)
            #expect(!rig.attempts.dropLast().contains { !$0.foundNoRoom })
            #expect(rig.attempts.count > 2, "each try lasts ten seconds")
            #expect(rig.attempts.allSatisfy { $0.provider == "alpha" }, "nobody else has more room")
            #expect(last.state == .succeeded)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `more tries than attempts are allowed`() throws {
        try Rig.run { rig in
            try await rig.created(exhausting: 500)
            await rig.wait(upTo: 700) { rig.order?.status == .succeeded }
            #expect(rig.attempts.count > 5)
        }
    }

    @Test func `it ends at the deadline and says why`() throws {
        try Rig.run { rig in
            let created = rig.stage.now
            try await rig.created(exhausting: 1_000, expires: 120)
            await rig.wait(upTo: 200) { rig.order?.outcome.isFinal == true }
            #expect(rig.stage.now >= created + 120, "as long as it may go, it is not over")
            #expect(rig.stage.now <= created + 125)
            #expect(rig.order?.status == .failed)
            #expect(rig.order?.failure?.code == "capacity_exhausted")
            #expect(rig.order?.failure?.blame == .platform)
            #expect(rig.operators.requests.isEmpty)
        }
    }

    @Test func `a wish to cancel ends the wait`() throws {
        try Rig.run { rig in
            try await rig.created(exhausting: 60)
            let id = try #require(rig.order?.id)
            _ = try await rig.engine.cancel(id)
            await rig.wait(upTo: 5) { rig.order?.status == .cancelled }
            #expect(rig.operators.requests.isEmpty)
        }
    }

    @Test func `the breaker hears nothing of it`() throws {
        try Rig.run { rig in
            for number in 0..<30 {
                _ = await rig.engine.create(rig.command(key: "k\(number)", async: true))
            }
            rig.operators.exhaust(seconds: 40)
            await rig.stage.sleep(seconds: 39)
            #expect(rig.engine.providers["alpha"]?.breakerState == .closed)
            await rig.wait(upTo: 120) { rig.store.payments.allSatisfy { $0.status == .succeeded } }
        }
    }

    @Test func `new orders are refused before they are accepted`() throws {
        try Rig.run { rig in
            try await rig.create(key: "before")
            rig.operators.exhaust(seconds: 10)
            try #require(await rig.engine.create(rig.command(key: "new")).isUnavailable, "it was accepted")
            #expect(rig.store.payments.count == 1)
            try #require(
                await rig.engine.create(rig.command(key: "before")).replayed != nil, "a known order was refused")
            await rig.stage.sleep(seconds: 11)
            try await rig.create(key: "new")
        }
    }

    @Test func `a question before a send waits`() throws {
        try Rig.run({ $0.add("alpha", style: .asksFirst) }) { rig in
            try await rig.created(exhausting: 5)
            await rig.wait(upTo: 30) { rig.order?.status == .succeeded }
            #expect(rig.states == [.succeeded])
        }
    }

    @Test func `a question that outlasts its wait is asked by the next attempt`() throws {
        try Rig.run({ $0.add("alpha", style: .asksFirst) }) { rig in
            try await rig.created(exhausting: 40)
            await rig.wait(upTo: 120) { rig.order?.status == .succeeded }
            #expect(!rig.attempts.dropLast().contains { !$0.foundNoRoom })
        }
    }

    @Test func `a login that found no room is no refused login`() throws {
        try Rig.run({ $0.add("alpha") { LoginProvider(base: $0) } }) { rig in
            try await rig.created(exhausting: 25)
            await rig.wait(upTo: 120) { rig.order?.status == .succeeded }
            #expect(rig.observer.alarms.isEmpty)
        }
    }

    @Test func `a check stays on its step`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            try await rig.create()
            rig.operators.exhaust(seconds: 600)
            await rig.stage.sleep(seconds: 590)
            #expect(rig.attempts.first?.checks == 0)
            #expect(rig.states == [.pending])
            rig.operators.decide(try #require(rig.operators.references.first), .executed)
            await rig.wait(upTo: 30) { rig.order?.status == .succeeded }
        }
    }

    @Test func `room that comes too late for the gate is no end either`() throws {
        try Rig.run { rig in
            let stage = rig.stage
            rig.operators.script("alpha", .beforeGate({ await stage.sleep(seconds: 3) }, .succeed))
            try await rig.created(exhausting: 8)
            await rig.wait(upTo: 60) { rig.order?.status == .succeeded }
            #expect(rig.states == [.notSent, .succeeded])
            #expect(rig.attempts.first?.foundNoRoom == true)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `an opened gate is never waited over`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .first({ _ in rig.operators.exhaust(seconds: 3) }, .lose(executes: true)))
            try await rig.create()
            await rig.wait(upTo: 120) { rig.order?.status == .succeeded }
            #expect(rig.operators.requests.count == 1, "it may have left, so it is asked about and not sent again")
        }
    }
}

extension Rig {
    /// Creates a payment whose first send finds no room for so many seconds.
    fileprivate func created(exhausting seconds: Int64, expires: Int64 = 900) async throws {
        try await create(async: true, expires: expires)
        operators.exhaust(seconds: seconds)
        #expect(operators.requests.isEmpty)
    }
}
