import Router
import RouterTestKit
import Testing

/// A provider that is being drained takes no new orders, finishes what it began, and stays so across restarts.
@Suite struct DrainTests {
    private static func two(_ setup: inout Rig.Setup) {
        setup.add("alpha")
        setup.add("beta")
    }

    private static func wish(_ rig: Rig) -> ProviderDrain {
        ProviderDrain(since: rig.stage.now, by: "Ama", reason: "maintenance")
    }

    @Test func `new orders go to the next provider, at once, and the route says why`() throws {
        try Rig.run(Self.two) { rig in
            let drain = Self.wish(rig)
            #expect(try await rig.engine.drain("alpha", drain) == drain)
            let aggregate = try await rig.create()
            #expect(rig.attempts.map(\.provider) == ["beta"])
            let why = aggregate.order.explanation["candidates"]?.arrayValue?.first?["why_not"]?.arrayValue ?? []
            #expect(why.compactMap(\.stringValue).joined().contains("draining since \(drain.since) by Ama"))
        }
    }

    @Test func `what is under way goes on there`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            rig.operators.script("alpha", .lose(executes: true))
            let before = try await rig.create(async: true)
            #expect(rig.order?.status == .processing)
            _ = try await rig.engine.drain("alpha", Self.wish(rig))
            await rig.wait { rig.order?.status == .succeeded }
            #expect(rig.attempts.count == 1)
            let refund = await rig.engine.follow(
                Engine.FollowUpCommand(
                    .refund, of: before.order.id, idempotencyKey: "refund-1", fingerprint: [2],
                    requestID: Sample.requestID))
            #expect(refund.done != nil, "\(refund)")
        }
    }

    @Test func `with nobody else an order is refused for now, and not for good`() throws {
        try Rig.run { rig in
            _ = try await rig.engine.drain("alpha", Self.wish(rig))
            let result = await rig.engine.create(rig.command())
            #expect(result.noProvider != nil, "\(result)")
            #expect(rig.order == nil)
            #expect(try await rig.engine.resume("alpha", by: "Kofi") == true)
            #expect(try await rig.create(key: "order-2").order.status == .succeeded)
        }
    }

    @Test func `a drain holds across restarts, and its first wish stands`() throws {
        try Rig.run(Self.two) { rig in
            let drain = Self.wish(rig)
            _ = try await rig.engine.drain("alpha", drain)
            let later = ProviderDrain(since: rig.stage.now + 60, by: "Kofi")
            #expect(try await rig.engine.drain("alpha", later) == drain)
            let next = try await rig.restart(Self.two)
            #expect(next.engine.providers["alpha"]?.drain == drain)
            _ = try await next.create()
            #expect(next.attempts.map(\.provider) == ["beta"])
            #expect(try await next.engine.resume("alpha", by: "Kofi") == true)
            #expect(try await next.engine.resume("alpha", by: "Kofi") == false)
            let last = try await next.restart(Self.two)
            #expect(last.engine.providers["alpha"]?.drain == nil)
            last.stop()
        }
    }

    @Test func `a provider that is not there cannot be drained`() throws {
        try Rig.run { rig in
            let drained = try await rig.engine.drain("gamma", Self.wish(rig))
            let resumed = try await rig.engine.resume("gamma", by: "Ama")
            #expect(drained == nil && resumed == nil)
        }
    }

    @Test func `a rule whose providers are all being drained is passed over`() {
        var first = ProviderFacts(id: "alpha", environment: .sandbox, manifest: Sample.manifest())
        first.pause = .draining(ProviderDrain(since: .start, by: "Ama"))
        let second = ProviderFacts(id: "beta", environment: .sandbox, manifest: Sample.manifest())
        let table = RoutingTable(
            rules: [
                RouteRule(
                    name: "usual", when: [], use: RouteUse(strategy: .priority, members: [.init(provider: "alpha")]))
            ], otherwise: RouteUse(strategy: .priority, members: [.init(provider: "beta")]))
        let facts = RouteFacts(
            Sample.request(), .payment, order: Sample.paymentID, app: Sample.app, environment: .sandbox, at: .start)
        let decision = table.decide(facts) { $0 == "alpha" ? first : second }
        #expect(decision.plan.map(\.provider) == ["beta"])
        #expect(!decision.isHopeless)
        #expect(decision.rules.map(\.decided) == [false, true])
        #expect(table.takers(of: facts) { $0 == "alpha" ? first : second }.map(\.provider) == ["beta"])
    }
}

extension Engine.CommandResult {
    /// The decision by which no provider takes an order now; `nil` for everything else.
    fileprivate var noProvider: RouteDecision? {
        if case .noProviderNow(let decision) = self { decision } else { nil }
    }
}
