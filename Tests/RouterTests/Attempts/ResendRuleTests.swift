import Router
import RouterTestKit
import Testing

/// Every condition of `mayResend` refuses by itself.
@Suite struct MayResendTests {
    private let contract = Sample.contract(key: .replays, keyWindow: 3_600)

    private func decide(
        _ attempt: Attempt = Sample.attempt(.unknown), _ contract: ProviderContract? = nil,
        deadline: Moment = .start + 90_000,
        timeout: Int64 = 30_000, isSameScope: Bool = true, now: Moment = .start + 60
    ) -> AttemptRules.Decision {
        AttemptRules.mayResend(
            attempt, contract: contract ?? self.contract, deadline: deadline, timeoutMilliseconds: timeout,
            isSameScope: isSameScope, now: now)
    }

    @Test(arguments: [
        (ProviderContract.KeyBehaviour.replays, true), (.rejectsDuplicate, true), (.repeatFlag, true),
        (.remembersSuccessOnly, false), (.none, false),
    ])
    func `the key must be strong`(_ key: ProviderContract.KeyBehaviour, _ allowed: Bool) {
        let decision = decide(Sample.attempt(.unknown), Sample.contract(key: key, keyWindow: 3_600))
        #expect(decision == (allowed ? .allowed : .refused(.noStrongKey)))
    }

    @Test func `the account must certainly be the same`() {
        #expect(decide(isSameScope: false) == .refused(.otherScope))
    }

    @Test(arguments: AttemptState.allCases.filter { $0 != .unknown })
    func `only unknown is resent`(_ state: AttemptState) {
        #expect(decide(Sample.attempt(state)) == .refused(.wrongState))
    }

    @Test func `what was refused and waits for a look has arrived`() {
        var attempt = Sample.attempt(.unknown)
        attempt.heldRefusal = HeldRefusal(refusal: Refusal(.invalidRequest, needsCheck: true), since: .start)
        #expect(decide(attempt) == .refused(.wrongState))
        attempt.heldRefusal = HeldRefusal(refusal: Refusal(.declined, isDefinitive: false), since: .start)
        #expect(decide(attempt) == .allowed)
    }

    @Test(
        arguments: [
            (399, true), (400, false), (401, false), (409, false), (429, false), (499, false), (500, true), (nil, true),
        ] as [(Int?, Bool)])
    func `whoever refused the request has read it`(_ status: Int?, _ allowed: Bool) {
        var attempt = Sample.attempt(.unknown)
        attempt.transmissions[0].httpStatus = status
        #expect(decide(attempt) == (allowed ? .allowed : .refused(.arrived)))
    }

    @Test func `the bytes must be there`() {
        var attempt = Sample.attempt(.unknown)
        attempt.request = nil
        #expect(decide(attempt) == .refused(.otherBytes))
        attempt = Sample.attempt(.unknown)
        attempt.transmissions = []
        #expect(decide(attempt) == .refused(.otherBytes))
    }

    @Test func `nothing may be under way`() {
        var attempt = Sample.attempt(.unknown)
        attempt.transmissions[0].endedAt = nil
        #expect(decide(attempt) == .refused(.transmissionOpen))
    }

    @Test func `the key window closes early by margin and timeout`() {
        // First sent at the start; the window of 3600 s less 600 s margin closes at 3000 s, less 30 s time-out.
        #expect(decide(now: .start.adding(milliseconds: 2_969_999)) == .allowed)
        #expect(decide(now: .start + 2_970) == .refused(.keyWindowClosed))
        #expect(decide(timeout: 0, now: .start.adding(milliseconds: 2_999_999)) == .allowed)
    }

    @Test func `a window shorter than the margin is none`() {
        let short = Sample.contract(key: .replays, keyWindow: 600)
        #expect(decide(Sample.attempt(.unknown), short, now: .start) == .refused(.keyWindowClosed))
    }

    @Test func `the window counts from the first transmission`() {
        var attempt = Sample.attempt(.unknown)
        var second = Sample.transmission(2, at: .start + 2_900)
        second.endedAt = .start + 2_910
        attempt.transmissions.append(second)
        #expect(decide(attempt, now: .start + 2_980) == .refused(.keyWindowClosed))
    }

    @Test func `the deadline is exclusive`() {
        #expect(decide(deadline: .start.adding(milliseconds: 60_001)) == .allowed)
        #expect(decide(deadline: .start + 60) == .refused(.deadlinePassed))
    }

    @Test func `transmissions are counted`() {
        var attempt = Sample.attempt(.unknown)
        for ordinal in 2...4 {
            #expect(decide(attempt) == .allowed)
            var next = Sample.transmission(ordinal)
            next.endedAt = .start
            attempt.transmissions.append(next)
        }
        #expect(decide(attempt) == .refused(.transmissionsUsedUp))
    }

    @Test func `the payer is not prompted twice`() {
        let prompting = Sample.contract(key: .replays, keyWindow: 3_600, promptsAgain: true)
        #expect(decide(Sample.attempt(.unknown), prompting) == .refused(.promptsAgain))
    }

    @Test func `a window that never ends neither traps nor closes`() {
        let forever = Sample.contract(key: .replays, keyWindow: .max)
        #expect(decide(Sample.attempt(.unknown), forever) == .allowed)
    }
}

/// Every condition of `mayConcludeNotExecuted` refuses by itself.
@Suite struct MayConcludeNotExecutedTests {
    /// The last byte can have left at 40 s; 300 s server life, 30 s lag and 2 s clock bound later absence counts.
    private let settled = Moment.start + 372

    private func attempt(_ state: AttemptState = .unknown, count: Int = 3, span: Int64 = 600) -> Attempt {
        var attempt = Sample.attempt(state)
        attempt.absence = AbsenceRecord(count: count, first: .start, last: .start.adding(milliseconds: span * 1_000))
        return attempt
    }

    private func decide(
        _ attempt: Attempt, _ contract: ProviderContract = Sample.contract(), now: Moment = .start + 3_600
    ) -> AttemptRules.Decision {
        AttemptRules.mayConcludeNotExecuted(attempt, contract: contract, now: now)
    }

    @Test func `holds when everything holds`() {
        #expect(decide(attempt()) == .allowed)
    }

    @Test(arguments: AttemptState.allCases.filter { $0 != .unknown })
    func `only unknown is concluded`(_ state: AttemptState) {
        #expect(decide(attempt(state)) == .refused(.wrongState))
    }

    @Test(arguments: [ProviderContract.CheckAbility.byOperatorReference, .none])
    func `the check must be by our reference`(_ check: ProviderContract.CheckAbility) {
        #expect(decide(attempt(), Sample.contract(check: check)) == .refused(.absenceProvesNothing))
    }

    @Test func `absence must be authoritative`() {
        #expect(decide(attempt(), Sample.contract(absence: false)) == .refused(.absenceProvesNothing))
    }

    @Test func `no transmission may be open`() {
        var open = attempt()
        open.transmissions[0].endedAt = nil
        #expect(decide(open) == .refused(.transmissionOpen))
        open.transmissions = []
        #expect(decide(open) == .refused(.wrongState))
    }

    @Test func `the operator must have had its time`() {
        let short = Sample.contract(absenceSpan: 0)
        #expect(decide(attempt(), short, now: settled) == .allowed)
        #expect(decide(attempt(), short, now: settled.adding(milliseconds: -1)) == .refused(.tooEarly))
    }

    @Test func `the last possible send counts not the first`() {
        var resent = attempt()
        var second = Sample.transmission(2, at: .start + 1_000)
        second.endedAt = .start + 1_001
        resent.transmissions.append(second)
        #expect(decide(resent, now: settled + 999) == .refused(.tooEarly))
        #expect(decide(resent, now: settled + 1_000) == .allowed)
    }

    @Test func `three answers are needed`() {
        #expect(decide(attempt(count: 2)) == .refused(.tooFewAnswers))
        var never = attempt()
        never.absence = nil
        #expect(decide(never) == .refused(.tooFewAnswers))
    }

    @Test func `the answers must span ten minutes`() {
        #expect(decide(attempt(count: 50, span: 599)) == .refused(.spanTooShort))
        #expect(decide(attempt(count: 3, span: 600)) == .allowed)
    }

    @Test func `an undeclared server life means a day`() {
        let undeclared = Sample.contract(serverLife: 86_400)
        #expect(decide(attempt(), undeclared, now: .start + 86_400) == .refused(.tooEarly))
        #expect(decide(attempt(), undeclared, now: .start + 86_400 + 72) == .allowed)
    }

    /// I-22: whatever the record says, an allowed conclusion satisfies the definition read from the facts.
    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `allowed satisfies the definition`(seed: UInt64) {
        var random = Seeded(seed)
        var attempt = attempt(
            AttemptState.allCases.randomElement(using: &random) ?? .unknown,
            count: Int.random(in: 0...5, using: &random),
            span: Int64.random(in: 0...1_200, using: &random))
        if Bool.random(using: &random), !attempt.transmissions.isEmpty { attempt.transmissions[0].endedAt = nil }
        let contract = Sample.contract(
            check: Bool.random(using: &random) ? .byOurReference : .none, absence: Bool.random(using: &random))
        let now = Moment.start + Int64.random(in: 0...2_000, using: &random)
        guard decide(attempt, contract, now: now).isAllowed else { return }
        #expect(attempt.state == .unknown && !attempt.hasOpenTransmission)
        #expect(contract.check == .byOurReference && contract.absenceIsAuthoritative)
        #expect(now >= settled)
        #expect((attempt.absence?.count ?? 0) >= 3)
    }
}
