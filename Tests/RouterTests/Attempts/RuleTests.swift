import Router
import Testing

/// Every condition of `mayStart` (money-safety section 6) refuses by itself.
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

    @Test func theFirstAttemptMayStart() {
        #expect(decide() == .allowed)
        #expect(decide().isAllowed)
    }

    @Test func eachFactRefusesAlone() {
        #expect(decide { $0.holdsEpoch = false } == .refused(.staleEpoch))
        #expect(decide { $0.cancelRequested = true } == .refused(.cancelRequested))
        #expect(decide { $0.providerAdmits = false } == .refused(.notAdmitted))
        #expect(decide { $0.maximumAttempts = 0 } == .refused(.attemptsUsedUp))
    }

    @Test(arguments: [OrderOutcome.succeeded, .failed, .cancelled])
    func aClosedMovementRefuses(_ state: OrderOutcome) {
        #expect(decide { $0.outcome = state } == .refused(.movementClosed))
    }

    @Test func theDeadlineIsExclusiveAndCountsTheMinimumExecution() {
        #expect(decide(now: .start.adding(milliseconds: 899_999)) == .allowed)
        #expect(decide(now: .start + 900) == .refused(.deadlinePassed))
        let minimum: (inout AttemptRules.StartFacts) -> Void = { $0.minimumExecutionMilliseconds = 5_000 }
        #expect(decide(now: .start.adding(milliseconds: 894_999), minimum) == .allowed)
        #expect(decide(now: .start + 895, minimum) == .refused(.deadlinePassed))
    }

    @Test(arguments: AttemptState.allCases.filter(\.isLive))
    func aLiveAttemptRefusesWhereverItStandsInTheList(_ state: AttemptState) {
        let dead = Sample.attempt(.notSent, number: 2, refusal: .notSent)
        #expect(decide([Sample.attempt(state)]) == .refused(.liveAttempt))
        #expect(decide([Sample.attempt(state), dead]) == .refused(.liveAttempt))
        #expect(decide([dead, Sample.attempt(state)]) == .refused(.liveAttempt))
    }

    @Test func aQuarantineMustBeOver() {
        var attempt = Sample.attempt(.notExecuted, refusal: .notExecuted)
        #expect(decide([attempt]) == .refused(.quarantine), "without an end it never is")
        attempt.quarantineEnd = .start + 60
        #expect(decide([attempt], now: .start.adding(milliseconds: 59_999)) == .refused(.quarantine))
        #expect(decide([attempt], now: .start + 60) == .allowed)
        let later = Sample.attempt(.notSent, number: 2, refusal: .notSent)
        #expect(decide([attempt, later]) == .refused(.quarantine), "an earlier one counts as well")
    }

    @Test(arguments: RefusalReason.allCases)
    func onlyReasonsOnTheOperatorsOrPlatformsSideFailOver(_ reason: RefusalReason) {
        let failsOver = reason.blame == .operator || reason.blame == .platform
        let expected: AttemptRules.Decision = failsOver ? .allowed : .refused(.reasonEndsMovement)
        #expect(decide([Sample.attempt(.rejected, refusal: reason)]) == expected)
    }

    @Test(arguments: [
        RefusalReason.insufficientFunds, .wrongCredentials, .declined, .cancelledByPayer, .expired, .accountUnavailable,
        .limitReached, .suspectedFraud,
    ])
    func customersRefusalsAreNeverInTheStandardSet(_ reason: RefusalReason) {
        #expect(!RoutingTable.standardFailover.contains(reason))
    }

    @Test func aDeadAttemptWithoutReasonRefuses() {
        #expect(decide([Sample.attempt(.voided)]) == .refused(.reasonEndsMovement))
        #expect(decide([Sample.attempt(.rejected)]) == .refused(.reasonEndsMovement))
        #expect(decide([Sample.attempt(.withdrawn)]) == .allowed)
    }

    @Test func attemptsAreCounted() {
        let four = (1...4).map { Sample.attempt(.notSent, number: $0, refusal: .notSent) }
        #expect(decide(four) == .allowed)
        #expect(decide(four + [Sample.attempt(.notSent, number: 5, refusal: .notSent)]) == .refused(.attemptsUsedUp))
        #expect(decide(four + [Sample.attempt(.withdrawn, number: 5)]) == .refused(.attemptsUsedUp))
    }

    @Test func aProviderThatRefusedForGoodIsNotAskedAgain() {
        let refused = Sample.attempt(.rejected, provider: "alpha", refusal: .operatorUnavailable)
        #expect(decide([refused], at: "alpha") == .refused(.refusedThereBefore))
        #expect(decide([refused], at: "beta") == .allowed)
    }

    @Test(arguments: [RefusalReason.credentialsRefused, .throttled])
    func someRefusalsMayBeDifferentNextTime(_ reason: RefusalReason) {
        #expect(decide([Sample.attempt(.rejected, provider: "alpha", refusal: reason)], at: "alpha") == .allowed)
    }

    /// Whatever the history, an allowed start means that nothing can move money any more because of it (I-06).
    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func allowedMeansThatEverythingBeforeIsDead(seed: UInt64) {
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
            #expect(last.refusal.map { RoutingTable.standardFailover.contains($0.reason) } == true)
        }
    }
}

@Suite struct MaySendTests {
    @Test func theGateHasADeadlineAndAnOwner() {
        #expect(AttemptRules.maySend(sendNotAfter: .start + 10, holdsEpoch: true, now: .start) == .allowed)
        #expect(AttemptRules.maySend(sendNotAfter: .start + 10, holdsEpoch: true, now: .start + 10) == .allowed)
        let late = Moment.start.adding(milliseconds: 10_001)
        #expect(
            AttemptRules.maySend(sendNotAfter: .start + 10, holdsEpoch: true, now: late) == .refused(.pastSendNotAfter))
        #expect(
            AttemptRules.maySend(sendNotAfter: .start + 10, holdsEpoch: false, now: .start) == .refused(.staleEpoch))
    }
}

@Suite struct MayCancelTests {
    @Test(arguments: AttemptState.allCases)
    func onlyWhatNeverLeftMayBeCancelled(_ state: AttemptState) {
        let untouched: Set<AttemptState> = [.prepared, .withdrawn, .notSent]
        let decision = AttemptRules.mayCancel(outcome: .open, attempts: [Sample.attempt(state)])
        #expect(decision == (untouched.contains(state) ? .allowed : .refused(.liveAttempt)))
    }

    @Test func aClosedMovementMayNotBeCancelled() {
        #expect(
            AttemptRules.mayCancel(outcome: .failed, attempts: []) == .refused(.movementClosed)
        )
        #expect(AttemptRules.mayCancel(outcome: .open, attempts: []) == .allowed)
    }
}
