import Router
import Testing

/// Every payment that is not final has exactly one timer, or people have it (I-33).
@Suite struct ScheduleTests {
    @Test(arguments: AttemptState.allCases)
    func `every state has a timer or a review or an end`(_ state: AttemptState) {
        for check in [ProviderContract.CheckAbility.byOurReference, .byOperatorReference, .none] {
            for age in [0, 100, 5_000, 1_000_000] as [Int64] {
                for knows in [true, false] {
                    var scenario = AggregateScenario(state)
                    scenario.contract = Sample.contract(check: check)
                    if state == .conflict { scenario.aggregate.openReview(.conflict, at: .start) }
                    scenario.schedule(at: .start + age, knowsProvider: knows)
                    scenario.commit()
                    let order = scenario.order
                    if order.outcome == .open {
                        #expect(order.due != nil || order.review != nil, "\(check) \(age) \(knows)")
                        if let due = order.due { #expect(due.at >= .start + age) }
                    } else {
                        #expect(order.due == nil)
                    }
                }
            }
        }
    }

    @Test func `unknown climbs the ladder`() {
        var scenario = AggregateScenario(.unknown)
        for (checks, wait) in [(0, 5), (1, 15), (2, 60), (9, 60)] as [(Int, Int64)] {
            var attempt = Sample.attempt(.unknown)
            attempt.checks = checks
            scenario.aggregate = OrderAggregate(stored: scenario.order, attempts: [attempt])
            scenario.schedule(at: .start + 10)
            #expect(scenario.order.due == TimerEntry(at: .start + 10 + wait, queue: .provider("alpha")))
        }
    }

    /// Whoever waits for a wallet waits for the end of its prompt, and no longer.
    @Test(arguments: [AttemptState.pending, .unknown], [ProviderContract.CheckAbility.none, .byOurReference])
    func `the wallet is free when its prompt is over`(_ state: AttemptState, _ check: ProviderContract.CheckAbility) {
        var scenario = AggregateScenario(state)
        scenario.contract = Sample.contract(
            check: check, promptLifetime: 60,
            ladder: CheckLadder(stepsMilliseconds: [], thenEveryMilliseconds: 86_400_000), reviewAfter: 3)
        var attempt = Sample.attempt(state)
        attempt.promptLock = "flooz +22899000007"
        scenario.aggregate = OrderAggregate(stored: scenario.order, attempts: [attempt])
        scenario.schedule(at: .start + 10)
        #expect(scenario.order.review != nil || state == .pending)
        let end = Moment.start + (60 + min(scenario.contract.failureQuarantineSeconds, 60))
        #expect(scenario.order.due?.at == end, "not a day later")
        scenario.commit()
        scenario.schedule(at: end)
        #expect(scenario.aggregate.liveAttempt?.promptLock == nil)
    }

    @Test func `jitter stretches by at most a fifth`() {
        var scenario = AggregateScenario(.unknown)
        scenario.schedule(jitter: 1)
        #expect(scenario.order.due?.at == .start + 6)
    }

    @Test func `prepared and sending are looked after`() {
        var scenario = AggregateScenario(.prepared)
        scenario.schedule()
        #expect(scenario.order.due == TimerEntry(at: .start + 30, queue: .engine))
        scenario = AggregateScenario(.sending)
        scenario.schedule()
        #expect(scenario.order.due == TimerEntry(at: .start + 45, queue: .engine), "after the last byte can have left")
        scenario.schedule(at: .start + 100)
        #expect(scenario.order.due == TimerEntry(at: .start + 105, queue: .engine))
    }

    @Test func `an old unknown outcome is put before a person and still checked`() {
        var scenario = AggregateScenario(.unknown)
        scenario.schedule(at: .start.adding(milliseconds: 3_599_999))
        #expect(scenario.order.review == nil)
        #expect(scenario.order.due?.at == .start + 3_600, "the review is opened on time")
        scenario.schedule(at: .start + 3_600)
        #expect(scenario.order.review == Review(reason: .outcomeUnknown, since: .start + 3_600))
        #expect(scenario.order.due?.queue == .provider("alpha"), "checks go on")
    }

    @Test func `an unanswered prompt is put before a person later`() {
        var scenario = AggregateScenario(.pending)
        scenario.contract = Sample.contract(promptLifetime: 7_200, reviewAfter: 3_600)
        scenario.schedule(at: .start + 7_199)
        #expect(scenario.order.review == nil)
        scenario.schedule(at: .start + 7_200)
        #expect(scenario.order.review?.reason == .noAnswerFromCustomer)
    }

    @Test func `what cannot be asked waits for people`() {
        var scenario = AggregateScenario(.unknown)
        scenario.contract = Sample.contract(check: .none)
        scenario.schedule()
        #expect(scenario.order.due == TimerEntry(at: .start + 3_600, queue: .engine))
        scenario.schedule(at: .start + 3_600)
        #expect(scenario.order.due == nil)
        #expect(scenario.order.review?.reason == .outcomeUnknown)
    }

    @Test func `a check by their reference needs one`() {
        var scenario = AggregateScenario(.pending)
        scenario.contract = Sample.contract(check: .byOperatorReference)
        scenario.schedule()
        #expect(scenario.order.due?.queue == .engine)
        scenario.observe(.inProgress(Progress(operatorReference: "op-1")))
        scenario.schedule()
        #expect(scenario.order.due?.queue == .provider("alpha"))
    }

    /// A capture, release or refund is asked about by the operator's reference of its payment.
    @Test(arguments: ["op-of-payment", nil])
    func `what is about a payment is asked about by the payments reference`(_ known: String?) {
        var request = Sample.request()
        request.followUp = FollowUpTerms(
            original: OriginalCollection(
                reference: "r", operatorReference: known, channel: "tmoney", amount: request.amount, createdAt: .start),
            ordinal: 1)
        var scenario = AggregateScenario(request: request)
        scenario.contract = Sample.contract(check: .byOperatorReference, reviewAfter: 60)
        scenario.send()
        scenario.observe(.unclear(.noAnswer("lost")))
        scenario.schedule(at: .start + 100)
        #expect(scenario.order.review?.reason == .outcomeUnknown)
        #expect(scenario.order.due?.queue == (known == nil ? nil : .provider("alpha")))
    }

    @Test func `a held refusal is looked at when its quarantine ends`() {
        var scenario = AggregateScenario(.pending)
        scenario.contract = Sample.contract(
            quarantine: 90, ladder: CheckLadder(stepsMilliseconds: [], thenEveryMilliseconds: 3_600_000))
        scenario.observe(.no(definitive: false))
        scenario.schedule(at: .start + 10)
        #expect(scenario.order.due?.at == .start + 90)
    }

    @Test func `a provider that was taken out leaves its payments to people`() {
        var scenario = AggregateScenario(.pending)
        scenario.schedule(knowsProvider: false)
        #expect(scenario.order.due == nil)
        #expect(scenario.order.review?.reason == .providerMissing)
    }

    @Test func `a provider that is back is asked at once and the review goes`() {
        var scenario = AggregateScenario(.pending)
        scenario.schedule(knowsProvider: false)
        let contract = scenario.contract
        scenario.aggregate.providerIsBack(at: .start + 20) { _ in
            OrderAggregate.ScheduleFacts(contract: contract, jitter: 0)
        }
        #expect(scenario.order.review == nil)
        #expect(scenario.order.due == TimerEntry(at: .start + 20, queue: .provider("alpha")))
    }

    /// What had waited too long before keeps its age, and people's findings.
    @Test func `what waited too long before still does`() {
        var scenario = AggregateScenario(.unknown)
        scenario.aggregate.openReview(.outcomeUnknown, at: .start + 3_600)
        scenario.schedule(at: .start + 4_000, knowsProvider: false)
        #expect(scenario.order.review?.reason == .providerMissing)
        let contract = scenario.contract
        scenario.aggregate.providerIsBack(at: .start + 9_000) { _ in
            OrderAggregate.ScheduleFacts(contract: contract, jitter: 0)
        }
        #expect(scenario.order.review == Review(reason: .outcomeUnknown, since: .start + 3_600))
        #expect(scenario.order.due?.at == .start + 9_000)
    }

    @Test func `without a live attempt the engine goes on`() {
        var scenario = AggregateScenario()
        scenario.schedule()
        #expect(scenario.order.due == TimerEntry(at: .start, queue: .engine))
        scenario.aggregate.schedule(at: .start, lookAgain: .start + 7) { _ in nil }
        #expect(scenario.order.due == TimerEntry(at: .start + 7, queue: .engine))
        scenario.aggregate.awaitInput(
            Candidate(provider: "alpha", channel: "flouci"), actions: [.enterCode(length: nil)])
        scenario.schedule()
        #expect(scenario.order.due == TimerEntry(at: .start + 900, queue: .engine))
    }

    /// A ladder from a settings file may hold any number.
    @Test func `absurd ladders do not trap`() {
        var scenario = AggregateScenario(.unknown)
        scenario.contract = Sample.contract(
            ladder: CheckLadder(stepsMilliseconds: [.max], thenEveryMilliseconds: .max), reviewAfter: .max)
        scenario.schedule(jitter: 1)
        #expect((scenario.order.due?.at ?? .start) > .start)
    }
}
