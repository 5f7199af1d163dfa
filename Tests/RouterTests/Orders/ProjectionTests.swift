import Router
import Testing

/// The public status is a projection of the records (docs/money-safety.md, 2).
@Suite struct ProjectionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var state: AttemptState?
        var actions: [CustomerAction] = []
        var status: OrderStatus
        var certainty: Certainty
        var testDescription: String { "\(state.map(\.rawValue) ?? "none") \(actions) -> \(status)" }
    }

    @Test(arguments: [
        Case(state: nil, status: .processing, certainty: .confirmed),
        Case(state: .prepared, status: .processing, certainty: .confirmed),
        Case(state: .sending, status: .processing, certainty: .unknown),
        Case(state: .pending, status: .processing, certainty: .confirmed),
        Case(state: .pending, actions: [.wait], status: .processing, certainty: .confirmed),
        Case(state: .pending, actions: [.approveOnPhone(hint: nil)], status: .awaitingCustomer, certainty: .confirmed),
        Case(state: .pending, actions: [.wait, .redirect(url: "u")], status: .awaitingCustomer, certainty: .confirmed),
        Case(state: .unknown, status: .processing, certainty: .unknown),
        Case(state: .unknown, actions: [.approveOnPhone(hint: nil)], status: .processing, certainty: .unknown),
        Case(state: .conflict, status: .processing, certainty: .unknown),
        Case(state: .rejected, status: .processing, certainty: .confirmed),
        Case(state: .notSent, status: .processing, certainty: .confirmed),
    ])
    func `open payments`(_ expected: Case) {
        var scenario = AggregateScenario()
        scenario.commit()
        if let state = expected.state {
            var attempt = Sample.attempt(state)
            attempt.actions = expected.actions
            scenario.aggregate = OrderAggregate(stored: scenario.order, attempts: [attempt])
        }
        scenario.aggregate.change { $0.updatedAt = .start }
        scenario.commit()
        #expect(scenario.order.status == expected.status)
        #expect(scenario.order.certainty == expected.certainty)
        #expect(scenario.order.nextActions == expected.actions)
    }

    @Test(arguments: [
        (OrderOutcome.succeeded, OrderStatus.succeeded), (.failed, .failed), (.cancelled, .cancelled),
    ])
    func `closed payments`(_ end: OrderOutcome, _ status: OrderStatus) {
        var scenario = AggregateScenario()
        scenario.aggregate.change { order in
            _ = order.close(end)
            order.nextActions = [.wait]
        }
        scenario.commit()
        #expect(scenario.order.status == status)
        #expect(scenario.order.status.isFinal)
        #expect(scenario.order.certainty == .confirmed)
        #expect(scenario.order.nextActions.isEmpty)
    }

    @Test(arguments: [AttemptState.pending, .unknown, .conflict])
    func `a review shows while the movement is open`(_ state: AttemptState) {
        var scenario = AggregateScenario(state)
        scenario.aggregate.openReview(.outcomeUnknown, at: .start)
        scenario.commit()
        #expect(scenario.order.status == .underReview)
        #expect(scenario.order.certainty == .unknown)
        #expect(!scenario.order.status.isFinal)
    }

    @Test func `the payers input is awaited`() {
        var scenario = AggregateScenario()
        scenario.aggregate.awaitInput(Candidate(provider: "alpha", channel: "flouci"), actions: [.enterCode(length: 6)])
        scenario.commit()
        #expect(scenario.order.status == .awaitingCustomer)
        #expect(scenario.order.nextActions == [.enterCode(length: 6)])
        #expect(scenario.order.chosen?.channel == "flouci")
    }

    @Test func `while an attempt is live nothing shows failed`() {
        for state in AttemptState.allCases where state.isLive && state != .succeeded {
            var scenario = AggregateScenario(state)
            scenario.aggregate.close(.failed, nil)
            scenario.aggregate.close(.cancelled, nil)
            scenario.schedule(at: .start + 1_000_000)
            scenario.commit()
            #expect(!scenario.order.status.isFinal, "\(state)")
        }
    }

    @Test func `the first review stays unless it is outweighed`() {
        var scenario = AggregateScenario(.unknown)
        scenario.aggregate.openReview(.outcomeUnknown, at: .start)
        scenario.aggregate.openReview(.conflict, at: .start + 5)
        #expect(scenario.order.review == Review(reason: .outcomeUnknown, since: .start))
        scenario.aggregate.openReview(.discrepancy, at: .start + 9)
        #expect(scenario.order.review?.reason == .discrepancy, "but for one that outweighs it")
    }
}
