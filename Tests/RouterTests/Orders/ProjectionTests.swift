import Router
import Testing

/// The public status is a projection of the records (money-safety section 2, design section 7).
@Suite struct ProjectionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var state: AttemptState?
        var actions: [CustomerAction] = []
        var status: PaymentStatus
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
    func openPayments(_ expected: Case) {
        var scenario = FileScenario()
        scenario.commit()
        if let state = expected.state {
            var attempt = Sample.attempt(state)
            attempt.actions = expected.actions
            scenario.file = PaymentFile(stored: scenario.payment, attempts: [attempt])
        }
        scenario.file.change { $0.updatedAt = .start }
        scenario.commit()
        #expect(scenario.payment.status == expected.status)
        #expect(scenario.payment.certainty == expected.certainty)
        #expect(scenario.payment.nextActions == expected.actions)
    }

    @Test(arguments: [
        (Movement.State.succeeded, PaymentStatus.succeeded), (.failed, .failed), (.cancelled, .cancelled),
    ])
    func closedPayments(_ end: Movement.State, _ status: PaymentStatus) {
        var scenario = FileScenario()
        scenario.file.change { payment in
            _ = payment.movement.close(end)
            payment.nextActions = [.wait]
        }
        scenario.commit()
        #expect(scenario.payment.status == status)
        #expect(scenario.payment.status.isFinal)
        #expect(scenario.payment.certainty == .confirmed)
        #expect(scenario.payment.nextActions.isEmpty)
    }

    @Test(arguments: [AttemptState.pending, .unknown, .conflict])
    func aReviewShowsWhileTheMovementIsOpen(_ state: AttemptState) {
        var scenario = FileScenario(state)
        scenario.file.openReview(.outcomeUnknown, at: .start)
        scenario.commit()
        #expect(scenario.payment.status == .underReview)
        #expect(scenario.payment.certainty == .unknown)
        #expect(!scenario.payment.status.isFinal)
    }

    @Test func thePayersInputIsAwaited() {
        var scenario = FileScenario()
        scenario.file.awaitInput(Candidate(provider: "alpha", channel: "flouci"), actions: [.enterCode(length: 6)])
        scenario.commit()
        #expect(scenario.payment.status == .awaitingCustomer)
        #expect(scenario.payment.nextActions == [.enterCode(length: 6)])
        #expect(scenario.payment.chosen?.channel == "flouci")
    }

    @Test func whileAnAttemptIsLiveNothingShowsFailed() {
        for state in AttemptState.allCases where state.isLive && state != .succeeded {
            var scenario = FileScenario(state)
            scenario.file.close(.failed, nil)
            scenario.file.close(.cancelled, nil)
            scenario.schedule(at: .start + 1_000_000)
            scenario.commit()
            #expect(!scenario.payment.status.isFinal, "\(state)")
        }
    }

    @Test func theFirstReviewStaysUnlessItIsOutweighed() {
        var scenario = FileScenario(.unknown)
        scenario.file.openReview(.outcomeUnknown, at: .start)
        scenario.file.openReview(.conflict, at: .start + 5)
        #expect(scenario.payment.review == Review(reason: .outcomeUnknown, since: .start))
        scenario.file.openReview(.discrepancy, at: .start + 9)
        #expect(scenario.payment.review?.reason == .discrepancy, "but for one that outweighs it")
    }
}
