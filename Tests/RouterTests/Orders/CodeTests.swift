import Router
import Testing

/// Codes typed by the payer (design, ruling 7).
@Suite struct CodeTests {
    private let flouci = Candidate(provider: "alpha", channel: "flouci")

    private func awaiting() -> FileScenario {
        var scenario = FileScenario(plan: ["alpha"])
        scenario.file.awaitInput(flouci, actions: [.enterCode(length: 6)])
        scenario.commit()
        return scenario
    }

    private func type(_ scenario: inout FileScenario, _ number: Int, _ claim: Claim) {
        var attempt = Sample.attempt(number: number)
        attempt.isConfirmation = true
        _ = scenario.file.start(attempt, as: flouci)
        _ = scenario.file.open(attempt.id, Sample.transmission(), epoch: 1, at: .start)
        scenario.commit()
        scenario.observe(claim, number, source: .response)
        scenario.commit()
    }

    @Test func waitsForTheCodeUntilTheDeadline() {
        let scenario = awaiting()
        #expect(scenario.nextMove() == .wait)
        #expect(scenario.nextMove(at: .start.adding(milliseconds: 899_999)) == .wait)
        guard case .close(.failed, let failure) = scenario.nextMove(at: .start + 900) else {
            Issue.record("the payer's time is over")
            return
        }
        #expect(failure?.code == "expired")
        #expect(failure?.blame == .payer)
    }

    @Test func aWrongCodeMayBeTypedThreeTimes() {
        var scenario = awaiting()
        for number in 1...2 {
            type(&scenario, number, .no(.wrongCode))
            #expect(scenario.order.awaitsInput)
            #expect(scenario.order.status == .awaitingCustomer)
            #expect(scenario.order.nextActions == [.enterCode(length: 6)])
        }
        type(&scenario, 3, .no(.wrongCode))
        #expect(!scenario.order.awaitsInput)
        guard case .close(.failed, let failure) = scenario.nextMove() else {
            Issue.record("a fourth try")
            return
        }
        #expect(failure?.code == "wrong_code")
    }

    @Test func aCodeThatNeverLeftMayBeTypedAgain() {
        var scenario = awaiting()
        type(&scenario, 1, .notSent(TransportFailure(.connect)))
        #expect(scenario.order.awaitsInput)
    }

    @Test func aLostAnswerIsNeverTypedAgain() {
        var scenario = awaiting()
        type(&scenario, 1, .unclear("timeout"))
        #expect(!scenario.order.awaitsInput)
        #expect(scenario.attempt?.state == .unknown)
        #expect(scenario.nextMove(at: .start + 10_000) == .wait)
    }

    @Test(arguments: [RefusalReason.insufficientFunds, .declined, .expired])
    func otherRefusalsEndIt(_ reason: RefusalReason) {
        var scenario = awaiting()
        type(&scenario, 1, .no(reason))
        #expect(!scenario.order.awaitsInput)
        guard case .close(.failed, _) = scenario.nextMove() else {
            Issue.record("the movement goes on")
            return
        }
    }

    @Test func theRightCodeSucceeds() {
        var scenario = awaiting()
        type(&scenario, 1, .no(.wrongCode))
        type(&scenario, 2, .paid)
        #expect(scenario.order.status == .succeeded)
        let expected = [
            "payment.created", "payment.awaiting_customer", "payment.processing", "payment.awaiting_customer",
            "payment.processing", "payment.succeeded",
        ]
        #expect(scenario.events.map(\.type) == expected)
    }

    @Test func waitingForACodeCanBeCancelled() {
        var scenario = awaiting()
        scenario.file.requestCancel(at: .start)
        #expect(scenario.nextMove() == .close(.cancelled, nil))
        scenario.file.close(.cancelled, nil)
        #expect(!scenario.order.awaitsInput)
    }
}
