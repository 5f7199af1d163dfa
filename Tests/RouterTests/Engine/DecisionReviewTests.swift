import Router
import RouterTestKit
import Testing

/// A payment whose capture or release people have to look at says so itself.
@Suite struct DecisionReviewTests {
    private static let contract = Sample.contract(check: .byOperatorReference, reviewAfter: 60)

    private func list(_ rig: Rig, _ review: OrderQuery.ReviewFilter, byDecision: Bool = true) async throws -> [OrderID]
    {
        var query = OrderQuery(app: Sample.app, environment: .sandbox)
        query.review = review
        query.findsByDecision = byDecision
        return try await rig.store.list(query).map(\.id)
    }

    private func view(_ aggregate: OrderAggregate) throws -> JSONValue {
        try StrictJSON.parse(
            OrderView(publicURL: "https://pay.example", pages: HostedPages(try Sample.dataKeys())).bytes(aggregate))
    }

    @Test(arguments: [OrderKind.capture, .void])
    func `the review of a capture or release is its payments`(_ kind: OrderKind) throws {
        try Rig.run({ $0.addWhole("alpha", Self.contract) }) { rig in
            let payment = try await rig.hold()
            rig.operators.script("alpha", .lose(executes: false))
            let decision = try await rig.done(rig.engine.follow(rig.followUp(kind, payment, async: true)))
            await rig.stage.sleep(seconds: 100)
            let waiting = try await rig.reread(payment)
            #expect(waiting.order.status == .underReview && waiting.order.review == nil)
            let review = try view(waiting)["review"]
            #expect(review?["reason"] == "outcome_unknown")
            #expect(review?["order"] == .string(decision.order.id.text))
            #expect(try view(waiting)["related"]?.arrayValue?.first?["review"] == "outcome_unknown")
            #expect(try view(try await rig.reread(decision))["review"]?["order"] == nil)
            // Its own event says it, too.
            let event = try #require(rig.store.events.last { $0.type == "payment.under_review" })
            let told = try StrictJSON.parse(EventBody(rig.engine.view).bytes(event))
            #expect(told["data"]?["review"]?["order"] == .string(decision.order.id.text))
            for filter in [OrderQuery.ReviewFilter.any, .reason(.outcomeUnknown)] {
                #expect(try await list(rig, filter) == [payment.order.id])
            }
            #expect(try await list(rig, .reason(.conflict)) == [])
            #expect(try await list(rig, .any, byDecision: false) == [])
            // Two people end the decision's review, and with it the payment's.
            let finding = Review.Finding(verdict: .executed, reason: "r", document: "d", operatorReference: "OP-7")
            let signed = await rig.engine.sign(payment.order.id, finding, person: "anna", counts: { _ in true })
            try #require(signed.refused == .noReview, "a payment that is ended itself was signed")
            for person in ["anna", "ben"] {
                _ = await rig.engine.sign(decision.order.id, finding, person: person) { _ in true }
            }
            let ended = try await rig.reread(payment)
            #expect(ended.order.status == (kind == .capture ? .succeeded : .cancelled))
            #expect(try view(ended)["review"] == .null && ended.order.certainty == .confirmed)
            #expect(try await list(rig, .any) == [])
        }
    }

    /// A capture that is contradicted after it had succeeded.
    @Test func `a disputed capture is named by its payment`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.hold()
            let capture = try await rig.done(rig.engine.follow(rig.followUp(.capture, payment)))
            let reference = try #require(capture.attempts.first?.reference)
            _ = await rig.callback(#"{"reference":"\#(reference)","result":"refused","event":"e1"}"#)
            await rig.stage.sleep(seconds: 2)
            let now = try await rig.reread(payment)
            #expect(now.order.status == .succeeded)
            #expect(try view(now)["review"]?["reason"] == "discrepancy")
            #expect(try view(now)["review"]?["order"] == .string(capture.order.id.text))
            #expect(try await list(rig, .reason(.discrepancy)) == [payment.order.id])
        }
    }

    /// A refund says nothing about whether the payment was collected.
    @Test func `the review of a refund is told beside it`() throws {
        try Rig.run({ $0.addWhole("alpha", Self.contract) }) { rig in
            let payment = try await rig.create()
            rig.operators.script("alpha", .lose(executes: false))
            _ = await rig.engine.follow(rig.followUp(.refund, payment, 1_000, async: true))
            await rig.stage.sleep(seconds: 100)
            let now = try await rig.reread(payment)
            #expect(now.order.status == .succeeded && now.order.certainty == .confirmed)
            #expect(try view(now)["review"] == .null)
            #expect(try view(now)["related"]?.arrayValue?.first?["review"] == "outcome_unknown")
            #expect(try await list(rig, .any) == [])
        }
    }

    /// Payments of older releases did not remember it.
    @Test func `what older releases did not remember is told at the first start`() throws {
        try Rig.run({ $0.addWhole("alpha", Self.contract) }) { rig in
            let payment = try await rig.hold()
            rig.operators.script("alpha", .lose(executes: false))
            _ = await rig.engine.follow(rig.followUp(.capture, payment, async: true))
            await rig.stage.sleep(seconds: 100)
            var aggregate = try await rig.reread(payment)
            aggregate.change { $0.followUps[0].review = nil }
            let unit = aggregate.takeUnitOfWork(at: rig.stage.now)
            #expect(await rig.store.commit([unit], epoch: 1) == .committed)
            try await rig.store.setFact("follow_up_reviews_told", "")
            let next = try await rig.restart { $0.addWhole("alpha", Self.contract) }
            let told = try await next.reread(payment)
            #expect(told.order.followUps.first?.review?.reason == .outcomeUnknown)
            #expect(try await list(next, .any) == [payment.order.id])
            next.stop()
        }
    }

    /// A wish to ask about a payment asks about what is open of it.
    @Test func `a wish to ask reaches the capture`() throws {
        let slow = Sample.contract(
            check: .byOperatorReference,
            ladder: CheckLadder(stepsMilliseconds: [], thenEveryMilliseconds: 3_000_000))
        try Rig.run({ $0.addWhole("alpha", slow) }) { rig in
            let payment = try await rig.hold()
            rig.operators.script("alpha", .lose(executes: true))
            _ = await rig.engine.follow(rig.followUp(.capture, payment, async: true))
            await rig.stage.sleep(seconds: 5)
            let waiting = try await rig.reread(payment)
            #expect(waiting.order.certainty == .unknown)
            let asked = try #require(await rig.engine.checkNow(waiting).checked, "not asked")
            #expect(asked.order.id == payment.order.id && asked.order.status == .succeeded)
        }
    }
}
