import Router
import RouterTestKit
import Testing

/// Money that is held first.
@Suite struct AuthorizationTests {
    @Test func `a held amount is collected by its capture only`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            #expect(payment.order.status == .authorized && payment.order.collected.minorUnits == 0)
            #expect(try await rig.store.postings(payment.order.movement).isEmpty, "held money is the payer's")
            let capture = try await rig.done(rig.engine.follow(rig.followUp(.capture, payment, 3_000)))
            #expect(capture.order.status == .succeeded)
            let now = try await rig.reread(payment)
            #expect(now.order.status == .succeeded && now.order.collected == Money(3_000, .xof))
            #expect(now.order.refundable == Money(3_000, .xof))
            #expect(try await rig.store.postings(capture.order.movement).map(\.amount.minorUnits) == [3_000])
            #expect(
                rig.operators.requests.map(\.url.description).map { $0.split(separator: "/").last } == [
                    "hold", "capture",
                ])
        }
    }

    @Test func `a held amount is released`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            _ = try await rig.done(rig.engine.follow(rig.followUp(.void, payment)))
            let now = try await rig.reread(payment)
            #expect(now.order.status == .cancelled && now.order.collected.minorUnits == 0)
            try #require(
                await rig.engine.follow(rig.followUp(.capture, payment, key: "after")).refused == .decidedAlready,
                "captured after the release")
        }
    }

    @Test func `capture and release at the same time are one decision`() throws {
        try Rig.run(seed: 3, { $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            async let capture = rig.engine.follow(rig.followUp(.capture, payment, key: "capture"))
            async let void = rig.engine.follow(rig.followUp(.void, payment, key: "void"))
            let done = await [capture, void].count { if case .done = $0 { true } else { false } }
            #expect(done == 1)
            #expect(rig.operators.requests.count == 2)
        }
    }

    @Test func `an unknown capture is neither collected nor free`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            rig.operators.script("alpha", .lose(executes: true))
            _ = await rig.engine.follow(rig.followUp(.capture, payment, async: true))
            await rig.stage.sleep(seconds: 1)
            var now = try await rig.reread(payment)
            #expect(now.order.status == .authorized && now.order.certainty == .unknown)
            try #require(
                await rig.engine.follow(rig.followUp(.void, payment, key: "v")).refused == .decidedAlready,
                "released although it may be captured")
            await rig.wait { rig.store.events.contains { $0.type == "capture.succeeded" } }
            now = try await rig.reread(payment)
            #expect(now.order.status == .succeeded && now.order.certainty == .confirmed)
        }
    }

    @Test func `a refused capture leaves the amount held`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            rig.operators.script("alpha", .refuse(.unspecified))
            _ = try await rig.done(rig.engine.follow(rig.followUp(.capture, payment)))
            #expect(try await rig.reread(payment).order.status == .authorized)
            _ = try await rig.done(rig.engine.follow(rig.followUp(.capture, payment, key: "again")))
            #expect(try await rig.reread(payment).order.status == .succeeded)
        }
    }

    @Test func `a hold that lapsed is no contradiction`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            let reference = try #require(payment.attempts.first?.reference)
            rig.operators.decide(reference, .refused(.expired, definitive: true))
            await rig.wait(upTo: 8_000) { rig.store.events.contains { $0.type == "payment.failed" } }
            let now = try await rig.reread(payment)
            #expect(now.order.status == .failed && now.order.failure?.code == "authorization_expired")
            #expect(now.order.review == nil && now.attempts.first?.state == .succeeded)
            #expect(now.order.due == nil)
        }
    }

    @Test func `providers that cannot hold are not eligible`() throws {
        try Rig.run { rig in
            var command = rig.command()
            command.request.capturesLater = true
            let decision = try #require(await rig.engine.create(command).noRoute, "accepted")
            #expect(decision.verdicts.first?.objections.map(\.description) == ["cannot hold money for a later capture"])
            #expect(rig.operators.requests.isEmpty)
        }
    }
}

extension Rig {
    /// A payment whose amount is held.
    func hold() async throws -> OrderAggregate {
        var command = command()
        command.request.capturesLater = true
        return try done(await engine.create(command))
    }
}
