import Router
import RouterTestKit
import Testing

/// What becomes durable together.
@Suite struct UnitOfWorkTests {
    @Test func `accepting writes the payment and one event`() throws {
        var scenario = AggregateScenario()
        #expect(scenario.aggregate.isDirty)
        let unit = scenario.commit()
        try #require(unit.write.isInsert, "a new payment is inserted")
        #expect(unit.order.version == 1)
        #expect(unit.order.eventCount == 1)
        #expect(unit.events.map(\.type) == ["payment.created"])
        #expect(!scenario.aggregate.isDirty)
    }

    @Test func `every unit expects the version before`() throws {
        var scenario = AggregateScenario()
        scenario.commit()
        for number in 1...5 as ClosedRange<Int64> {
            scenario.aggregate.change { $0.updatedAt = .start }
            let unit = scenario.commit()
            let expected = try #require(unit.write.updatedVersion, "an existing payment is updated")
            #expect(expected == number)
            #expect(unit.order.version == number + 1)
        }
    }

    @Test func `prepared and sending are two units`() {
        var scenario = AggregateScenario()
        scenario.commit()
        let attempt = Sample.attempt()
        #expect(scenario.nextMove() == .start(Candidate(provider: "alpha", channel: "tmoney")))
        let started = scenario.aggregate.start(attempt, as: Candidate(provider: "alpha", channel: "tmoney"))
        #expect(started)
        scenario.aggregate.seal(
            attempt.id, MoneyRequest(WireRequest(.post, "https://o.example"), operatorReference: "intent"))
        let prepared = scenario.commit()
        #expect(prepared.newAttempts.map(\.state) == [.prepared])
        #expect(prepared.newAttempts.first?.operatorReference == "intent")
        #expect(prepared.changedAttempts.isEmpty)
        let opened = scenario.aggregate.open(attempt.id, Sample.transmission(), epoch: 3, at: .start)
        #expect(opened)
        let sending = scenario.commit()
        #expect(sending.newAttempts.isEmpty)
        #expect(sending.changedAttempts.map(\.state) == [.sending])
        #expect(sending.changedAttempts.first?.epoch == 3)
        #expect(sending.changedAttempts.first?.transmissions.count == 1)
    }

    @Test func `a second live attempt is refused once more`() {
        for state in [AttemptState.prepared, .sending, .pending, .unknown, .conflict] {
            var scenario = AggregateScenario(state)
            let started = scenario.aggregate.start(
                Sample.attempt(number: 2), as: Candidate(provider: "beta", channel: "tmoney"))
            #expect(!started)
            #expect(scenario.aggregate.attempts.count == 1)
        }
    }

    @Test(arguments: AttemptState.allCases.filter { $0 != .prepared && $0 != .unknown })
    func `transmissions open from prepared and unknown only`(_ state: AttemptState) {
        var scenario = AggregateScenario(state)
        let count = scenario.attempt?.transmissions.count
        let opened = scenario.aggregate.open(Sample.attemptID(1), Sample.transmission(2), epoch: 1, at: .start)
        #expect(!opened)
        #expect(scenario.attempt?.transmissions.count == count)
    }

    @Test func `a resend is a further transmission of the same attempt`() {
        var scenario = AggregateScenario(.unknown)
        let opened = scenario.aggregate.open(Sample.attemptID(1), Sample.transmission(2), epoch: 1, at: .start)
        #expect(opened)
        #expect(scenario.attempt?.state == .unknown)
        #expect(scenario.attempt?.transmissions.map(\.ordinal) == [1, 2])
    }

    @Test func `a transmission is closed with what was seen`() {
        var scenario = AggregateScenario(.sending)
        let report = TransmissionReport(gateOpened: true, result: .success(WireReply(status: 202)), curlCode: 7)
        scenario.aggregate.closeTransmission(Sample.attemptID(1), report, at: .start + 2)
        let transmission = scenario.attempt?.transmissions.last
        #expect(transmission?.endedAt == .start + 2)
        #expect(transmission?.gateOpened == true)
        #expect(transmission?.httpStatus == 202)
        #expect(transmission?.curlCode == 7)
    }

    @Test func `events follow the status without gaps`() {
        var scenario = AggregateScenario()
        scenario.commit()
        scenario.send()
        scenario.commit()
        scenario.observe(.open)
        scenario.commit()
        scenario.observe(.open)
        scenario.commit()
        scenario.observe(.paid)
        scenario.commit()
        #expect(scenario.events.map(\.type) == ["payment.created", "payment.awaiting_customer", "payment.succeeded"])
        #expect(scenario.events.map(\.sequence) == [1, 2, 3])
        #expect(scenario.order.eventCount == 3)
        let told = scenario.events.map { event in
            if case .order(let aggregate) = event.content { aggregate.order.status } else { nil as OrderStatus? }
        }
        #expect(told == [.processing, .awaitingCustomer, .succeeded], "each tells the order as it was then")
        #expect(scenario.events.map(\.id.text) == scenario.events.map(\.id.text).sorted())
        #expect(Set(scenario.events.map(\.order)) == [Sample.paymentID])
    }

    @Test func `a lost owner turns sending into unknown`() {
        var scenario = AggregateScenario(.sending)
        scenario.aggregate.ownerLost(at: .start + 60)
        #expect(scenario.attempt?.state == .unknown)
        #expect(scenario.attempt?.hasOpenTransmission == false)
        #expect(scenario.attempt?.transmissions.first?.gateOpened == nil, "nobody saw the gate")
        #expect(scenario.attempt?.openSince == .start)
        #expect(scenario.attempt?.history.last?.cause == "owner lost")
    }

    @Test func `a lost owner leaves every other state alone`() {
        for state in AttemptState.allCases where state != .sending {
            var scenario = AggregateScenario(state)
            let before = scenario.attempt
            scenario.aggregate.ownerLost(at: .start + 60)
            #expect(scenario.attempt == before)
        }
    }

    @Test func `a lost resend is closed so that the next step may follow`() {
        var scenario = AggregateScenario(.unknown)
        _ = scenario.aggregate.open(Sample.attemptID(1), Sample.transmission(2), epoch: 1, at: .start)
        scenario.aggregate.ownerLost(at: .start + 60)
        #expect(scenario.attempt?.state == .unknown)
        #expect(scenario.attempt?.hasOpenTransmission == false)
    }
}
