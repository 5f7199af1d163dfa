import Router
import Testing

/// Money that is held first.
@Suite struct AuthorizationTests {
    @Test func aHeldAmountIsCollectedByItsCaptureOnly() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            #expect(payment.order.status == .authorized && payment.order.collected.minorUnits == 0)
            #expect(try await rig.store.postings(payment.order.movement).isEmpty, "held money is the payer's")
            let capture = try await rig.done(rig.engine.follow(rig.followUp(.capture, payment, 3_000)))
            #expect(capture.order.status == .succeeded)
            let now = try await rig.reread(payment)
            #expect(now.order.status == .succeeded && now.order.collected == Money(3_000, .xof))
            #expect(now.order.refundable == Money(3_000, .xof))
            #expect(try await rig.store.postings(capture.order.movement).map(\.amount.minorUnits) == [3_000, 3_000])
            #expect(
                rig.operators.requests.map(\.url.description).map { $0.split(separator: "/").last } == [
                    "hold", "capture",
                ])
        }
    }

    @Test func aHeldAmountIsReleased() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            _ = try await rig.done(rig.engine.follow(rig.followUp(.void, payment)))
            let now = try await rig.reread(payment)
            #expect(now.order.status == .cancelled && now.order.collected.minorUnits == 0)
            guard
                case .refused(_, .decidedAlready) = await rig.engine.follow(
                    rig.followUp(.capture, payment, key: "after"))
            else {
                Issue.record("captured after the release")
                return
            }
        }
    }

    @Test func captureAndReleaseAtTheSameTimeAreOneDecision() throws {
        try Rig.run(seed: 3, { $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            async let capture = rig.engine.follow(rig.followUp(.capture, payment, key: "capture"))
            async let void = rig.engine.follow(rig.followUp(.void, payment, key: "void"))
            let done = await [capture, void].count { if case .done = $0 { true } else { false } }
            #expect(done == 1)
            #expect(rig.operators.requests.count == 2)
        }
    }

    @Test func anUnknownCaptureIsNeitherCollectedNorFree() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            rig.operators.script("alpha", .lose(executes: true))
            _ = await rig.engine.follow(rig.followUp(.capture, payment, async: true))
            await rig.stage.sleep(seconds: 1)
            var now = try await rig.reread(payment)
            #expect(now.order.status == .authorized && now.order.certainty == .unknown)
            guard case .refused(_, .decidedAlready) = await rig.engine.follow(rig.followUp(.void, payment, key: "v"))
            else {
                Issue.record("released although it may be captured")
                return
            }
            await rig.wait { rig.store.events.contains { $0.type == "capture.succeeded" } }
            now = try await rig.reread(payment)
            #expect(now.order.status == .succeeded && now.order.certainty == .confirmed)
        }
    }

    @Test func aRefusedCaptureLeavesTheAmountHeld() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            rig.operators.script("alpha", .refuse(.unspecified))
            _ = try await rig.done(rig.engine.follow(rig.followUp(.capture, payment)))
            #expect(try await rig.reread(payment).order.status == .authorized)
            _ = try await rig.done(rig.engine.follow(rig.followUp(.capture, payment, key: "again")))
            #expect(try await rig.reread(payment).order.status == .succeeded)
        }
    }

    @Test func aHoldThatLapsedIsNoContradiction() throws {
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

    @Test func providersThatCannotHoldAreNotEligible() throws {
        try Rig.run { rig in
            var command = rig.command()
            command.request.capturesLater = true
            guard case .noRoute(let decision) = await rig.engine.create(command) else {
                Issue.record("accepted")
                return
            }
            #expect(decision.verdicts.first?.objections == ["cannot hold money for a later capture"])
            #expect(rig.operators.requests.isEmpty)
        }
    }
}

extension Rig {
    /// A payment whose amount is held.
    func hold() async throws -> OrderFile {
        var command = command()
        command.request.capturesLater = true
        return try done(await engine.create(command))
    }
}
