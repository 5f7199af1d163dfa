import Router
import RouterTestKit
import Testing

/// What waits for the shop, as pure steps.
@Suite struct AcceptanceTests {
    /// Where a payment begun with a publishable key can stand.
    enum Stand: String, CaseIterable, Sendable {
        case choosing, waiting, typing, holding, held
        case acceptedWaiting, acceptedHeld, cancelled, lapsed, releasing, released, captured

        /// Whether the shop may still accept it.
        var isOpenToAcceptance: Bool { [.choosing, .waiting, .typing, .holding, .held].contains(self) }
    }

    private static let candidate = Candidate(provider: "alpha", channel: "tmoney")

    static func scenario(_ stand: Stand) -> AggregateScenario {
        var request = Sample.request()
        request.isHosted = true
        request.needsAcceptance = true
        var scenario = AggregateScenario(plan: ["alpha"], request: request)
        scenario.aggregate.awaitChoice(.redirect(url: "https://pay.example/pay"))
        scenario.commit()
        guard stand != .choosing else { return scenario }
        _ = scenario.aggregate.choose(PayerChoice(plan: [candidate], phone: nil))
        if stand == .typing { scenario.aggregate.awaitInput(candidate, actions: [.enterCode(length: 6)]) }
        if [.holding, .held, .acceptedHeld, .releasing, .released, .captured].contains(stand) {
            scenario.aggregate.holdInstead()
            scenario.commit()
            scenario.send()
            if stand != .holding { scenario.observe(.paid, source: .response) }
        }
        scenario.schedule()
        scenario.commit()
        switch stand {
        case .acceptedWaiting, .acceptedHeld: scenario.aggregate.accept(at: .start)
        case .captured:
            scenario.aggregate.accept(at: .start)
            scenario.aggregate.attach(followUp(.capture, .succeeded))
        case .cancelled:
            scenario.aggregate.requestCancel(at: .start)
            scenario.aggregate.close(.cancelled, nil)
        case .lapsed: scenario.aggregate.close(.failed, .notAccepted)
        case .releasing, .released:
            scenario.aggregate.lapseUnaccepted()
            scenario.aggregate.attach(followUp(.void, stand == .released ? .succeeded : .processing))
        case .choosing, .waiting, .typing, .holding, .held: break
        }
        scenario.schedule()
        scenario.commit()
        return scenario
    }

    private static func followUp(_ kind: OrderKind, _ status: OrderStatus, _ number: Int = 1) -> FollowUp {
        FollowUp(
            id: OrderID(kind, at: .start + Int64(number), from: SeededRandom(UInt64(number))),
            amount: Money(5_000, .xof), status: status)
    }

    @Test(arguments: [
        (Stand.choosing, OrderStatus.awaitingCustomer), (.waiting, .awaitingAcceptance), (.typing, .awaitingAcceptance),
        (.holding, .processing), (.held, .awaitingAcceptance), (.acceptedWaiting, .processing),
        (.acceptedHeld, .processing), (.cancelled, .cancelled), (.lapsed, .failed), (.releasing, .processing),
        (.released, .failed), (.captured, .succeeded),
    ])
    func `the status tells`(_ stand: Stand, _ status: OrderStatus) {
        let scenario = Self.scenario(stand)
        #expect(scenario.order.status == status)
        #expect(!OrderStatus.awaitingAcceptance.isFinal)
        if stand == .released { #expect(scenario.order.failure == .notAccepted) }
    }

    @Test(arguments: Stand.allCases)
    func `only the right amount is accepted once and in time`(_ stand: Stand) {
        let aggregate = Self.scenario(stand).aggregate
        for wrong in [Money(5_001, .xof), Money(4_999, .xof), Money(5_000, .tnd), Money(1, .xof)] {
            #expect(aggregate.admitAcceptance(of: wrong, at: .start) == .failure(.otherAmount))
        }
        let right = aggregate.admitAcceptance(of: Money(5_000, .xof), at: .start)
        switch stand {
        case _ where stand.isOpenToAcceptance: #expect(right == .success(.fresh))
        case .acceptedWaiting, .acceptedHeld, .captured: #expect(right == .success(.nothingToDo))
        case .cancelled: #expect(right == .failure(.over))
        default: #expect(right == .failure(.tooLate))
        }
    }

    @Test(arguments: [Stand.choosing, .waiting, .typing])
    func `nothing is accepted after the deadline`(_ stand: Stand) {
        let aggregate = Self.scenario(stand).aggregate
        #expect(aggregate.admitAcceptance(of: Money(5_000, .xof), at: .start + 899) == .success(.fresh))
        #expect(aggregate.admitAcceptance(of: Money(5_000, .xof), at: .start + 900) == .failure(.tooLate))
    }

    @Test func `what is held may be accepted for a while`() {
        var scenario = Self.scenario(.holding)
        #expect(
            scenario.aggregate.admitAcceptance(of: Money(5_000, .xof), at: .start + 2_000) == .success(.fresh),
            "the payer is still at the operator's page")
        scenario.observe(.paid, at: .start + 890)
        scenario.schedule(at: .start + 890)
        #expect(scenario.order.acceptBy == .start + 1_790, "the shop has 15 minutes at least")
        #expect(scenario.order.due == TimerEntry(at: .start + 1_790, queue: .engine))
        #expect(scenario.aggregate.admitAcceptance(of: Money(5_000, .xof), at: .start + 1_789) == .success(.fresh))
        #expect(scenario.aggregate.admitAcceptance(of: Money(5_000, .xof), at: .start + 1_790) == .failure(.tooLate))
    }

    @Test(arguments: Stand.allCases)
    func `nothing is started before the acceptance`(_ stand: Stand) {
        let scenario = Self.scenario(stand)
        let move = scenario.nextMove()
        switch stand {
        case .choosing, .waiting, .typing, .holding: #expect(move == .wait)
        case .acceptedWaiting: #expect(move == .start(Self.candidate))
        default: #expect(move == .nothing)
        }
    }

    @Test(arguments: [(Stand.waiting, "not_accepted"), (.typing, "not_accepted"), (.choosing, "expired")])
    func `unaccepted it lapses`(_ stand: Stand, _ code: String) throws {
        var scenario = Self.scenario(stand)
        #expect(scenario.order.due == TimerEntry(at: scenario.order.deadline, queue: .engine) || stand == .choosing)
        let failure = try #require(scenario.nextMove(at: .start + 900).failed, "it goes on")
        #expect(failure.code == code)
        scenario.aggregate.close(.failed, failure)
        scenario.schedule(at: .start + 900)
        #expect(scenario.order.due == nil)
    }

    @Test(arguments: Stand.allCases)
    func `a hold is collected or released never both`(_ stand: Stand) {
        let aggregate = Self.scenario(stand).aggregate
        #expect(aggregate.holdDuty(at: .start) == (stand == .acceptedHeld ? .capture : nil))
        let later: HoldDuty? = stand == .acceptedHeld ? .capture : stand == .held ? .release : nil
        #expect(aggregate.holdDuty(at: .start + 900) == later)
    }

    @Test func `a wish to cancel releases what is held`() {
        var scenario = Self.scenario(.holding)
        scenario.aggregate.accept(at: .start)
        scenario.aggregate.requestCancel(at: .start)
        scenario.observe(.paid)
        #expect(scenario.aggregate.holdDuty(at: .start) == .release)
        scenario.schedule()
        #expect(scenario.order.due == TimerEntry(at: .start, queue: .engine))
    }

    @Test func `a refused release is tried again a few times`() {
        var scenario = Self.scenario(.held)
        scenario.aggregate.change { $0.heldUntil = .start + 100_000 }
        var dues: [Int64] = []
        for number in 1...3 {
            #expect(scenario.aggregate.holdDuty(at: .start + 1_000) == .release)
            scenario.aggregate.attach(Self.followUp(.void, .failed, number))
            scenario.schedule(at: .start + 1_000)
            dues.append((scenario.order.due?.at.milliseconds(since: .start) ?? 0) / 1_000)
        }
        #expect(dues == [1_060, 1_120, 100_000], "then the hold's own end is waited for")
        #expect(scenario.aggregate.holdDuty(at: .start + 2_000) == nil)
    }

    @Test func `a refused capture is the shops to repeat`() {
        var scenario = Self.scenario(.acceptedHeld)
        scenario.aggregate.attach(Self.followUp(.capture, .failed))
        scenario.commit()
        #expect(scenario.aggregate.holdDuty(at: .start) == nil)
        #expect(scenario.order.status == .authorized)
    }

    @Test func `what a secret key began needs none`() {
        let aggregate = AggregateScenario(plan: ["alpha"]).aggregate
        #expect(aggregate.admitAcceptance(of: Money(5_000, .xof), at: .start) == .success(.nothingToDo))
        #expect(aggregate.admitAcceptance(of: Money(5_001, .xof), at: .start) == .failure(.otherAmount))
        #expect(AggregateScenario(plan: ["alpha"]).nextMove() == .start(Self.candidate))
    }
}
