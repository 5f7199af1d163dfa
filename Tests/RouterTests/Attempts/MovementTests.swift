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

    @Test func `a posting takes from one account what it gives to the other`() {
        let posting = Posting(
            Sample.movementID, kind: "collect", debit: "operator:alpha", credit: "app:x", amount: Money(5, .xof),
            at: .start)
        #expect(posting.change(of: "operator:alpha") == 5, "our money there grows on the debit side")
        #expect(posting.change(of: "app:x") == 5, "what we owe grows on the credit side")
        #expect(posting.change(of: "app:y") == 0)
        let back = Posting(
            Sample.movementID, kind: "refund", debit: "app:x", credit: "operator:alpha", amount: Money(5, .xof),
            at: .start)
        #expect(back.change(of: "operator:alpha") == -5 && back.change(of: "app:x") == -5)
        let itself = Posting(
            Sample.movementID, kind: "transfer", debit: "wallet:a", credit: "wallet:a", amount: Money(5, .xof),
            at: .start)
        #expect(itself.change(of: "wallet:a") == 0)
    }
}
