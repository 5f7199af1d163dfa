import Testing

@testable import Router

/// What an attempt proves that this machine had no room for.
@Suite struct NoRoomRuleTests {
    private static let full = Sample.attempt(.notSent, refusal: .capacityExhausted)

    private func decide(_ attempts: [Attempt], failover: Set<RefusalReason>) -> AttemptRules.Decision {
        AttemptRules.mayStart(
            AttemptRules.StartFacts(
                outcome: .open, attempts: attempts, cancelRequested: false, deadline: .start + 900,
                maximumAttempts: 5, failoverReasons: failover, providerAdmits: true, holdsEpoch: true),
            at: "alpha", now: .start)
    }

    @Test func `it lets another follow whatever the route says`() {
        #expect(decide([Self.full], failover: []) == .allowed)
        #expect(decide([Sample.attempt(.notSent, refusal: .notSent)], failover: []) == .refused(.reasonEndsMovement))
    }

    @Test func `it is none of the attempts that are allowed`() {
        let many = (1...20).map { Sample.attempt(.notSent, number: $0, refusal: .capacityExhausted) }
        #expect(decide(many, failover: []) == .allowed)
        let tried = (1...5).map { Sample.attempt(.notSent, number: $0, refusal: .notSent) }
        #expect(decide(tried + many, failover: [.notSent]) == .refused(.attemptsUsedUp))
    }

    /// Only the state that a shut gate leads to counts, whatever refusal stands beside another one.
    @Test(arguments: AttemptState.allCases)
    func `only what never left can have found no room`(_ state: AttemptState) {
        #expect(Sample.attempt(state, refusal: .capacityExhausted).foundNoRoom == (state == .notSent))
    }

    /// The gate decides: a failure of this kind behind an open gate is as unknown as any.
    @Test(arguments: [true, false], [1, 2])
    func `the gate decides`(_ gateOpened: Bool, _ ordinal: Int) {
        let report = TransmissionReport(
            gateOpened: gateOpened, result: .failure(TransportFailure(.exhausted)))
        let claim = Classifier.classify(
            report, contract: Sample.contract(), ordinal: ordinal, attempt: Sample.attempt(.sending)
        ) { _ in .unknown(Doubt(.unreadable)) }
        #expect(claim.foundNoRoom == (!gateOpened && ordinal == 1))
        #expect(report.foundNoRoom == !gateOpened)
        #expect(report.reachedNobody == !gateOpened)
        if gateOpened { #expect(claim.name.rawValue == "unclear") }
    }

    @Test func `waits double and are spread`() {
        var (least, most) = (Patience(), Patience())
        let waits = (0..<7).map { _ in (least.wait(jitter: 0), most.wait(jitter: 1)) }
        #expect(waits.map(\.0) == [50, 100, 200, 400, 800, 1_000, 1_000])
        #expect(waits.map(\.1) == [75, 150, 300, 600, 1_200, 1_500, 1_500])
    }
}
