import Router
import RouterTestKit
import Testing

@Suite struct AttemptSignalTests {
    private let key = SignalKey("alpha", "tmoney", .collect)

    private func answered(_ attempt: Attempt, after milliseconds: Int64) -> Attempt {
        var attempt = attempt
        for place in attempt.transmissions.indices {
            attempt.transmissions[place].gateOpened = true
            attempt.transmissions[place].endedAt = attempt.transmissions[place].startedAt.adding(
                milliseconds: milliseconds)
        }
        return attempt
    }

    @Test func `the end of an attempt counts once, with the time of its exchange`() throws {
        let (before, after) = (Sample.attempt(.sending), answered(Sample.attempt(.succeeded), after: 420))
        let signal = try #require(RouteSignal.of(after, before: before, .collect))
        #expect(signal == RouteSignal(key, .attempt(SignalChange(.success)), milliseconds: 420))
        #expect(RouteSignal.of(after, before: after, .collect) == nil)
    }

    @Test func `what was not known is corrected since it was not known`() throws {
        let unknown = answered(Sample.attempt(.unknown), after: 30_000)
        let first = try #require(RouteSignal.of(unknown, before: Sample.attempt(.sending), .collect))
        #expect(first == RouteSignal(key, .attempt(SignalChange(.unknown)), milliseconds: 30_000))
        var later = unknown
        _ = later.apply(.executed, at: .start + 600)
        let second = try #require(RouteSignal.of(later, before: unknown, .collect))
        let change = try #require(SignalChange(from: .unknown, since: .start, to: .success))
        #expect(second == RouteSignal(key, .attempt(change)))
    }

    @Test func `payers' refusals are volume, the operator's are failures`() throws {
        let before = Sample.attempt(.pending)
        let payers = Sample.attempt(.rejected, refusal: .insufficientFunds)
        let operators = Sample.attempt(.rejected, refusal: .operatorUnavailable)
        #expect(RouteSignal.of(payers, before: before, .collect)?.news == .attempt(SignalChange(.payerRefusal)))
        #expect(
            RouteSignal.of(operators, before: before, .collect)?.news == .attempt(SignalChange(.failure(.operator))))
    }

    @Test func `what we did not send says nothing of an operator`() {
        let before = Sample.attempt(.sending)
        let unsent = Sample.attempt(.notSent, refusal: .notSent)
        for kind in [TransportFailure.Kind.gateRefused, .cancelled, .exhausted, .invalidRequest] {
            #expect(RouteSignal.of(unsent, before: before, .collect, unsent: kind) == nil)
        }
        #expect(RouteSignal.of(unsent, before: before, .collect) == nil)
        let refused = RouteSignal.of(unsent, before: before, .collect, unsent: .connect)
        #expect(refused?.news == .attempt(SignalChange(.failure(.operator))))
    }

    @Test func `what goes on says nothing yet`() {
        #expect(RouteSignal.of(Sample.attempt(.sending), before: Sample.attempt(.prepared), .collect) == nil)
        #expect(RouteSignal.of(Sample.attempt(.prepared), before: nil, .collect) == nil)
    }
}
