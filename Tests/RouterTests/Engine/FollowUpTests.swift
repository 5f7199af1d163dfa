import Router
import RouterTestKit
import Testing

/// Refunds, captures and releases of payments.
@Suite struct FollowUpTests {
    @Test func `a refund gives back once and the payment knows`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.create()
            let refund = try await rig.refund(payment, 2_000)
            #expect(refund.order.id.kind == .refund && refund.order.status == .succeeded)
            #expect(rig.operators.requests.map(\.url).last == "https://alpha.example/refund")
            let now = try await rig.reread(payment)
            #expect(now.order.refunded == Money(2_000, .xof) && now.order.refundable == Money(3_000, .xof))
            #expect(now.order.status == .succeeded)
            #expect(
                rig.store.events.map(\.type) == [
                    "payment.created", "payment.succeeded", "refund.created", "payment.refunded", "refund.succeeded",
                ])
            let lines = try await rig.store.postings(refund.order.movement)
            #expect(lines.flatMap(\.accounts) == ["app:\(Sample.app)", "operator:alpha"])
            let body = try #require(rig.operators.requests.last).body
            let original = try StrictJSON.parse(body)["original"]?.stringValue
            #expect(original == payment.attempts.first?.operatorReference, "found by the operator's own reference")
        }
    }

    @Test func `refunds at the same time never exceed what was collected`() throws {
        try Rig.run(seed: 7, { $0.addWhole("alpha") }) { rig in
            let payment = try await rig.create()
            let results = await withTaskGroup(of: Engine.CommandResult.self) { group in
                for number in 0..<12 {
                    group.addTask(executorPreference: rig.stage) {
                        await rig.engine.follow(rig.followUp(.refund, payment, 1_000, key: "refund-\(number)"))
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let accepted = results.count { if case .done = $0 { true } else { false } }
            let refused = results.count { result in
                guard case .refused(_, .exceeds) = result else { return false }
                return true
            }
            #expect(accepted == 5 && refused == 7)
            await rig.stage.sleep(seconds: 5)
            let now = try await rig.reread(payment)
            #expect(now.order.refunded == Money(5_000, .xof) && now.order.refundable.minorUnits == 0)
            #expect(rig.operators.requests.count == 6)
        }
    }

    @Test func `an unknown refund holds its amount and ends by its check`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.create()
            rig.operators.script("alpha", .lose(executes: true))
            _ = await rig.engine.follow(rig.followUp(.refund, payment, 4_000, async: true))
            await rig.stage.sleep(seconds: 1)
            var now = try await rig.reread(payment)
            #expect(now.order.refunded.minorUnits == 0 && now.order.refundable == Money(1_000, .xof))
            #expect(now.order.followUps.first?.certainty == .unknown)
            let left = try #require(
                await rig.engine.follow(rig.followUp(.refund, payment, 1_001, key: "another")).refused?.exceeds,
                "the amount is not held")
            #expect(left == Money(1_000, .xof))
            await rig.wait { rig.store.events.contains { $0.type == "refund.succeeded" } }
            now = try await rig.reread(payment)
            #expect(now.order.refunded == Money(4_000, .xof))
            #expect(rig.operators.executions.values.reduce(0, +) == 2)
        }
    }

    @Test func `a refused refund frees its amount`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.create()
            rig.operators.script("alpha", .refuse(.declined))
            let refund = try await rig.refund(payment, 5_000)
            #expect(refund.order.status == .failed)
            #expect(try await rig.reread(payment).order.refundable == Money(5_000, .xof))
            let again = try await rig.refund(payment, 5_000, key: "again")
            #expect(again.order.status == .succeeded)
            #expect(again.attempts.first?.reference != refund.attempts.first?.reference)
        }
    }

    @Test func `the same key is the same refund`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.create()
            let refund = try await rig.refund(payment, 1_000)
            let again = try #require(
                await rig.engine.follow(rig.followUp(.refund, payment, 1_000)).replayed, "not replayed"
            ).aggregate
            #expect(again.order.id == refund.order.id)
            try #require(
                await rig.engine.follow(rig.followUp(.refund, payment, 999)).keyReused != nil, "another body passed")
            #expect(rig.operators.requests.count == 2)
        }
    }

    @Test func `a crash while refunding never refunds twice`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.create()
            rig.operators.script(
                "alpha", .first({ _ in await rig.stage.sleep(seconds: 100_000) }, .succeed))
            _ = await rig.engine.follow(rig.followUp(.refund, payment, 1_000, async: true))
            await rig.stage.sleep(seconds: 1)
            let next = try await rig.restart { $0.addWhole("alpha") }
            #expect(try await next.reread(payment).order.followUps.first?.certainty == .unknown)
            rig.operators.decide(try #require(rig.operators.references.last), .executed)
            await next.wait { next.store.events.contains { $0.type == "refund.succeeded" } }
            #expect(try await next.reread(payment).order.refunded == Money(1_000, .xof))
            #expect(rig.operators.requests.count == 2)
        }
    }

    @Test func `nothing is refunded that was not collected`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            rig.operators.script("alpha", .refuse(.insufficientFunds))
            let payment = try await rig.create()
            try #require(
                await rig.engine.follow(rig.followUp(.refund, payment, 1_000)).refused == .wrongState,
                "a failed payment was refunded")
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `what the operator cannot do is refused before anything is sent`() throws {
        let wholeOnly: (inout Rig.Setup) -> Void = { setup in
            setup.addWhole("alpha") { manifest in
                manifest.refund?.allowsPartial = false
                manifest.refund?.allowsSeveral = false
                manifest.refund?.withinSeconds = 86_400
                manifest.authorization?.allowsPartialCapture = false
            }
        }
        try Rig.run(wholeOnly) { rig in
            let payment = try await rig.create()
            let partial = await rig.engine.follow(rig.followUp(.refund, payment, 1_000))
            try #require(partial.refused?.notSupported != nil, "\(partial)")
            await rig.stage.sleep(seconds: 86_400)
            let late = await rig.engine.follow(rig.followUp(.refund, payment, 5_000))
            try #require(late.refused == .tooLate, "\(late)")
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `where there are no refunds money is paid out to the payer`() throws {
        try Rig.run({ $0.addWhole("alpha") { $0.refund = nil } }) { rig in
            var command = rig.command()
            command.request.customer.phone = try Sample.phone()
            let payment = try rig.done(await rig.engine.create(command))
            let refund = try await rig.refund(payment, 5_000)
            #expect(refund.order.status == .succeeded && refund.order.request.followUp?.isPaidOut == true)
            #expect(rig.operators.requests.last?.url == "https://alpha.example/payout")
            #expect(try await rig.reread(payment).order.refunded == Money(5_000, .xof))
        }
    }

    @Test func `a lost dispute counts against refunds`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.create()
            let reference = try #require(payment.attempts.first?.reference)
            for _ in 0..<2 {
                let reply = await rig.callback(#"{"dispute_of":"\#(reference)","event":"evt_1"}"#)
                #expect(reply.status == 200)
            }
            await rig.wait { rig.store.events.contains { $0.type == "payment.dispute_lost" } }
            let now = try await rig.reread(payment)
            #expect(now.order.notices.count == 1 && now.order.refundable == Money(3_000, .xof))
            #expect(now.order.status == .succeeded)
        }
    }

    /// Operators dispute what they collected; of a payout there is no type of event that could tell it.
    @Test func `a dispute that names a payout is told by an alarm and changes nothing`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payout = try rig.done(await rig.engine.create(rig.payout()))
            let reference = try #require(payout.attempts.first?.reference)
            #expect(await rig.callback(#"{"dispute_of":"\#(reference)","event":"evt_1"}"#).status == 200)
            await rig.stage.sleep(seconds: 10)
            #expect(try await rig.reread(payout).order.notices.isEmpty)
            #expect(rig.store.events.allSatisfy { event in EventType.all.contains { $0.description == event.type } })
            #expect(rig.observer.alarms.contains("orphan_callback"))
        }
    }
}

extension Rig {
    func followUp(
        _ kind: OrderKind, _ payment: OrderAggregate, _ units: Int64? = nil, key: String = "follow-up-1",
        async: Bool = false
    ) -> Engine.FollowUpCommand {
        Engine.FollowUpCommand(
            kind, of: payment.order.id, amount: units.map { Money($0, .xof) }, idempotencyKey: key,
            fingerprint: Array("\(kind) \(units ?? 0)".utf8), requestID: Sample.requestID, respondsAsync: async)
    }

    func refund(_ payment: OrderAggregate, _ units: Int64, key: String = "follow-up-1") async throws -> OrderAggregate {
        try await done(engine.follow(followUp(.refund, payment, units, key: key)))
    }

    func done(_ result: Engine.CommandResult) throws -> OrderAggregate {
        let aggregate = try #require(result.done, "not accepted: \(result)").aggregate
        return aggregate
    }

    func reread(_ aggregate: OrderAggregate) async throws -> OrderAggregate {
        try #require(try await store.orderAggregate(aggregate.order.id))
    }
}
