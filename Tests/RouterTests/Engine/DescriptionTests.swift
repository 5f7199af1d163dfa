import Router
import RouterTestKit
import Testing

/// A text for the payer goes out whole or not at all: what a provider cannot carry goes to another, or is refused.
@Suite struct DescriptionTests {
    private static func limited(
        _ name: String, to limit: Int?, followsOrderNumber: Bool = false
    ) -> @Sendable (inout Rig.Setup) -> Void {
        { setup in
            setup.add(name) { base in
                var base = base
                base.manifest.description = DescriptionFacts(limit: limit, followsOrderNumber: followsOrderNumber)
                return base
            }
        }
    }

    private func command(_ rig: Rig, _ text: String?, number: String? = nil) -> Engine.CreateCommand {
        var command = rig.command()
        command.request.description = text
        command.request.reference = number
        return command
    }

    private static func text(_ count: Int) -> String { String(repeating: "é", count: count) }

    @Test func `the provider that takes it is chosen`() throws {
        try Rig.run({ setup in
            Self.limited("alpha", to: 50)(&setup)
            Self.limited("beta", to: nil)(&setup)
        }) { rig in
            rig.operators.script("beta", .accept)
            let aggregate = try rig.done(await rig.engine.create(command(rig, Self.text(51))))
            #expect(aggregate.attempts.map(\.provider) == ["beta"])
            let why = aggregate.order.explanation["candidates"]?.arrayValue?.first?["why_not"]?.arrayValue ?? []
            #expect(why == ["takes a description of at most 50 characters"])
        }
    }

    @Test(arguments: [(250, 250), (251, 50), (51, 50), (50, 50)])
    func `a longer one is refused before anything is stored`(
        length: Int, limit: Int
    ) throws {
        try Rig.run(Self.limited("alpha", to: limit)) { rig in
            rig.operators.script("alpha", .accept)
            let result = await rig.engine.create(command(rig, Self.text(length)))
            guard length > limit else {
                _ = try rig.done(result)
                return
            }
            let decision = try #require(result.noRoute, "not refused: \(result)")
            #expect(decision.descriptionRoom == limit && rig.store.payments.isEmpty && rig.operators.requests.isEmpty)
        }
    }

    @Test func `the order number takes its part`() throws {
        try Rig.run(Self.limited("alpha", to: 255, followsOrderNumber: true)) { rig in
            rig.operators.script("alpha", .accept)
            let decision = try #require(
                await rig.engine.create(command(rig, Self.text(250), number: "CMD-17")).noRoute, "not refused")
            #expect(decision.descriptionRoom == 248)
            _ = try rig.done(await rig.engine.create(command(rig, Self.text(248), number: "CMD-17")))
        }
    }

    @Test func `a payers page offers only who takes it`() throws {
        try Rig.run(Self.limited("alpha", to: 50)) { rig in
            var hosted = command(rig, Self.text(51))
            hosted.request.isHosted = true
            let decision = try #require(await rig.engine.create(hosted).noRoute, "not refused")
            #expect(decision.descriptionRoom == 50 && rig.store.payments.isEmpty)
        }
    }

    @Test func `a refunds reason is held to the operators limit`() throws {
        try Rig.run({ setup in
            setup.addWhole("alpha") { $0.refund?.description = DescriptionFacts(limit: 20) }
        }) { rig in
            let payment = try await rig.create()
            #expect(payment.order.status == .succeeded)
            let result = await rig.engine.follow(
                .init(
                    .refund, of: payment.order.id, description: Self.text(21), idempotencyKey: "r", fingerprint: [1],
                    requestID: Sample.requestID))
            try #require(result.refused == .descriptionTooLong(20), "not refused: \(result)")
            #expect(rig.store.payments.count == 1)
        }
    }

    @Test func `room is what is left`() {
        #expect(DescriptionFacts().room(after: "CMD-17") == 250)
        #expect(DescriptionFacts(limit: 160).room(after: "CMD-17") == 160)
        #expect(DescriptionFacts(limit: 255, followsOrderNumber: true).room(after: nil) == 250)
        #expect(DescriptionFacts(limit: 255, followsOrderNumber: true).room(after: "CMD-17") == 248)
        #expect(DescriptionFacts(limit: 5, followsOrderNumber: true).room(after: "CMD-17") == 0)
        #expect(DescriptionFacts(limit: 160).limited(to: 40).limit == 40)
        #expect(DescriptionFacts(limit: 160).limited(to: nil).limit == 160)
        #expect(DescriptionFacts().limited(to: 40).limit == 40)
    }

    @Test func `a shop is shown by its own name first`() {
        #expect(Shop(name: "app", brand: "own").shown("configured") == "own")
        #expect(Shop(name: "app").shown("configured") == "configured")
        #expect(Shop(name: "app").shown(nil) == "app")
        #expect(Shop().shown(nil) == nil)
    }
}
