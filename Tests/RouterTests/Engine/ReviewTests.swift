import Router
import RouterTestKit
import Testing

/// Reviews, contradictions and limits, driven through the engine.
@Suite struct ReviewTests {
    private func sign(
        _ rig: Rig, _ id: OrderID, _ verdict: Review.Finding.Verdict, _ person: String, reference: String? = "TX-9"
    ) async -> Engine.SignResult {
        await rig.engine.sign(
            id,
            Review.Finding(verdict: verdict, reason: "asked", document: "mail", operatorReference: reference),
            person: person
        ) { _ in true }
    }

    private func resolve(
        _ rig: Rig, _ id: OrderID, _ verdict: Review.Finding.Verdict, reference: String? = "TX-9"
    ) async -> OrderAggregate? {
        guard case .signed(_, .first) = await sign(rig, id, verdict, "anna", reference: reference) else { return nil }
        guard case .signed(let aggregate, .resolved) = await sign(rig, id, verdict, "ben", reference: reference) else {
            return nil
        }
        return aggregate
    }

    @Test func `a payout that nobody can be asked about ends by two people`() throws {
        try Rig.run({ $0.addWhole("alpha", Sample.contract(check: .none, reviewAfter: 60)) }) { rig in
            rig.operators.script("alpha", .lose(executes: true))
            let payout = try await rig.done(rig.engine.create(rig.payout()))
            await rig.stage.sleep(seconds: 100)
            #expect(try await rig.reread(payout).order.status == .underReview)
            let done = try #require(await resolve(rig, payout.order.id, .executed))
            #expect(done.order.status == .succeeded && done.order.review == nil)
            #expect(rig.store.events.map(\.type).suffix(2) == ["payout.review_resolved", "payout.succeeded"])
            let evidence = try await rig.store.evidence(payout.order.id)
            #expect(evidence.last?.source == .person && evidence.last?.strength == .strong)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `after not executed the deadline decides and nothing is sent without it`() throws {
        try Rig.run({ $0.addWhole("alpha", Sample.contract(check: .none, reviewAfter: 60)) }) { rig in
            rig.operators.script("alpha", .lose(executes: false))
            let payout = try await rig.done(rig.engine.create(rig.payout()))
            await rig.stage.sleep(seconds: 100)
            try #require(
                await sign(rig, payout.order.id, .notExecuted, "anna").refused?.tooEarly != nil,
                "the operator may still execute it")
            await rig.stage.sleep(seconds: 4_000)
            let done = try #require(await resolve(rig, payout.order.id, .notExecuted, reference: nil))
            await rig.stage.sleep(seconds: 5)
            #expect(try await rig.reread(done).order.status == .failed)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `two signatures at once are two people or none`() throws {
        try Rig.run(seed: 3, { $0.add("alpha", Sample.contract(check: .none, reviewAfter: 60)) }) { rig in
            rig.operators.script("alpha", .lose(executes: true))
            let payment = try await rig.create(async: true)
            await rig.stage.sleep(seconds: 100)
            let results = await withTaskGroup(of: Engine.SignResult.self) { group in
                for person in ["anna", "ben", "anna", "ben", "cleo"] {
                    group.addTask(executorPreference: rig.stage) {
                        await sign(rig, payment.order.id, .executed, person)
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let resolved = results.count { if case .signed(_, .resolved) = $0 { true } else { false } }
            #expect(resolved == 1)
            #expect(try await rig.reread(payment).order.status == .succeeded)
            let lines = try await rig.store.postings(payment.order.movement)
            #expect(lines.count == 1, "booked once")
        }
    }

    @Test func `a late success is told and can be given back up to its amount`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            rig.operators.script("alpha", .refuse(.declined))
            let payment = try await rig.create()
            #expect(payment.order.status == .failed)
            let reference = try #require(rig.operators.references.first)
            let paid =
                #"{"result":"succeeded","reference":"\#(reference)","amount":5000,"currency":"XOF","id":"LATE-1"}"#
            _ = await rig.callback(paid)
            await rig.wait { rig.store.events.contains { $0.type == "payment.discrepancy" } }
            let told = try await rig.reread(payment)
            #expect(told.order.status == .failed && told.order.certainty == .disputed)
            #expect(rig.observer.discrepancies.map(\.kind) == [.lateSuccess])
            let refund = try await rig.refund(told, 3_000)
            #expect(refund.order.status == .succeeded)
            let left = try #require(
                await rig.engine.follow(rig.followUp(.refund, told, 2_001, key: "more")).refused?.exceeds,
                "more than was taken")
            #expect(left == Money(2_000, .xof))
            let lines = try await rig.store.postings(refund.order.movement)
            #expect(lines.flatMap(\.accounts) == ["discrepancy:late", "operator:alpha"])
            // What is given back cannot be found never to have been taken.
            await rig.stage.sleep(seconds: 4_000)
            let given = try #require(
                await sign(rig, payment.order.id, .notExecuted, "anna").refused?.givenBack,
                "the finding would not cover the refund")
            #expect(given == Money(3_000, .xof))
            let done = try #require(await resolve(rig, payment.order.id, .executed))
            #expect(done.order.certainty == .confirmed && done.order.refundable == Money(2_000, .xof))
        }
    }

    @Test func `one operator reference proves one attempt`() throws {
        try Rig.run({ $0.add("alpha") }) { rig in
            let same = #"{"result":"succeeded","amount":5000,"id":"OP-1"}"#
            rig.operators.script("alpha", .reply(200, same), .reply(200, same))
            let first = try await rig.create(key: "order-1-of-two")
            #expect(first.order.status == .succeeded)
            let second = try await rig.create(key: "order-2-of-two", async: true)
            await rig.stage.sleep(seconds: 2)
            let now = try await rig.reread(second)
            #expect(now.order.status == .underReview)
            #expect(now.order.review?.reason == .repeatedReference)
            #expect(now.attempts.map(\.state) == [.conflict])
            let lines = try await rig.store.postings(second.order.movement)
            #expect(lines.isEmpty, "nothing is booked twice")
            _ = await sign(rig, second.order.id, .executed, "anna", reference: "OP-1")
            let signed = await sign(rig, second.order.id, .executed, "ben", reference: "OP-1")
            #expect(signed.referenceTaken != nil, "people may not use a reference twice either")
        }
    }

    @Test func `where references are unique a repetition proves nothing`() throws {
        try Rig.run({
            $0.add("alpha") { base in
                var unique = base
                unique.manifest.operatorReferencesAreUnique = true
                return unique
            }
        }) { rig in
            let same = #"{"result":"succeeded","amount":5000,"id":"OP-1"}"#
            rig.operators.script("alpha", .reply(200, same), .reply(200, same))
            _ = try await rig.create(key: "order-1-of-two")
            let second = try await rig.create(key: "order-2-of-two", async: true)
            await rig.stage.sleep(seconds: 2)
            #expect(try await rig.reread(second).attempts.map(\.state) == [.unknown])
            #expect(rig.observer.alarms.contains("repeated_reference"))
        }
    }

    @Test func `a provider that is gone goes to people and comes back`() throws {
        try Rig.run({ $0.add("alpha") }) { rig in
            rig.operators.script("alpha", .accept)
            let payment = try await rig.create()
            await rig.stage.sleep(seconds: 1)
            let renamed = try await rig.restart { $0.add("beta") }
            #expect(renamed.engine.missingProviders == ["alpha": 1])
            let gone = try await renamed.reread(payment)
            #expect(gone.order.review?.reason == .providerMissing && gone.order.status == .underReview)
            #expect(renamed.observer.alarms.contains("provider_missing"))
            await renamed.stage.sleep(seconds: 100)
            let reference = try #require(rig.operators.references.first)
            rig.operators.decide(reference, .executed)
            let back = try await renamed.restart { $0.add("alpha") }
            await back.wait { back.order?.status == .succeeded }
            #expect(back.order?.review == nil)
            back.stop()
        }
    }

    @Test func `people can end what a gone provider left`() throws {
        try Rig.run({ $0.add("alpha") }) { rig in
            rig.operators.script("alpha", .accept)
            let payment = try await rig.create()
            let renamed = try await rig.restart { $0.add("beta") }
            let done = try #require(await resolve(renamed, payment.order.id, .executed))
            #expect(done.order.status == .succeeded)
            renamed.stop()
        }
    }

    @Test(arguments: [
        (200, #"{"result":"succeeded"}"#), (200, "<html>"), (202, ""), (200, #"{"result":"duplicate"}"#),
        (409, #"{"result":"duplicate"}"#),
    ])
    func `what shows that the request arrived ends resends`(_ status: Int, _ body: String) throws {
        try Rig.run({ $0.add("alpha", Sample.contract(key: .replays, keyWindow: 86_400)) }) { rig in
            let isWhole = body.contains("succeeded")
            rig.operators.improvise { .reply(status, isWhole ? #"{"result":"other"}"# : body) }
            try await rig.create(async: true, expires: 80_000)
            await rig.stage.sleep(seconds: 10_000)
            #expect(rig.operators.requests.count == 1)
            #expect(rig.states.first != .rejected)
        }
    }

    @Test(arguments: [500, 502, 503])
    func `a server error shows nothing and may be resent`(_ status: Int) throws {
        try Rig.run({ $0.add("alpha", Sample.contract(key: .replays, keyWindow: 86_400)) }) { rig in
            rig.operators.script("alpha", .reply(status, "oops"), .succeed)
            try await rig.create(async: true)
            await rig.wait { rig.order?.status == .succeeded }
            #expect(rig.operators.requests.count == 2)
        }
    }

    @Test func `the exposure limit stops sends and not checks`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(absence: false), exposure: ["XOF": 12_000]) }) { rig in
            rig.operators.improvise { .lose(executes: true) }
            _ = try await rig.create(key: "order-1-exposed", async: true)
            _ = try await rig.create(key: "order-2-exposed", async: true)
            await rig.stage.sleep(seconds: 1)
            let decision = try #require(
                await rig.engine.create(rig.command(key: "order-3-exposed")).noProviderNow,
                "15 000 francs in doubt are more than 12 000")
            #expect(decision.verdicts.first?.pause == .exposureUsedUp)
            #expect(rig.operators.requests.count == 2)
            #expect(rig.observer.alarms.count { $0 == "exposure_limit" } == 1)
            // The checks find the money, and there is room again.
            await rig.stage.sleep(seconds: 120)
            rig.operators.improvise { .succeed }
            let third = try await rig.create(key: "order-3-exposed")
            #expect(third.order.status == .succeeded)
        }
    }

    @Test func `exposure is read at start`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(check: .none), exposure: ["XOF": 9_999]) }) { rig in
            rig.operators.improvise { .lose(executes: true) }
            _ = try await rig.create(key: "order-1-exposed", async: true)
            await rig.stage.sleep(seconds: 1)
            let next = try await rig.restart {
                $0.add("alpha", Sample.contract(check: .none), exposure: ["XOF": 9_999])
            }
            try #require(
                await next.engine.create(next.command(key: "order-2-exposed")).noProviderNow != nil,
                "forgotten over the restart")
            next.stop()
        }
    }
}
