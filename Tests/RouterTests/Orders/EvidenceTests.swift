import Router
import Testing

@Suite struct EvidenceTests {
    @Test func `success closes books and forgets the bytes`() throws {
        var scenario = AggregateScenario(.sending)
        scenario.observe(.paid, source: .response)
        let unit = scenario.commit()
        #expect(scenario.attempt?.state == .succeeded)
        #expect(scenario.attempt?.operatorReference == "op-1")
        #expect(scenario.attempt?.request == nil)
        #expect(scenario.order.outcome == .succeeded)
        #expect(scenario.order.status == .succeeded)
        #expect(unit.postings.flatMap(\.accounts) == ["operator:alpha", "app:\(Sample.app)"])
        #expect(unit.evidence.count == 1)
        #expect(unit.events.map(\.type) == ["payment.succeeded"])
    }

    @Test(arguments: [Claim.paid, .open, .no(), .absent, .otherAmount, .unclear(.noAnswer("x"))])
    func `weak evidence is kept and changes nothing`(_ claim: Claim) {
        for state in AttemptState.allCases {
            var scenario = AggregateScenario(state)
            let (attempt, order) = (scenario.attempt, scenario.order)
            scenario.observe(claim, source: .callback, strength: .weak)
            #expect(scenario.attempt == attempt)
            #expect(scenario.order == order)
            #expect(scenario.commit().evidence.count == 1)
            #expect(scenario.verdicts == [nil])
        }
    }

    @Test func `evidence about another attempt is ignored`() {
        var scenario = AggregateScenario(.sending)
        scenario.observe(.paid, 7)
        #expect(scenario.attempt?.state == .sending)
        #expect(scenario.commit().evidence.isEmpty)
    }

    @Test(arguments: [AttemptState.pending, .unknown])
    func `unclear answers move nothing`(_ state: AttemptState) {
        var scenario = AggregateScenario(state)
        for _ in 0..<10 { scenario.observe(.unclear(.noAnswer("timeout"))) }
        #expect(scenario.attempt?.state == state)
    }

    @Test func `an unclear answer to sending is unknown`() {
        var scenario = AggregateScenario(.sending)
        scenario.observe(.unclear(.noAnswer("timeout")), source: .response, at: .start + 30)
        #expect(scenario.attempt?.state == .unknown)
        #expect(scenario.attempt?.openSince == .start, "open since the first byte, not since we gave up")
        scenario.commit()
        #expect(scenario.order.status == .processing)
        #expect(scenario.order.certainty == .unknown)
    }

    @Test func `mismatches call people`() {
        for state in [AttemptState.prepared, .sending, .pending, .unknown] {
            var scenario = AggregateScenario(state)
            scenario.observe(.otherAmount)
            let unit = scenario.commit()
            #expect(scenario.attempt?.state == .conflict)
            #expect(scenario.order.review?.reason == .conflict)
            #expect(scenario.order.status == .underReview)
            #expect(unit.postings.isEmpty)
        }
    }

    @Test func `a conflict stays whatever comes`() {
        for claim in [Claim.paid, .open, .no(), .absent, .unclear(.noAnswer("x")), .otherAmount] {
            var scenario = AggregateScenario(.conflict)
            scenario.observe(claim)
            #expect(scenario.attempt?.state == .conflict)
            #expect(scenario.commit().postings.isEmpty)
        }
    }

    @Test func `a refusal that may flip is held for the quarantine`() {
        var scenario = AggregateScenario(.pending)
        scenario.contract = Sample.contract(quarantine: 120)
        scenario.observe(.no(definitive: false), at: .start)
        #expect(scenario.attempt?.state == .pending)
        #expect(scenario.attempt?.heldRefusal?.since == .start)
        scenario.observe(.no(definitive: false), at: .start.adding(milliseconds: 119_999))
        #expect(scenario.attempt?.state == .pending)
        scenario.observe(.no(definitive: false), at: .start + 120)
        #expect(scenario.attempt?.state == .rejected)
        #expect(scenario.attempt?.refusal?.reason == .declined)
    }

    @Test func `a held refusal may turn into success`() {
        var scenario = AggregateScenario(.sending)
        scenario.contract = Sample.contract(quarantine: 120)
        scenario.observe(.no(definitive: false), source: .response)
        #expect(scenario.attempt?.state == .unknown)
        scenario.observe(.paid, at: .start + 10)
        #expect(scenario.attempt?.state == .succeeded)
    }

    @Test func `definitive refusals need no quarantine`() {
        var scenario = AggregateScenario(.unknown)
        scenario.contract = Sample.contract(quarantine: 120)
        scenario.observe(.no(.insufficientFunds))
        #expect(scenario.attempt?.state == .rejected)
        #expect(scenario.attempt?.request == nil)
    }

    @Test func `absence is counted until it proves`() {
        var scenario = AggregateScenario(.unknown)
        scenario.observe(.absent, at: .start + 60)
        scenario.observe(.absent, at: .start + 400)
        #expect(scenario.attempt?.absence == AbsenceRecord(count: 2, first: .start + 60, last: .start + 400))
        scenario.observe(.absent, at: .start + 659)
        #expect(scenario.attempt?.state == .unknown, "three answers, but not ten minutes")
        scenario.observe(.absent, at: .start + 660)
        #expect(scenario.attempt?.state == .notExecuted)
        #expect(scenario.attempt?.refusal?.reason == .notExecuted)
        #expect(scenario.attempt?.quarantineEnd == .start + 660)
    }

    @Test(arguments: [Claim.open, .no(definitive: false)])
    func `contrary evidence restarts the count of absence`(_ contrary: Claim) {
        var scenario = AggregateScenario(.unknown)
        scenario.contract = Sample.contract(quarantine: 86_400)
        scenario.observe(.absent, at: .start + 500)
        scenario.observe(.absent, at: .start + 900)
        scenario.observe(contrary, at: .start + 1_000)
        scenario.observe(.absent, at: .start + 1_200)
        #expect(scenario.attempt?.state != .notExecuted)
        #expect((scenario.attempt?.absence?.count ?? 0) <= 1)
    }

    @Test(arguments: AttemptState.allCases.filter { $0 != .unknown })
    func `absence means nothing in other states`(_ state: AttemptState) {
        var scenario = AggregateScenario(state)
        for minute in 1...30 { scenario.observe(.absent, at: .start + Int64(minute * 60)) }
        #expect(scenario.attempt?.state == state)
        #expect(scenario.attempt?.absence == nil)
    }

    @Test func `progress tells the payer what to do`() {
        var scenario = AggregateScenario(.sending)
        scenario.observe(
            .inProgress(Progress(actions: [.redirect(url: "https://o.example")], operatorReference: "op-9")))
        #expect(scenario.attempt?.state == .pending)
        #expect(scenario.attempt?.operatorReference == "op-9")
        scenario.observe(.inProgress(Progress(actions: [.wait], operatorReference: "op-10")))
        #expect(scenario.attempt?.actions == [.redirect(url: "https://o.example")], "wait alone tells less")
        #expect(scenario.attempt?.operatorReference == "op-9", "the first name stays")
        scenario.observe(.inProgress(Progress(actions: [.enterCode(length: 4)])))
        #expect(scenario.attempt?.actions == [.enterCode(length: 4)])
    }
}
