import Router
import RouterTestKit
import Testing

@Suite struct NextMoveTests {
    private let alpha = Candidate(provider: "alpha", channel: "tmoney")
    private let beta = Candidate(provider: "beta", channel: "tmoney")

    @Test func `goes through the plan in order`() {
        var scenario = AggregateScenario()
        #expect(scenario.nextMove() == .start(alpha))
        scenario.send()
        #expect(scenario.nextMove() == .wait)
        scenario.observe(.notSent(TransportFailure(.connect)), source: .transport)
        #expect(scenario.nextMove() == .start(beta))
        scenario.send(2, at: "beta")
        scenario.observe(.notSent(TransportFailure(.connect)), 2, source: .transport)
        let failure = OrderFailure(code: "not_sent", blame: .operator, retryable: true)
        #expect(scenario.nextMove() == .close(.failed, failure))
    }

    @Test func `a payers refusal ends it`() {
        var scenario = AggregateScenario()
        scenario.send()
        scenario.observe(.refused(Refusal(.insufficientFunds, providerCode: "51")))
        let failure = OrderFailure(code: "insufficient_funds", blame: .payer, providerCode: "51", retryable: false)
        #expect(scenario.nextMove() == .close(.failed, failure))
    }

    @Test(arguments: [RefusalReason.credentialsRefused, .throttled])
    func `some refusals give the same provider a second turn`(_ reason: RefusalReason) throws {
        var scenario = AggregateScenario(plan: ["alpha"])
        scenario.send()
        scenario.observe(.no(reason))
        #expect(scenario.nextMove() == .start(alpha))
        scenario.send(2)
        scenario.observe(.no(reason), 2)
        let failure = try #require(scenario.nextMove().failed, "a third turn")
        #expect(failure.code == reason.rawValue)
    }

    @Test func `a withdrawn attempt is no turn`() {
        var scenario = AggregateScenario(plan: ["alpha"])
        _ = scenario.aggregate.start(Sample.attempt(), as: alpha)
        scenario.aggregate.withdraw(Sample.attemptID(1), cause: "left over", at: .start)
        #expect(scenario.nextMove() == .start(alpha))
    }

    @Test func `what cannot start now is looked at again`() throws {
        let scenario = AggregateScenario()
        #expect(scenario.nextMove(admits: false) == .lookAgain(.start + 1))
        let failure = try #require(scenario.nextMove(at: .start + 900).failed, "the deadline has passed")
        #expect(failure.code == "expired_before_sending")
        #expect(failure.retryable == true)
    }

    @Test func `a quarantine is waited for`() {
        var scenario = AggregateScenario(.unknown)
        scenario.contract = Sample.contract(visibilityLag: 0, serverLife: 0, absenceSpan: 10, quarantine: 100)
        for second in [100, 105, 110] as [Int64] { scenario.observe(.absent, at: .start + second) }
        #expect(scenario.attempt?.state == .notExecuted)
        #expect(scenario.nextMove(at: .start + 110) == .lookAgain(.start + 210))
        #expect(scenario.nextMove(at: .start + 210) == .start(beta))
    }

    @Test func `an unknown outcome is waited for beyond every deadline`() {
        let scenario = AggregateScenario(.unknown)
        #expect(scenario.nextMove(at: .start + 900) == .wait)
        #expect(scenario.nextMove(at: .start + 90_000_000) == .wait)
    }

    /// Money that an operator says it took after all must not be taken again somewhere else.
    @Test(arguments: [AttemptState.notSent, .rejected, .notExecuted])
    func `nothing starts after a late success`(_ state: AttemptState) {
        var scenario = AggregateScenario()
        scenario.commit()
        var attempt = Sample.attempt(state, refusal: state == .rejected ? .throttled : .notSent)
        attempt.quarantineEnd = .start
        scenario.aggregate = OrderAggregate(stored: scenario.order, attempts: [attempt])
        #expect(scenario.nextMove() == .start(beta) || scenario.nextMove() == .start(alpha))
        scenario.observe(.paid, source: .callback)
        scenario.commit()
        #expect(scenario.nextMove() == .wait)
        #expect(scenario.nextMove(at: .start + 1_000) == .wait, "nor may it be called failed")
        scenario.aggregate.requestCancel(at: .start)
        #expect(scenario.nextMove() == .wait, "nor cancelled")
        scenario.schedule()
        #expect(scenario.order.due == nil, "people decide; no timer runs hot")
        #expect(scenario.order.status == .underReview)
    }

    @Test func `a closed movement needs nothing`() {
        var scenario = AggregateScenario()
        scenario.aggregate.close(.failed, nil)
        #expect(scenario.nextMove() == .nothing)
    }

    @Test func `cancelling before anything was sent closes`() {
        var scenario = AggregateScenario()
        _ = scenario.aggregate.start(Sample.attempt(), as: alpha)
        scenario.aggregate.requestCancel(at: .start)
        #expect(scenario.attempt?.state == .withdrawn)
        #expect(scenario.nextMove() == .close(.cancelled, nil))
        scenario.aggregate.close(.cancelled, nil)
        scenario.commit()
        #expect(scenario.order.status == .cancelled)
    }

    @Test(arguments: [AttemptState.sending, .pending, .unknown, .conflict])
    func `cancelling later is a wish`(_ state: AttemptState) {
        var scenario = AggregateScenario(state)
        scenario.aggregate.requestCancel(at: .start + 1)
        scenario.aggregate.requestCancel(at: .start + 2)
        #expect(scenario.order.cancelRequestedAt == .start + 1)
        #expect(scenario.attempt?.state == state)
        #expect(scenario.nextMove() == .wait)
        guard state != .conflict else { return }
        scenario.observe(.no(.operatorUnavailable))
        #expect(scenario.nextMove() == .close(.cancelled, nil), "no further attempt after the wish")
    }

    @Test(arguments: [AttemptState.withdrawn, .notSent])
    func `cancelling what never left closes`(_ state: AttemptState) {
        var scenario = AggregateScenario(state)
        scenario.aggregate.requestCancel(at: .start)
        #expect(scenario.attempt?.state == state)
        #expect(scenario.nextMove() == .close(.cancelled, nil))
    }

    @Test func `success after a wish to cancel is success`() {
        var scenario = AggregateScenario(.pending)
        scenario.aggregate.requestCancel(at: .start)
        scenario.observe(.paid)
        scenario.commit()
        #expect(scenario.order.status == .succeeded)
    }

    @Test func `failed preparations carry their reason`() throws {
        var scenario = AggregateScenario()
        _ = scenario.aggregate.start(Sample.attempt(), as: alpha)
        scenario.aggregate.preparationFailed(Sample.attemptID(1), Refusal(.invalidRequest), at: .start)
        #expect(scenario.attempt?.state == .notSent)
        let failure = try #require(scenario.nextMove().failed, "an invalid request is not tried elsewhere")
        #expect(failure.blame == .merchant)
        #expect(failure.retryable == false)
    }
}
