import Testing

@testable import Router

/// Whoever is answered may act before the work that led to the answer is put away.
@Suite struct ClaimTests {
    private static let coded: @Sendable (inout Rig.Setup) -> Void = { setup in
        setup.add("alpha") { CodeProvider(base: $0) }
    }

    @Test func aCodeWaitsForTheWorkThatAskedForIt() throws {
        try Rig.run(Self.coded) { rig in
            let made = try await rig.create()
            #expect(made.order.awaitsInput && rig.engine.claims.claim(made.order.id))
            rig.stage.spawn {
                await rig.stage.sleep(milliseconds: 500)
                rig.engine.claims.release(made.order.id)
            }
            #expect(try await rig.done(rig.confirm("123456", key: "c1")).order.status == .succeeded)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func aClaimThatIsKeptIsNotWaitedForLong() throws {
        try Rig.run(Self.coded) { rig in
            let made = try await rig.create()
            #expect(rig.engine.claims.claim(made.order.id))
            let began = rig.stage.now
            guard case .notPossible = try await rig.confirm("123456", key: "c1") else {
                Issue.record("a code was taken beside other work")
                return
            }
            #expect(rig.stage.now.milliseconds(since: began) <= 2_010)
            rig.engine.claims.release(made.order.id)
            #expect(try await rig.done(rig.confirm("123456", key: "c2")).order.status == .succeeded)
        }
    }

    /// A payment that has ended, or whose code is out, is not waited for.
    @Test func nobodyWaitsForAPaymentThatAsksNothing() throws {
        try Rig.run { rig in
            let made = try await rig.create()
            #expect(rig.engine.claims.claim(made.order.id))
            let began = rig.stage.now
            guard case .notPossible = try await rig.confirm("123456", key: "c1") else {
                Issue.record("a code was taken where none is asked for")
                return
            }
            #expect(rig.stage.now == began)
        }
    }
}
