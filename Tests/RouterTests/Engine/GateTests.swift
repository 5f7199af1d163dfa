import Router
import RouterTestKit
import Testing

@Suite struct EngineGateTests {
    @Test func `a transmission that is late at the gate never leaves`() throws {
        try Rig.run { rig in
            let stage = rig.stage
            rig.operators.script("alpha", .beforeGate({ await stage.sleep(seconds: 11) }, .succeed))
            try await rig.create(async: true)
            await rig.wait(upTo: 30) { rig.order?.outcome.isFinal == true }
            #expect(rig.states == [.notSent])
            #expect(rig.operators.requests.isEmpty)
            #expect(rig.order?.status == .failed)
        }
    }

    @Test func `a transmission on time leaves`() throws {
        try Rig.run { rig in
            let stage = rig.stage
            rig.operators.script("alpha", .beforeGate({ await stage.sleep(seconds: 9) }, .succeed))
            try await rig.create(async: true)
            await rig.wait(upTo: 30) { rig.order?.status == .succeeded }
        }
    }

    @Test func `a lost epoch shuts the gate`() throws {
        try Rig.run { rig in
            let (store, stage) = (rig.store, rig.stage)
            rig.operators.script(
                "alpha",
                .beforeGate(
                    {
                        _ = try? await store.takeEpoch()
                        _ = await rig.engine.create(rig.command(key: "other", async: true))
                        await stage.sleep(seconds: 1)
                    }, .succeed))
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.operators.requests.isEmpty)
            #expect(rig.observer.alarms.contains("epoch_lost"))
        }
    }

    @Test func `nothing new starts after the deadline`() throws {
        try Rig.run({
            $0.add("alpha")
            $0.add("beta")
        }) { rig in
            let stage = rig.stage
            rig.operators.script("alpha", .beforeGate({ await stage.sleep(seconds: 70) }, .unsent(.connect)))
            try await rig.create(async: true, expires: 60)
            await rig.wait(upTo: 120) { rig.order?.outcome.isFinal == true }
            #expect(rig.states == [.notSent])
            #expect(rig.order?.status == .failed)
            #expect(rig.operators.requests.isEmpty)
        }
    }

    @Test func `a deadline never ends what was sent`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            try await rig.create(expires: 60)
            await rig.stage.sleep(seconds: 3_000)
            #expect(rig.states == [.pending])
            rig.operators.decide(try #require(rig.operators.references.first), .executed)
            await rig.wait { rig.order?.status == .succeeded }
        }
    }

    @Test func `work under way at one provider is bounded`() throws {
        try Rig.run({ setup in
            setup.maximumInFlight = 1
            setup.add("alpha")
        }) { rig in
            let stage = rig.stage
            rig.operators.script("alpha", .first({ _ in await stage.sleep(seconds: 5) }, .succeed))
            for number in 1...3 { try await rig.create(key: "k\(number)", async: true) }
            await rig.stage.sleep(seconds: 2)
            #expect(rig.operators.requests.count == 1)
            await rig.wait(upTo: 120) { rig.store.payments.allSatisfy { $0.status == .succeeded } }
        }
    }
}

@Suite struct LifeTests {
    @Test func `draining stops admission and waits for what is under way`() throws {
        try Rig.run { rig in
            let stage = rig.stage
            rig.operators.script("alpha", .first({ _ in await stage.sleep(seconds: 3) }, .succeed))
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1)
            #expect(rig.engine.activeWork == 1)
            let left = await rig.engine.drain(graceMilliseconds: 10_000)
            #expect(left == 0)
            #expect(rig.order?.status == .succeeded)
            #expect(!rig.engine.isAdmitting)
            try #require(await rig.engine.create(rig.command(key: "late")).isUnavailable, "admitted while draining")
            #expect(rig.store.payments.count == 1)
        }
    }

    @Test func `draining ends in time and shuts the gates`() throws {
        try Rig.run { rig in
            let stage = rig.stage
            rig.operators.script("alpha", .beforeGate({ await stage.sleep(seconds: 5) }, .succeed))
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1)
            let start = rig.stage.now
            #expect(await rig.engine.drain(graceMilliseconds: 1_000) == 1)
            #expect(rig.stage.now.milliseconds(since: start) <= 1_050)
            await rig.stage.sleep(seconds: 20)
            #expect(rig.operators.requests.isEmpty, "what had not left never leaves")
            #expect(rig.states == [.notSent])
        }
    }

    @Test func `confirming is refused while draining`() throws {
        try Rig.run({ $0.add("alpha") { CodeProvider(base: $0) } }) { rig in
            try await rig.create()
            _ = await rig.engine.drain(graceMilliseconds: 100)
            try #require(try await rig.confirm("123456", key: "c1").isUnavailable, "admitted while draining")
        }
    }
}
