import Router
import RouterTestKit
import Testing

@Suite struct HappyPathTests {
    @Test func `a payment is sent once and succeeds`() throws {
        try Rig.run { rig in
            let result = await rig.engine.create(rig.command())
            let (aggregate, status) = try #require(result.done, "\(result)")
            #expect(status == 201)
            #expect(aggregate.order.status == .succeeded)
            #expect(rig.history == [.prepared, .sending, .succeeded])
            #expect(rig.operators.requests.count == 1)
            #expect(rig.operators.executions.values.reduce(0, +) == 1)
            #expect(rig.store.postings.map(\.amount.minorUnits) == [5_000])
            #expect(rig.store.events.map(\.type) == ["payment.created", "payment.succeeded"])
            #expect(rig.observer.exchanges == ["collect 200"])
        }
    }

    @Test func `a pending answer is followed to its end`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .awaitingCustomer)
            #expect(aggregate.order.nextActions == [.approveOnPhone(hint: nil)])
            await rig.stage.sleep(seconds: 30)
            #expect(rig.states == [.pending])
            rig.operators.decide(try #require(rig.operators.references.first), .executed)
            await rig.wait { rig.order?.status == .succeeded }
            #expect(rig.history == [.prepared, .sending, .pending, .succeeded])
        }
    }

    @Test func `a hosted session is published before its link is shown`() throws {
        try Rig.run({ $0.add("alpha", style: .session) }) { rig in
            let aggregate = try await rig.create()
            #expect(aggregate.order.nextActions == [.redirect(url: "https://alpha.example/s")])
            #expect(rig.history == [.prepared, .pending])
            #expect(rig.store.aggregate()?.liveAttempt?.actions.isEmpty == false, "durable, not only told")
            #expect(rig.operators.requests.isEmpty)
            let reference = try #require(rig.attempts.first?.operatorReference)
            let reply = await rig.callback(
                #"{"result":"succeeded","session":"\#(reference)","amount":5000,"currency":"XOF"}"#)
            #expect(reply.status == 200)
            await rig.wait { rig.order?.status == .succeeded }
        }
    }

    @Test func `an asynchronous create answers at once`() throws {
        try Rig.run { rig in
            let aggregate = try await rig.create(async: true)
            #expect(aggregate.order.status == .processing)
            #expect(rig.stage.now == .start)
            await rig.wait { rig.order?.status == .succeeded }
        }
    }

    @Test func `a slow operator is not waited for longer than allowed`() throws {
        try Rig.run { rig in
            let stage = rig.stage
            rig.operators.script("alpha", .first({ _ in await stage.sleep(seconds: 20) }, .succeed))
            let result = await rig.engine.create(rig.command())
            let (aggregate, status) = try #require(result.done, "\(result)")
            #expect(status == 202)
            #expect(aggregate.order.status == .processing)
            #expect((8_000...8_200).contains(rig.stage.now.milliseconds(since: .start)))
            await rig.wait { rig.order?.status == .succeeded }
            let replay = await rig.engine.create(rig.command())
            let idempotencyRecord = try #require(replay.replayed, "\(replay)").idempotencyRecord
            #expect(idempotencyRecord.status == 202, "a replay repeats the status of the first answer")
        }
    }

    @Test func `a payment nobody can take is not stored`() throws {
        try Rig.run { rig in
            let result = await rig.engine.create(rig.command(amount: Money(5_000, .eur)))
            let decision = try #require(result.noRoute, "\(result)")
            #expect(decision.verdicts.first?.objections.map(\.description) == ["takes XOF, not EUR"])
            #expect(rig.store.payments.isEmpty)
        }
    }

    @Test func `explaining changes nothing`() throws {
        try Rig.run { rig in
            let decision = rig.engine.explain(Sample.request(), app: Sample.app, environment: .sandbox, at: .start)
            #expect(decision.plan == [Candidate(provider: "alpha", channel: "tmoney")])
            #expect(
                rig.engine.explain(Sample.request(), app: Sample.app, environment: .production, at: .start).isHopeless)
            #expect(rig.store.payments.isEmpty)
        }
    }
}
