import Router
import RouterTestKit
import Testing

/// Two people end a review (docs/money-safety.md, 11).
@Suite struct ReviewSigningTests {
    /// Long after anything could still be executed.
    static let late = Moment.start + 200_000

    private func reviewed(_ state: AttemptState) -> AggregateScenario {
        var scenario = AggregateScenario(state)
        scenario.aggregate.openReview(state == .conflict ? .conflict : .outcomeUnknown, at: .start + 10)
        scenario.commit()
        return scenario
    }

    static func finding(
        _ verdict: Review.Finding.Verdict, reference: String? = "TX-1", document: String = "mail 17"
    ) -> Review.Finding {
        Review.Finding(
            verdict: verdict, reason: "the operator says so", document: document, operatorReference: reference)
    }

    private func sign(
        _ scenario: inout AggregateScenario, _ person: String, _ finding: Review.Finding, at now: Moment = late,
        signers: Set<String> = ["anna", "ben", "cleo"]
    ) -> Result<OrderAggregate.Signing, OrderAggregate.SigningRefusal> {
        let signature = Review.Signature(finding: finding, person: person, at: now, evidenceDigest: "digest")
        return scenario.aggregate.sign(
            signature, counts: { signers.contains($0.person) }, contract: scenario.contract,
            scope: ProofScope(kind: "test", account: "shop", isUnique: false), at: now)
    }

    @discardableResult
    private func resolve(
        _ scenario: inout AggregateScenario, _ finding: Review.Finding, at now: Moment = late
    ) -> UnitOfWork {
        #expect(sign(&scenario, "anna", finding, at: now) == .success(.first))
        scenario.commit(at: now)
        #expect(sign(&scenario, "ben", finding, at: now) == .success(.resolved))
        return scenario.commit(at: now)
    }

    static let open: [AttemptState] = [.pending, .unknown, .conflict]

    @Test(arguments: open)
    func `executed by second signature succeeds and is booked once`(_ state: AttemptState) throws {
        var scenario = reviewed(state)
        let unit = resolve(&scenario, Self.finding(.executed))
        #expect(scenario.attempt?.state == .succeeded)
        #expect(scenario.attempt?.operatorReference == "TX-1")
        #expect(scenario.order.status == .succeeded && scenario.order.certainty == .confirmed)
        #expect(scenario.order.review == nil)
        #expect(scenario.balances == ["operator:alpha": 5_000, "app:\(Sample.app)": -5_000])
        #expect(unit.evidence.map(\.source) == [.person])
        #expect(unit.evidence.first?.detail == "signed by anna and ben; document mail 17")
        #expect(unit.events.map(\.type) == ["payment.review_resolved", "payment.succeeded"])
    }

    @Test(arguments: open)
    func `not executed lets the payment end`(_ state: AttemptState) throws {
        var scenario = reviewed(state)
        resolve(&scenario, Self.finding(.notExecuted, reference: nil))
        #expect(scenario.attempt?.state == (state == .pending ? .rejected : .notExecuted))
        #expect(scenario.order.review == nil && scenario.balances.isEmpty)
        let failure = try #require(scenario.nextMove(at: Self.late).failed, "its time is over")
        #expect(failure.code == "not_executed")
    }

    @Test(arguments: open, [Int64(1), 4_999, 5_001])
    func `split posts what was executed and never tries again`(_ state: AttemptState, _ units: Int64) throws {
        var scenario = reviewed(state)
        // Money moved, so even a fresh deadline starts nothing; no waiting time is needed to know that.
        resolve(&scenario, Self.finding(.split(Money(units, .xof))), at: .start + 20)
        #expect(scenario.attempt?.state == (state == .pending ? .rejected : .notExecuted))
        #expect(scenario.balances == ["operator:alpha": units, "discrepancy:late": -units])
        let failure = try #require(scenario.nextMove(at: .start + 20).failed, "a second attempt would move money twice")
        #expect(failure.code == "executed_otherwise")
        scenario.aggregate.close(.failed, failure)
        scenario.commit()
        #expect(scenario.order.status == .failed && scenario.order.certainty == .confirmed)
        #expect(scenario.order.lateExecuted == Money(units, .xof))
        #expect(scenario.order.refundable == Money(units, .xof))
    }

    @Test(arguments: [Review.Finding.Verdict.executed, .notExecuted, .split(Money(1, .xof))])
    func `one person is never two`(_ verdict: Review.Finding.Verdict) {
        var scenario = reviewed(.unknown)
        #expect(sign(&scenario, "anna", Self.finding(verdict)) == .success(.first))
        let before = scenario.aggregate
        #expect(sign(&scenario, "anna", Self.finding(verdict)) == .failure(.samePerson))
        #expect(scenario.aggregate == before, "nothing changed")
        #expect(scenario.attempt?.state == .unknown)
    }

    @Test func `one person may correct themselves`() {
        var scenario = reviewed(.unknown)
        #expect(sign(&scenario, "anna", Self.finding(.notExecuted)) == .success(.first))
        #expect(sign(&scenario, "anna", Self.finding(.executed)) == .success(.first))
        #expect(sign(&scenario, "ben", Self.finding(.executed)) == .success(.resolved))
        #expect(scenario.attempt?.state == .succeeded)
    }

    @Test func `findings that differ stand beside each other until two agree`() {
        var scenario = reviewed(.unknown)
        #expect(sign(&scenario, "anna", Self.finding(.executed)) == .success(.first))
        let others = [
            Self.finding(.notExecuted), Self.finding(.split(Money(9, .xof))),
            Self.finding(.executed, reference: "TX-2"),
        ]
        for other in others {
            #expect(sign(&scenario, "ben", other) == .success(.first))
            #expect(scenario.attempt?.state == .unknown)
        }
        #expect(scenario.order.review?.signatures.map(\.person) == ["anna", "ben"], "each person's newest finding")
        // Another document, and no reference at all, say the same about the money.
        let same = Self.finding(.executed, reference: nil, document: "statement")
        #expect(sign(&scenario, "cleo", same) == .success(.resolved))
        #expect(scenario.attempt?.state == .succeeded)
    }

    /// Operators spell their own references in either case.
    @Test func `references that differ in case only say the same`() {
        var scenario = reviewed(.unknown)
        #expect(sign(&scenario, "anna", Self.finding(.executed, reference: "TX-1a")) == .success(.first))
        #expect(sign(&scenario, "ben", Self.finding(.executed, reference: "tx-1A")) == .success(.resolved))
        #expect(scenario.attempt?.state == .succeeded)
    }

    @Test func `a first signature of somebody revoked counts no more`() {
        var scenario = reviewed(.unknown)
        #expect(sign(&scenario, "anna", Self.finding(.executed)) == .success(.first))
        #expect(sign(&scenario, "ben", Self.finding(.executed), signers: ["ben", "cleo"]) == .success(.first))
        #expect(sign(&scenario, "cleo", Self.finding(.executed), signers: ["ben", "cleo"]) == .success(.resolved))
    }

    @Test(arguments: open)
    func `not executed waits for the operators longest work`(_ state: AttemptState) {
        var scenario = reviewed(state)
        let end = AttemptRules.lastPossibleExecution(scenario.aggregate.attempts[0], contract: scenario.contract)
        #expect(end >= .start + 300, "the operator may work for 300 s")
        #expect(
            sign(&scenario, "anna", Self.finding(.notExecuted), at: end.adding(milliseconds: -1))
                == .failure(.tooEarly(end)))
        #expect(sign(&scenario, "anna", Self.finding(.notExecuted), at: end) == .success(.first))
    }

    @Test func `without a contract the operator may work for a day`() {
        let attempt = Sample.attempt(.unknown)
        let end = AttemptRules.lastPossibleExecution(attempt, contract: nil)
        #expect(end >= .start + 86_400)
    }

    @Test func `executed needs the operators id`() {
        var scenario = reviewed(.unknown)
        #expect(sign(&scenario, "anna", Self.finding(.executed, reference: nil)) == .failure(.needsOperatorReference))
    }

    @Test(arguments: [Money(5_000, .xof), Money(0, .xof), Money(-1, .xof), Money(100, .usd)])
    func `split needs another amount of the same currency`(_ amount: Money) {
        var scenario = reviewed(.unknown)
        #expect(
            sign(&scenario, "anna", Self.finding(.split(amount))) == .failure(.needsOtherAmount(Money(5_000, .xof))))
    }

    @Test func `without a review nothing is signed`() {
        var scenario = AggregateScenario(.unknown)
        #expect(sign(&scenario, "anna", Self.finding(.executed)) == .failure(.noReview))
    }

    // MARK: Contradictions

    private func lateSuccess() -> AggregateScenario {
        var scenario = AggregateScenario(.rejected)
        scenario.aggregate.close(.failed, nil)
        scenario.commit()
        scenario.observe(.paid, source: .callback)
        scenario.commit()
        return scenario
    }

    @Test func `a late success keeps the status and may be given back at once`() {
        let scenario = lateSuccess()
        #expect(scenario.order.status == .failed && scenario.order.certainty == .disputed)
        #expect(scenario.order.review?.reason == .discrepancy)
        #expect(scenario.order.collected.minorUnits == 0)
        #expect(scenario.order.refundable == Money(5_000, .xof))
        #expect(scenario.balances == ["operator:alpha": 5_000, "discrepancy:late": -5_000])
        #expect(scenario.events.last?.type == "payment.discrepancy")
    }

    @Test(arguments: [
        (Review.Finding.Verdict.executed, Int64(5_000)), (.notExecuted, 0), (.split(Money(700, .xof)), 700),
    ])
    func `people settle a late success`(_ verdict: Review.Finding.Verdict, _ left: Int64) {
        var scenario = lateSuccess()
        resolve(&scenario, Self.finding(verdict))
        #expect(scenario.order.status == .failed && scenario.order.certainty == .confirmed)
        #expect(scenario.order.review == nil)
        #expect(scenario.order.refundable == Money(left, .xof))
        #expect(scenario.balances == ["operator:alpha": left, "discrepancy:late": -left])
        #expect(scenario.attempt?.state == .rejected, "no edge leaves a final state")
    }

    @Test func `hearing a dismissed claim again is news`() {
        var scenario = lateSuccess()
        resolve(&scenario, Self.finding(.notExecuted))
        scenario.observe(.paid, source: .callback, at: Self.late + 1)
        let unit = scenario.commit(at: Self.late + 1)
        #expect(unit.discrepancies.count == 1)
        #expect(scenario.order.review?.reason == .discrepancy && scenario.order.certainty == .disputed)
        #expect(scenario.balances == ["operator:alpha": 5_000, "discrepancy:late": -5_000])
    }

    @Test func `hearing a confirmed claim again is none`() {
        var scenario = lateSuccess()
        resolve(&scenario, Self.finding(.executed))
        scenario.observe(.paid, source: .callback, at: Self.late + 1)
        #expect(scenario.commit(at: Self.late + 1).discrepancies.isEmpty)
        #expect(scenario.order.review == nil)
    }

    private func lateFailure() -> AggregateScenario {
        var scenario = AggregateScenario(.succeeded)
        scenario.observe(.no(), source: .callback)
        scenario.commit()
        return scenario
    }

    @Test(arguments: [
        (Review.Finding.Verdict.executed, Int64(5_000)), (.notExecuted, 0), (.split(Money(4_000, .xof)), 4_000),
    ])
    func `people settle a late failure`(_ verdict: Review.Finding.Verdict, _ executed: Int64) {
        var scenario = lateFailure()
        let before = scenario.balances["operator:alpha", default: 0]
        resolve(&scenario, Self.finding(verdict))
        #expect(scenario.order.status == .succeeded && scenario.order.certainty == .confirmed)
        #expect(scenario.order.collected == Money(executed, .xof))
        #expect(scenario.order.refundable == Money(executed, .xof))
        // Against the success that was booked before this scenario began.
        #expect(before == -5_000)
        #expect(
            scenario.balances == ["operator:alpha": executed - 5_000, "discrepancy:late_failure": 5_000 - executed])
    }

    @Test func `a wrong finding is contradicted like any other`() {
        var scenario = reviewed(.unknown)
        resolve(&scenario, Self.finding(.notExecuted))
        scenario.observe(.paid, source: .callback, at: Self.late + 5)
        scenario.commit(at: Self.late + 5)
        #expect(scenario.discrepancies.map(\.kind) == [.lateSuccess])
        #expect(scenario.order.review?.reason == .discrepancy)
    }

    @Test func `signatures survive the store`() throws {
        var scenario = reviewed(.unknown)
        _ = sign(&scenario, "anna", Self.finding(.split(Money(4, .xof))))
        var unit = scenario.commit()
        unit.write = .insert
        let record = try UnitRecord(UnitCoding.bytes(unit))
        let stored = try OrderCoding.order(
            .init(
                id: unit.order.id, parent: nil, app: unit.order.app, environment: unit.order.environment,
                idempotencyKey: unit.order.idempotencyKey, requestID: unit.order.requestID,
                createdAt: unit.order.createdAt, reference: nil, movement: nil, due: nil), first: record, record)
        #expect(stored.review == unit.order.review)
        #expect(stored.review?.signatures.map(\.person) == ["anna"])
    }
}
