import RouterTestKit
import Testing

@testable import Router

/// Money requests answered 401: they stay open, no more follow them, and the engine finds out by itself when they may.
@Suite struct RefusedCredentialTests {
    private static let late = Sample.contract(absence: false, authenticationFirst: false)

    private static func login(_ setup: inout Rig.Setup) { setup.add("alpha", late) { LoginProvider(base: $0) } }

    private static func probing(_ setup: inout Rig.Setup) { setup.add("alpha", late) { ProbedProvider(base: $0) } }

    private static func mute(_ setup: inout Rig.Setup) {
        setup.add("alpha", Sample.contract(check: .none, absence: false, authenticationFirst: false)) {
            MuteProvider(base: $0)
        }
    }

    private static let refused = Act.reply(401, "")

    @Test func `a request answered401 is never sent again by itself`() throws {
        try Rig.run({ setup in
            setup.add(
                "alpha", Sample.contract(key: .replays, keyWindow: 80_000, absence: false, authenticationFirst: false)
            ) {
                LoginProvider(base: $0)
            }
            setup.add("beta")
        }) { rig in
            rig.operators.script("alpha", Self.refused)
            try await rig.create(expires: 80_000)
            await rig.stage.sleep(seconds: 40_000)
            #expect(rig.states == [.unknown] && rig.operators.requests.count == 1, "no resend, no failover")
        }
    }

    @Test func `a login that fails keeps sends stopped and checks going`() throws {
        try Rig.run(Self.login) { rig in
            rig.operators.script("alpha", Self.refused)
            rig.operators.answer("/login", .success(.json("token-1")))
            rig.operators.answer("/login", Array(repeating: .success(WireReply(status: 500)), count: 4))
            try await rig.create(key: "k1")
            await rig.stage.sleep(seconds: 20)
            try #require(
                await rig.engine.create(rig.command(key: "k2")).noProviderNow != nil,
                "a payment was taken for a provider whose credentials are refused")
            #expect(rig.observer.alarms == ["credentials_refused"], "once")
            #expect(rig.attempts.first?.checks ?? 0 > 0)
            await rig.stage.sleep(seconds: 600)
            #expect(try await rig.create(key: "k3").order.status == .succeeded, "the engine logged in by itself")
            #expect(rig.operators.requests.count == 2)
        }
    }

    @Test func `payments under way go to another provider`() throws {
        try Rig.run({ setup in
            Self.probing(&setup)
            setup.add("beta")
        }) { rig in
            rig.operators.script("alpha", Self.refused)
            rig.operators.answer("/probe", Array(repeating: .success(WireReply(status: 401)), count: 10))
            rig.operators.answer("/status", Array(repeating: .success(WireReply(status: 500)), count: 10))
            try await rig.create(key: "k1")
            let second = try await rig.create(key: "k2")
            #expect(second.attempts.map(\.provider) == ["beta"] && second.order.status == .succeeded)
        }
    }

    @Test func `a probe that is accepted opens`() throws {
        try Rig.run(Self.probing) { rig in
            rig.operators.script("alpha", Self.refused)
            rig.operators.answer("/probe", .success(WireReply(status: 401)), .success(WireReply(status: 500)))
            rig.operators.answer("/status", Array(repeating: .success(WireReply(status: 500)), count: 100))
            try await rig.create(key: "k1", async: true)
            await rig.stage.sleep(seconds: 25)
            #expect(rig.operators.asked("/probe") == 1, "at once")
            await rig.stage.sleep(seconds: 10)
            #expect(rig.operators.asked("/probe") == 2, "after half a minute")
            await rig.stage.sleep(seconds: 60)
            #expect(rig.operators.asked("/probe") == 3, "after a minute more")
            #expect(try await rig.create(key: "k2").order.status == .succeeded)
            await rig.stage.sleep(seconds: 3_600)
            #expect(rig.operators.asked("/probe") == 3, "nothing is asked any more")
        }
    }

    @Test func `an answered check opens where there is no login`() throws {
        try Rig.run({ $0.add("alpha", Self.late) }) { rig in
            rig.operators.script("alpha", Self.refused)
            try await rig.create(key: "k1", async: true)
            await rig.stage.sleep(seconds: 1)
            try #require(await rig.engine.create(rig.command(key: "k2")).noProviderNow != nil, "sent although refused")
            await rig.stage.sleep(seconds: 8)
            #expect(rig.attempts.first?.checks == 1)
            #expect(try await rig.create(key: "k3").order.status == .succeeded)
        }
    }

    @Test func `where nothing can be asked one request is let through`() throws {
        try Rig.run(Self.mute) { rig in
            rig.operators.improvise { Self.refused }
            try await rig.create(key: "k1", async: true)
            for (number, wait) in [30, 60, 120, 240, 480, 600, 600].enumerated() as EnumeratedSequence<[Int64]> {
                await rig.stage.sleep(seconds: wait - 2)
                try #require(
                    await rig.engine.create(rig.command(key: "early-\(number)")).noProviderNow != nil,
                    "sent before \(wait) s")
                await rig.stage.sleep(seconds: 3)
                try await rig.create(key: "probe-\(number)", async: true)
                await rig.stage.sleep(milliseconds: 200)
                #expect(rig.operators.requests.count == number + 2)
            }
            rig.operators.improvise { .succeed }
            await rig.stage.sleep(seconds: 601)
            #expect(try await rig.create(key: "good").order.status == .succeeded)
            #expect(try await rig.create(key: "next").order.status == .succeeded)
            #expect(rig.observer.alarms == ["credentials_refused"])
        }
    }

    @Test func `a restart opens`() throws {
        try Rig.run(Self.mute) { rig in
            rig.operators.script("alpha", Self.refused)
            try await rig.create(key: "k1", async: true)
            await rig.stage.sleep(seconds: 1)
            let next = try await rig.restart(Self.mute)
            #expect(try await next.create(key: "k2").order.status == .succeeded)
            next.stop()
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `a burst stops with what is under way`(seed: UInt64) throws {
        try Rig.run(seed: seed, Self.mute) { rig in
            rig.operators.improvise { Self.refused }
            for number in 0..<20 {
                _ = await rig.engine.create(rig.command(key: "k\(number)", async: true))
                await rig.stage.sleep(milliseconds: 10)
            }
            await rig.stage.sleep(seconds: 20)
            let sent = rig.operators.requests.count
            #expect((1..<10).contains(sent) && rig.observer.alarms == ["credentials_refused"])
            await rig.stage.sleep(seconds: 8)
            #expect(rig.operators.requests.count == sent)
        }
    }

    @Test func `a token with less than its margin is not sent with`() throws {
        try Rig.run({ setup in
            setup.add("alpha", Self.late) { LoginProvider(base: $0, lifetimeSeconds: 70) }
        }) { rig in
            try await rig.create(key: "k1")
            await rig.stage.sleep(seconds: 29)
            try await rig.create(key: "k2")
            #expect(rig.operators.logins == 1, "of 70 s, 35 must be left: less than the 40 a send may take")
            await rig.stage.sleep(seconds: 7)
            try await rig.create(key: "k3")
            #expect(rig.operators.logins == 2)
        }
    }
}

/// A provider that can be asked whether its credentials work.
private struct ProbedProvider: Collecting, Checking, CredentialProbing {
    var base: TestProvider
    var manifest: ProviderManifest { base.manifest }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { base.sign(request, context) }

    func preparation(of order: Instruction, confirmedBy confirmation: Router.Confirmation?) -> Preparation {
        base.preparation(of: order, confirmedBy: confirmation)
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try await base.prepare(order, asking: wire)
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { base.read(reply, to: order) }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        await base.check(order, asking: wire)
    }

    func probe(asking wire: any Asking) async -> ProbeFinding {
        await wire.ask(WireRequest(.get, "https://\(base.name).example/probe")) { reply in
            reply.status == 200 ? .accepted("known") : .unclear("status \(reply.status)")
        }
    }
}

/// A provider that cannot be asked anything.
private struct MuteProvider: Collecting {
    var base: TestProvider
    var manifest: ProviderManifest { base.manifest }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { base.sign(request, context) }

    func preparation(of order: Instruction, confirmedBy confirmation: Router.Confirmation?) -> Preparation {
        base.preparation(of: order, confirmedBy: confirmation)
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try await base.prepare(order, asking: wire)
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { base.read(reply, to: order) }
}
