import Router
import Testing

@Suite struct OrderOutcomeTests {
    @Test(arguments: [OrderOutcome.succeeded, .failed, .cancelled])
    func `closes once`(_ end: OrderOutcome) {
        var order = Sample.order()
        let closed = order.close(end)
        #expect(closed)
        #expect(order.outcome == end)
        for other in OrderOutcome.allCases {
            let closedAgain = order.close(other)
            #expect(!closedAgain)
            #expect(order.outcome == end)
        }
    }

    @Test func `cannot be closed as open`() {
        var order = Sample.order()
        let closed = order.close(.open)
        #expect(!closed)
        #expect(order.outcome == .open)
        #expect(!order.outcome.isFinal)
    }
}

@Suite struct AttemptTests {
    @Test func `the last possible send is the largest deadline plus timeout`() {
        var attempt = Sample.attempt()
        #expect(attempt.lastPossibleSend == nil)
        attempt.transmissions = [
            Transmission(ordinal: 1, sendNotAfter: .start + 100, timeoutMilliseconds: 1_000, startedAt: .start),
            Transmission(ordinal: 2, sendNotAfter: .start + 50, timeoutMilliseconds: 90_000, startedAt: .start),
        ]
        #expect(attempt.lastPossibleSend == .start + 140)
    }

    @Test func `a transmission is open until its end is known`() {
        var attempt = Sample.attempt(.sending)
        #expect(attempt.hasOpenTransmission)
        attempt.transmissions[0].endedAt = .start
        #expect(!attempt.hasOpenTransmission)
    }

    @Test func `a stored attempt comes back as it was`() {
        let attempt = Sample.attempt(.unknown)
        var rebuilt = Attempt(
            id: attempt.id, of: Sample.order(), ordinal: attempt.ordinal, provider: attempt.provider,
            channel: attempt.channel, scope: attempt.scope, reference: attempt.reference, createdAt: attempt.createdAt,
            epoch: attempt.epoch, state: attempt.state, history: attempt.history)
        rebuilt.request = attempt.request
        rebuilt.transmissions = attempt.transmissions
        rebuilt.openSince = attempt.openSince
        #expect(rebuilt == attempt)
    }

    @Test func `postings come in balanced pairs`() {
        let pair = Posting.pair(
            Sample.movementID, kind: "collect", debit: "operator:alpha", credit: "app:x", amount: Money(5, .xof),
            at: .start)
        #expect(pair.map(\.side) == [.debit, .credit])
        #expect(pair.map(\.account) == ["operator:alpha", "app:x"])
        #expect(pair.map(\.sequence) == [1, 2])
        #expect(Set(pair.map(\.amount)) == [Money(5, .xof)])
    }
}
