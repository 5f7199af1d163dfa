import Router
import RouterTestKit
import Testing

/// The configuration is exchanged between two payments: each is decided on one version, and what was begun is finished.
@Suite struct ConfigurationExchangeTests {
    private static func first(_ setup: inout Rig.Setup) {
        setup.version = 1
        setup.addWhole("alpha")
    }

    private static func second(_ setup: inout Rig.Setup) { setup.addWhole("beta") }

    @Test func `what comes after it is decided on the new version, and both know theirs`() throws {
        try Rig.run(Self.first) { rig in
            let before = try await rig.create(key: "k1")
            #expect(try await rig.activate(2, Self.second) == .done(removed: ["alpha"], unproven: [:]))
            let after = try await rig.create(key: "k2")
            #expect(before.order.configuration == 1 && before.attempts.map(\.provider) == ["alpha"])
            #expect(after.order.configuration == 2 && after.attempts.map(\.provider) == ["beta"])
            #expect(rig.engine.configuration?.number == 2)
            #expect(try await rig.reread(before).order.configuration == 1, "it is stored")
        }
    }

    @Test func `a removed provider finishes what is not known, is asked, and takes nothing new`() throws {
        try Rig.run(Self.first) { rig in
            rig.operators.script("alpha", .lose(executes: true))
            let payment = try await rig.create(async: true)
            await rig.wait { rig.states == [.unknown] }
            try await rig.activate(2, Self.second)
            await rig.wait { rig.order?.status == .succeeded }
            #expect(try await rig.reread(payment).attempts.map(\.provider) == ["alpha"])
            #expect(rig.engine.missingProviders.isEmpty)
            #expect(try await rig.create(key: "k2").attempts.map(\.provider) == ["beta"])
            let refund = await rig.engine.follow(
                Engine.FollowUpCommand(
                    .refund, of: payment.order.id, idempotencyKey: "refund-1", fingerprint: [2],
                    requestID: Sample.requestID))
            #expect(refund.done != nil, "\(refund)")
        }
    }

    @Test func `it takes notifications`() throws {
        try Rig.run(Self.first) { rig in
            rig.operators.script("alpha", .accept)
            try await rig.create(async: true)
            await rig.wait { rig.states == [.pending] }
            try await rig.activate(2, Self.second)
            let reference = try #require(rig.operators.references.first)
            let reply = await rig.callback(
                #"{"result":"succeeded","reference":"\#(reference)","amount":5000,"currency":"XOF"}"#)
            #expect(reply.status == 200)
            await rig.wait(upTo: 30) { rig.order?.status == .succeeded }
        }
    }

    @Test func `a provider that a version brings has its timers driven`() throws {
        try Rig.run(Self.first) { rig in
            await rig.stage.sleep(seconds: 5)
            try await rig.activate(2, Self.second)
            rig.operators.script("beta", .lose(executes: true))
            try await rig.create(async: true)
            await rig.wait { rig.order?.status == .succeeded }
            #expect(rig.attempts.map(\.provider) == ["beta"])
        }
    }

    @Test func `what somebody else made durable meanwhile is not exchanged`() throws {
        try Rig.run(Self.first) { rig in
            let next = Rig.configuration(2, Self.second)
            let result = try await rig.engine.activate(next, commit: { false })
            #expect(result == .notCommitted)
            #expect(rig.engine.configuration?.number == 1)
            #expect(try await rig.create().attempts.map(\.provider) == ["alpha"])
        }
    }

    @Test func `an id with open orders cannot come to mean another account`() throws {
        try Rig.run(Self.first) { rig in
            rig.operators.script("alpha", .accept)
            try await rig.create(async: true)
            await rig.wait { rig.states == [.pending] }
            let other: (inout Rig.Setup) -> Void = { $0.addWhole("alpha") { $0.account = "another" } }
            let changes = try #require(try await rig.activate(2, other).refused)
            #expect(changes["alpha"]?.count == 1)
            let objections = try await rig.engine.objections(to: Rig.configuration(2, other))
            #expect(objections.keys.sorted() == ["alpha"])
            #expect(rig.engine.configuration?.number == 1)
            let reference = try #require(rig.operators.references.first)
            rig.operators.decide(reference, .executed)
            await rig.wait { rig.order?.status == .succeeded }
            let again = try await rig.activate(2, other)
            #expect(again == .done(removed: [], unproven: [:]), "nothing is open any more")
        }
    }

    @Test func `a provider that was removed is made again at a start while something is open there`() throws {
        try Rig.run(Self.first) { rig in
            rig.operators.script("alpha", .accept)
            let payment = try await rig.create(async: true)
            await rig.wait { rig.states == [.pending] }
            try await rig.activate(2, Self.second)
            let next = try await rig.restart { setup in
                setup.version = 2
                Self.second(&setup)
                setup.former = Rig.configuration(1, Self.first).providers
            }
            #expect(next.engine.missingProviders.isEmpty)
            #expect(next.engine.providers["alpha"]?.isRemoved == true)
            let reference = try #require(rig.operators.references.first)
            rig.operators.decide(reference, .executed)
            await next.wait { next.store.aggregate()?.order.status == .succeeded }
            #expect(try await next.reread(payment).order.review == nil)
            next.stop()
        }
    }

    @Test func `a provider that comes back with a version gets its orders back from people`() throws {
        try Rig.run(Self.first) { rig in
            rig.operators.script("alpha", .accept)
            let payment = try await rig.create(async: true)
            await rig.wait { rig.states == [.pending] }
            let gone = try await rig.restart(Self.second)
            #expect(try await gone.reread(payment).order.review?.reason == .providerMissing)
            try await gone.activate(2, Self.first)
            #expect(try await gone.reread(payment).order.review == nil)
            #expect(gone.engine.missingProviders.isEmpty)
            let reference = try #require(rig.operators.references.first)
            rig.operators.decide(reference, .executed)
            await gone.wait { gone.order?.status == .succeeded }
            gone.stop()
        }
    }

    @Test func `a drain holds for an id across versions that do not name it`() throws {
        try Rig.run(Self.first) { rig in
            _ = try await rig.engine.drain("alpha", ProviderDrain(since: rig.stage.now, by: "Ama"))
            try await rig.activate(2, Self.second)
            try await rig.activate(3) { setup in
                setup.addWhole("alpha")
                setup.addWhole("beta")
            }
            #expect(rig.engine.providers["alpha"]?.drain != nil)
            #expect(try await rig.create().attempts.map(\.provider) == ["beta"])
        }
    }
}

extension Engine.Activated {
    fileprivate var refused: [ProviderID: ChangedProviders.Change]? {
        guard case .refused(let changes) = self else { return nil }
        return changes
    }
}
