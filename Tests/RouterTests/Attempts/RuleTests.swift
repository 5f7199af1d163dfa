import Router
import RouterTestKit
import Testing

/// Every condition of `mayStart` (docs/money-safety.md, 6) refuses by itself.
@Suite struct MayStartTests {
    private func facts(_ attempts: [Attempt] = []) -> AttemptRules.StartFacts {
        AttemptRules.StartFacts(
            outcome: .open, attempts: attempts, cancelRequested: false, deadline: .start + 900,
            maximumAttempts: 5, failoverReasons: RoutingTable.standardFailover, providerAdmits: true, holdsEpoch: true)
    }

    private func decide(
        _ attempts: [Attempt] = [], at provider: ProviderID = "beta", now: Moment = .start,
        _ change: (inout AttemptRules.StartFacts) -> Void = { _ in }
    ) -> AttemptRules.Decision {
        var facts = facts(attempts)
        change(&facts)
        return AttemptRules.mayStart(facts, at: provider, now: now)
    }

    @Test func `the first attempt may start`() {
        #expect(decide() == .allowed)
        #expect(decide().isAllowed)
    }

    @Test func `each fact refuses alone`() {
        #expect(decide { $0.holdsEpoch = false } == .refused(.staleEpoch))
        #expect(decide { $0.cancelRequested = true } == .refused(.cancelRequested))
        #expect(decide { $0.providerAdmits = false } == .refused(.notAdmitted))
        #expect(decide { $0.maximumAttempts = 0 } == .refused(.attemptsUsedUp))
    }

    @Test(arguments: [OrderOutcome.succeeded, .failed, .cancelled])
    func `a closed movement refuses`(_ state: OrderOutcome) {
        #expect(decide { $0.outcome = state } == .refused(.movementClosed))
    }

    @Test func `the deadline is exclusive`() {
        #expect(decide(now: .start.adding(milliseconds: 899_999)) == .allowed)
        #expect(decide(now: .start + 900) == .refused(.deadlinePassed))
    }

    @Test(arguments: [AttemptState.prepared, .sending, .pending, .unknown, .succeeded, .conflict])
    func `a live attempt refuses wherever it stands in the list`(_ state: AttemptState) {
        let dead = Sample.attempt(.notSent, number: 2, refusal: .notSent)
        #expect(decide([Sample.attempt(state)]) == .refused(.liveAttempt))
        #expect(decide([Sample.attempt(state), dead]) == .refused(.liveAttempt))
        #expect(decide([dead, Sample.attempt(state)]) == .refused(.liveAttempt))
    }

    @Test func `a quarantine must be over`() {
        var attempt = Sample.attempt(.notExecuted, refusal: .notExecuted)
        #expect(decide([attempt]) == .refused(.quarantine), "without an end it never is")
        attempt.quarantineEnd = .start + 60
        #expect(decide([attempt], now: .start.adding(milliseconds: 59_999)) == .refused(.quarantine))
        #expect(decide([attempt], now: .start + 60) == .allowed)
        let later = Sample.attempt(.notSent, number: 2, refusal: .notSent)
        #expect(decide([attempt, later]) == .refused(.quarantine), "an earlier one counts as well")
    }

    @Test(arguments: RefusalReason.allCases)
    func `only reasons on the operators or platforms side fail over`(_ reason: RefusalReason) {
        let failsOver = RefusalReason.failingOver.contains(reason)
        #expect(failsOver != RefusalReason.endingThePayment.contains(reason), "each reason is in one of the two lists")
        let expected: AttemptRules.Decision = failsOver ? .allowed : .refused(.reasonEndsMovement)
        #expect(decide([Sample.attempt(.rejected, refusal: reason)]) == expected)
        #expect(RoutingTable.standardFailover.contains(reason) == failsOver)
    }

    @Test func `a dead attempt without reason refuses`() {
        #expect(decide([Sample.attempt(.voided)]) == .refused(.reasonEndsMovement))
        #expect(decide([Sample.attempt(.rejected)]) == .refused(.reasonEndsMovement))
        #expect(decide([Sample.attempt(.withdrawn)]) == .allowed)
    }

    @Test func `attempts are counted`() {
        let four = (1...4).map { Sample.attempt(.notSent, number: $0, refusal: .notSent) }
        #expect(decide(four) == .allowed)
        #expect(decide(four + [Sample.attempt(.notSent, number: 5, refusal: .notSent)]) == .refused(.attemptsUsedUp))
        #expect(decide(four + [Sample.attempt(.withdrawn, number: 5)]) == .refused(.attemptsUsedUp))
    }

    @Test func `a provider that refused for good is not asked again`() {
        let refused = Sample.attempt(.rejected, provider: "alpha", refusal: .operatorUnavailable)
        #expect(decide([refused], at: "alpha") == .refused(.refusedThereBefore))
        #expect(decide([refused], at: "beta") == .allowed)
    }

    @Test(arguments: [RefusalReason.credentialsRefused, .throttled])
    func `some refusals may be different next time`(_ reason: RefusalReason) {
        #expect(decide([Sample.attempt(.rejected, provider: "alpha", refusal: reason)], at: "alpha") == .allowed)
    }

    /// Whatever the history, an allowed start means that nothing can move money any more because of it (I-06).
    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `allowed means that everything before is dead`(seed: UInt64) {
        var random = Seeded(seed)
        let attempts = (0..<Int.random(in: 0...4, using: &random)).map { number in
            var attempt = Sample.attempt(
                AttemptState.allCases.randomElement(using: &random) ?? .unknown, number: number + 1,
                provider: Bool.random(using: &random) ? "alpha" : "beta",
                refusal: Int.random(in: 0...3, using: &random) == 0
                    ? nil : RefusalReason.allCases.randomElement(using: &random))
            if Bool.random(using: &random) {
                attempt.quarantineEnd = .start + Int64.random(in: -60...60, using: &random)
            }
            return attempt
        }
        guard decide(attempts).isAllowed else { return }
        #expect(attempts.allSatisfy { $0.state.isDead })
        #expect(attempts.count < 5)
        #expect(attempts.allSatisfy { $0.state != .notExecuted || ($0.quarantineEnd.map { $0 <= .start } ?? false) })
        if let last = attempts.last, last.state != .withdrawn {
            #expect(last.refusal.map { RefusalReason.failingOver.contains($0.reason) } == true)
        }
    }
}

@Suite struct MaySendTests {
    @Test func `the gate has a deadline and an owner`() {
        #expect(AttemptRules.maySend(sendNotAfter: .start + 10, holdsEpoch: true, now: .start) == .allowed)
        #expect(AttemptRules.maySend(sendNotAfter: .start + 10, holdsEpoch: true, now: .start + 10) == .allowed)
        let late = Moment.start.adding(milliseconds: 10_001)
        #expect(
            AttemptRules.maySend(sendNotAfter: .start + 10, holdsEpoch: true, now: late) == .refused(.pastSendNotAfter))
        #expect(
            AttemptRules.maySend(sendNotAfter: .start + 10, holdsEpoch: false, now: .start) == .refused(.staleEpoch))
    }
}
