import Router
import RouterTestKit
import Testing

/// A second operator's wallet is prompted only if the payer says so.
@Suite struct WalletFailoverTests {
    private static func setup(_ names: [(String, [PaymentChannel])]) -> @Sendable (inout Rig.Setup) -> Void {
        { setup in
            for (name, channels) in names {
                setup.addWhole(name) { manifest in
                    manifest.channels = channels
                    manifest.payout?.channels = channels
                    manifest.requires = [.phone]
                    manifest.phoneCountries = ["TG"]
                }
            }
        }
    }

    private static let three = setup([("direct", ["tmoney"]), ("both", ["flooz", "tmoney"]), ("moov", ["flooz"])])

    private func command(_ rig: Rig, _ phone: String, channels: [PaymentChannel] = []) throws -> Engine.CreateCommand {
        var command = rig.command(channels: channels)
        command.request.customer.phone = try Sample.phone(phone)
        return command
    }

    @Test(arguments: [("+22890112233", "tmoney"), ("+22899112233", "flooz"), ("+22894112233", "tmoney")])
    func `failover keeps the wallet and then asks`(_ phone: String, _ channel: String) throws {
        try Rig.run(Self.three) { rig in
            for name in ["direct", "both", "moov"] { rig.operators.script(name, .unsent(.connect)) }
            let aggregate = try rig.done(await rig.engine.create(command(rig, phone)))
            #expect(rig.attempts.count == 2 && rig.attempts.allSatisfy { $0.channel.text == channel })
            #expect(
                aggregate.order.status == .awaitingCustomer && aggregate.order.awaitsChoice
                    && aggregate.order.asksChannel)
            let url = try #require(aggregate.order.nextActions.first?.redirect, "nobody is asked")
            #expect(url.contains("/pay/\(aggregate.order.id)?t="))
            let offers = rig.engine.offers(aggregate.order).map(\.channel.text)
            #expect(offers == [channel == "tmoney" ? "flooz" : "tmoney"], "what was tried is not offered again")
            #expect(rig.operators.requests.isEmpty)
            // The payer chooses the other wallet: the aggregator that failed on the first may serve it.
            let chosen = await rig.engine.choose(aggregate.order.id, channel: PaymentChannel(offers[0]), phone: nil)
            let begun = try #require(chosen.begun, "\(chosen)")
            #expect(begun.order.status == .succeeded && begun.order.chosen?.channel.text == offers[0])
            #expect(rig.operators.executions.values.reduce(0, +) == 1)
        }
    }

    @Test func `the aggregator that failed may serve the other wallet`() throws {
        try Rig.run(Self.setup([("both", ["tmoney", "flooz"]), ("moov", ["flooz"])])) { rig in
            rig.operators.script("both", .unsent(.connect))
            let aggregate = try rig.done(await rig.engine.create(command(rig, "+22890112233")))
            #expect(aggregate.order.awaitsChoice)
            _ = await rig.engine.choose(aggregate.order.id, channel: "flooz", phone: nil)
            #expect(rig.attempts.map(\.channel) == ["tmoney", "flooz"])
            #expect(rig.attempts.map(\.provider) == ["both", "both"])
        }
    }

    @Test func `the payer is asked once`() throws {
        try Rig.run(Self.three) { rig in
            for name in ["direct", "both", "moov"] { rig.operators.script(name, .unsent(.connect), .unsent(.connect)) }
            let aggregate = try rig.done(await rig.engine.create(command(rig, "+22890112233")))
            _ = await rig.engine.choose(aggregate.order.id, channel: "flooz", phone: nil)
            await rig.wait { rig.order?.status == .failed }
            #expect(rig.order?.failure?.code == "not_sent")
        }
    }

    @Test func `who never answers fails at the deadline with the first reason`() throws {
        try Rig.run(Self.three) { rig in
            for name in ["direct", "both"] { rig.operators.script(name, .unsent(.connect)) }
            _ = try rig.done(await rig.engine.create(command(rig, "+22890112233")))
            await rig.stage.sleep(seconds: 905)
            #expect(rig.order?.status == .failed && rig.order?.failure?.code == "not_sent")
            #expect(rig.operators.requests.isEmpty)
        }
    }

    @Test func `a payers refusal asks nobody`() throws {
        try Rig.run(Self.three) { rig in
            rig.operators.script("direct", .refuse(.insufficientFunds))
            let aggregate = try rig.done(await rig.engine.create(command(rig, "+22890112233")))
            #expect(aggregate.order.status == .failed && rig.attempts.count == 1)
        }
    }

    @Test func `what is not known is neither tried elsewhere nor asked`() throws {
        try Rig.run(Self.three) { rig in
            rig.operators.script("direct", .lose(executes: true))
            let aggregate = try rig.done(await rig.engine.create(command(rig, "+22890112233")))
            #expect(!aggregate.order.awaitsChoice && rig.attempts.count == 1)
            await rig.wait { rig.order?.status == .succeeded }
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `a named channel fails without a question`() throws {
        try Rig.run(Self.three) { rig in
            for name in ["direct", "both"] { rig.operators.script(name, .unsent(.connect)) }
            let aggregate = try rig.done(await rig.engine.create(command(rig, "+22890112233", channels: ["tmoney"])))
            #expect(aggregate.order.status == .failed && rig.attempts.count == 2)
        }
    }

    @Test func `where nothing else fits it fails`() throws {
        try Rig.run(Self.setup([("direct", ["tmoney"])])) { rig in
            rig.operators.script("direct", .unsent(.connect))
            let aggregate = try rig.done(await rig.engine.create(command(rig, "+22890112233")))
            #expect(aggregate.order.status == .failed)
        }
    }

    @Test func `a crash before the question asks afterwards`() throws {
        try Rig.run(Self.three) { rig in
            for name in ["direct", "both"] { rig.operators.script(name, .unsent(.connect)) }
            rig.store.inject { _, units in units.contains { $0.order.asksChannel } ? .failsBefore : nil }
            _ = await rig.engine.create(try command(rig, "+22890112233"))
            rig.store.inject(nil)
            let next = try await rig.restart(Self.three)
            await next.wait { next.order?.status == .awaitingCustomer }
            #expect(next.order?.awaitsChoice == true && next.operators.requests.isEmpty)
            next.stop()
        }
    }

    @Test func `an open breaker asks instead of prompting the other wallet`() throws {
        try Rig.run({ setup in
            setup.breaker.minimumCalls = 1
            Self.setup([("direct", ["tmoney"]), ("moov", ["flooz"])])(&setup)
        }) { rig in
            rig.operators.script("direct", .unsent(.connect))
            _ = try rig.done(await rig.engine.create(command(rig, "+22890112233", channels: ["tmoney"])))
            var second = try command(rig, "+22890112233")
            second.idempotencyKey = "order-2"
            let asked = try rig.done(await rig.engine.create(second))
            #expect(asked.order.awaitsChoice && asked.attempts.isEmpty && rig.operators.requests.isEmpty)
            #expect(PayoutLockTests.words(await rig.engine.create(second)) == "replayed")
        }
    }

    @Test(arguments: ["+22890112233", "+22899112233", "+22894112233"])
    func `a payout never goes to another operator`(_ phone: String) throws {
        try Rig.run(Self.three) { rig in
            for name in ["direct", "both", "moov"] { rig.operators.script(name, .unsent(.connect), .unsent(.connect)) }
            for (key, channels) in [("payout-1", []), ("payout-2", ["tmoney", "flooz"])] as [(String, [PaymentChannel])]
            {
                var command = rig.payout(key: key)
                command.request.customer.phone = try Sample.phone(phone)
                command.request.channels = channels
                let aggregate = try rig.done(await rig.engine.create(command))
                #expect(aggregate.order.status == .failed && aggregate.attempts.count == 2)
                #expect(Set(aggregate.attempts.map(\.channel)).count == 1)
            }
            #expect(rig.operators.requests.isEmpty)
        }
    }
}
