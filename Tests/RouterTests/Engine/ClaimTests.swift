import RouterTestKit
import Testing

@testable import Router

/// Whoever is answered may act before the work that led to the answer is put away.
@Suite struct ClaimTests {
    private static let coded: @Sendable (inout Rig.Setup) -> Void = { setup in
        setup.add("alpha") { CodeProvider(base: $0) }
    }

    @Test func `a code waits for the work that asked for it`() throws {
        try Rig.run(Self.coded) { rig in
            let made = try await rig.create()
            #expect(made.order.awaitsInput && rig.engine.context.locks.lock(made.order.id))
            rig.stage.spawn {
                await rig.stage.sleep(milliseconds: 500)
                rig.engine.context.locks.release(made.order.id)
            }
            #expect(try await rig.done(rig.confirm("123456", key: "c1")).order.status == .succeeded)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `a claim that is kept is not waited for long`() throws {
        try Rig.run(Self.coded) { rig in
            let made = try await rig.create()
            #expect(rig.engine.context.locks.lock(made.order.id))
            let began = rig.stage.now
            try #require(
                try await rig.confirm("123456", key: "c1").codeUnchecked != nil, "a code was taken beside other work")
            #expect(rig.stage.now.milliseconds(since: began) <= 2_010)
            rig.engine.context.locks.release(made.order.id)
            #expect(try await rig.done(rig.confirm("123456", key: "c2")).order.status == .succeeded)
        }
    }

    /// A payment that has ended, or whose code is out, is not waited for.
    @Test func `nobody waits for a payment that asks nothing`() throws {
        try Rig.run { rig in
            let made = try await rig.create()
            #expect(rig.engine.context.locks.lock(made.order.id))
            let began = rig.stage.now
            try #require(
                try await rig.confirm("123456", key: "c1").notPossible != nil,
                "a code was taken where none is asked for")
            #expect(rig.stage.now == began)
        }
    }
}
