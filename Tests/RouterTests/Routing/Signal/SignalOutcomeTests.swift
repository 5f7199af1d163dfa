import Router
import Testing

@Suite struct SignalOutcomeTests {
    @Test(
        arguments: [
            (.prepared, nil), (.sending, nil), (.pending, nil), (.withdrawn, nil), (.succeeded, .success),
            (.unknown, .unknown), (.conflict, .unknown), (.voided, .payerRefusal), (.notExecuted, .failure(.operator)),
            (.rejected, .payerRefusal), (.notSent, nil),
        ] as [(AttemptState, SignalOutcome?)])
    func `every state counts for one thing, or for nothing`(state: AttemptState, outcome: SignalOutcome?) {
        #expect(SignalOutcome.of(state) == outcome)
    }

    @Test func `the table names every state`() { #expect(AttemptState.allCases.count == 11) }

    /// Written out: nothing of the code under test is asked.
    @Test(arguments: RefusalReason.allCases)
    func `only the operator's and the platform's refusals are failures`(reason: RefusalReason) {
        let expected: SignalOutcome =
            switch reason {
            case .throttled, .operatorUnavailable, .notSent, .notExecuted: .failure(.operator)
            case .credentialsRefused, .floatExhausted, .capacityExhausted: .failure(.platform)
            case .insufficientFunds, .wrongCredentials, .wrongCode, .declined, .cancelledByPayer, .expired,
                .accountUnavailable, .limitReached, .suspectedFraud, .authenticationRequired, .tokenUnusable,
                .unspecified, .invalidRequest:
                .payerRefusal
            }
        #expect(SignalOutcome.of(.rejected, reason: reason) == expected)
    }

    @Test(
        arguments: [
            (.gateRefused, nil), (.cancelled, nil), (.invalidRequest, nil), (.exhausted, nil), (.other, nil),
            (.addressForbidden, .failure(.platform)), (.nameLookup, .failure(.operator)),
            (.connect, .failure(.operator)), (.tls, .failure(.operator)), (.timeout, .failure(.operator)),
            (.connectionLost, .failure(.operator)), (.malformedReply, .failure(.operator)),
            (.oversized, .failure(.operator)),
        ] as [(TransportFailure.Kind, SignalOutcome?)])
    func `what was not sent counts only by a fault on the other side`(
        kind: TransportFailure.Kind, outcome: SignalOutcome?
    ) {
        #expect(SignalOutcome.of(.notSent, reason: .notSent, unsent: kind) == outcome)
    }

    @Test(arguments: [TransportFailure.Kind.connect, .tls, .timeout, .exhausted])
    func `no room of our own is nobody else's`(kind: TransportFailure.Kind) {
        #expect(SignalOutcome.of(.notSent, reason: .capacityExhausted, unsent: kind) == nil)
    }

    @Test(
        arguments: [
            (.credentialsRefused, .failure(.platform)), (.operatorUnavailable, .failure(.operator)),
            (.invalidRequest, .payerRefusal), (.notSent, nil),
        ] as [(RefusalReason, SignalOutcome?)])
    func `a preparation that was refused counts as a refusal does`(reason: RefusalReason, outcome: SignalOutcome?) {
        #expect(SignalOutcome.of(.notSent, reason: reason) == outcome)
    }

    @Test func `a step that changes nothing tells nothing`() {
        #expect(SignalChange(from: .unknown, since: .start, to: .unknown) == nil)
        #expect(SignalChange(from: nil, since: .start, to: nil) == nil)
        #expect(SignalChange(from: nil, since: .start, to: .success) == SignalChange(.success))
        let late = SignalChange(from: .unknown, since: .start, to: .success)
        #expect(late?.before == .init(.unknown, at: .start))
        #expect(late?.after == .success)
    }
}
