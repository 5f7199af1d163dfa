import Router
import RouterTestKit
import Testing

/// Codes typed by the payer (docs/protocols/flouci.md, 2.3).
@Suite struct CodeTests {
    private let flouci = Candidate(provider: "alpha", channel: "flouci")

    private func awaiting() -> AggregateScenario {
        var scenario = AggregateScenario(plan: ["alpha"])
        scenario.aggregate.awaitInput(flouci, actions: [.enterCode(length: 6)])
        scenario.commit()
        return scenario
    }

    private func type(_ scenario: inout AggregateScenario, _ number: Int, _ claim: Claim) {
        var attempt = Sample.attempt(number: number)
        attempt.isConfirmation = true
        _ = scenario.aggregate.start(attempt, as: flouci)
        _ = scenario.aggregate.open(attempt.id, Sample.transmission(), epoch: 1, at: .start)
        scenario.commit()
        scenario.observe(claim, number, source: .response)
        scenario.commit()
    }

    @Test func `waits for the code until the deadline`() throws {
        let scenario = awaiting()
        #expect(scenario.nextMove() == .wait)
        #expect(scenario.nextMove(at: .start.adding(milliseconds: 899_999)) == .wait)
        let failure = try #require(scenario.nextMove(at: .start + 900).failed, "the payer's time is over")
        #expect(failure.code == "expired")
        #expect(failure.blame == .payer)
    }

    @Test func `a wrong code may be typed three times`() throws {
        var scenario = awaiting()
        for number in 1...2 {
            type(&scenario, number, .no(.wrongCode))
            #expect(scenario.order.awaitsInput)
            #expect(scenario.order.status == .awaitingCustomer)
            #expect(scenario.order.nextActions == [.enterCode(length: 6)])
        }
        type(&scenario, 3, .no(.wrongCode))
        #expect(!scenario.order.awaitsInput)
        let failure = try #require(scenario.nextMove().failed, "a fourth try")
        #expect(failure.code == "wrong_code")
    }

    @Test func `a code that never left may be typed again`() {
        var scenario = awaiting()
        type(&scenario, 1, .notSent(TransportFailure(.connect)))
        #expect(scenario.order.awaitsInput)
    }

    @Test func `a lost answer is never typed again`() {
        var scenario = awaiting()
        type(&scenario, 1, .unclear(.noAnswer("timeout")))
        #expect(!scenario.order.awaitsInput)
        #expect(scenario.attempt?.state == .unknown)
        #expect(scenario.nextMove(at: .start + 10_000) == .wait)
    }

    @Test(arguments: [RefusalReason.insufficientFunds, .declined, .expired])
    func `other refusals end it`(_ reason: RefusalReason) throws {
        var scenario = awaiting()
        type(&scenario, 1, .no(reason))
        #expect(!scenario.order.awaitsInput)
        try #require(scenario.nextMove().failed != nil, "the movement goes on")
    }

    @Test func `the right code succeeds`() {
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

    @Test func `waiting for a code can be cancelled`() {
        var scenario = awaiting()
        scenario.aggregate.requestCancel(at: .start)
        #expect(scenario.nextMove() == .close(.cancelled, nil))
        scenario.aggregate.close(.cancelled, nil)
        #expect(!scenario.order.awaitsInput)
    }
}
